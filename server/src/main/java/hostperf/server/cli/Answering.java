package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.approval.ApprovalResult;
import hostperf.run.Questions;

/// Storing a person's answer from the command line, and saying what came of it.
final class Answering {
  private Answering() {}

  /// @param decision `approved` or `denied`
  /// @param by whose it is: the first answer stands
  record Answered(String approvalId, String decision, String by) {}

  static Answered stands(ApprovalResult.Answer answer) {
    return new Answered(answer.approvalId(), answer.yes() ? "approved" : "denied", answer.by());
  }

  /// Stores the answer; says which one stands, since the first one does.
  static ApprovalResult.Answer store(Questions.Question question, boolean yes, String reason) {
    var id = question.approval().id();
    if (question.folder().decision(question.approval()) instanceof ApprovalResult.Expired expired) {
      throw new Refusal(
          "Approval %s expired at %s.".formatted(id, expired.at()),
          "Let the agent make the call again; it asks again.");
    }
    var answer =
        new ApprovalResult.Answer(
            id,
            yes,
            "command line",
            System.getProperty("user.name", "unknown"),
            question.folder().now(),
            reason);
    return question.folder().answer(answer);
  }
}

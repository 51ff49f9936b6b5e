package hostperf.server.cli;

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
    return question.answer(yes, "command line", reason);
  }
}

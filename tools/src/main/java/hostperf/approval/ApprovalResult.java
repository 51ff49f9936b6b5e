package hostperf.approval;

import java.time.Instant;

/// What came of a question. The ways of not being allowed are different answers.
public sealed interface ApprovalResult {
  /// A person said yes.
  record Approved(Answer answer) implements ApprovalResult {}

  /// A person said no.
  record Declined(Answer answer) implements ApprovalResult {}

  /// The client declined its dialog: a no for this call. A client may do that without showing it.
  /// So it is not stored as a person's, and the command line stays open for an answer.
  record TurnedDown(String approvalId, String why) implements ApprovalResult {}

  /// The dialog was closed, or what came back is neither a yes nor a no. The command line stays
  /// open for an answer.
  record Cancelled(String approvalId, String why) implements ApprovalResult {}

  /// The client could not show the dialog that it said it has. The command line stays open.
  record Unavailable(String approvalId, String why) implements ApprovalResult {}

  /// Nobody has answered yet.
  record Pending(String approvalId) implements ApprovalResult {}

  /// The question is too old.
  record Expired(String approvalId, Instant at) implements ApprovalResult {}

  /// Who answered, when, through which channel (`elicitation`, `command line`, `page`,
  /// `policy`, `flag`),
  /// and what they said.
  record Answer(
      String approvalId, boolean yes, String channel, String by, Instant at, String reason) {}
}

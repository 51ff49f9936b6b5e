package hostperf.approval;

import java.util.Optional;

/// A way to put a question before a person through the client that is calling.
public interface Approver {
  /// Shows the question and returns at once; empty where the client has no dialogs.
  Optional<Dialog> open(Approval approval);

  /// For clients without dialogs.
  Approver NONE = _ -> Optional.empty();
}

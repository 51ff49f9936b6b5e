package hostperf.approval;

import java.time.Duration;
import java.util.Optional;

/// A way to put a question before a person through the client that is calling.
public interface Approver {
  /// What a dialog gave back.
  record Reply(Kind kind, String reason) {
    /// SILENT: the client declined or closed the dialog without a person's explicit choice.
    /// UNAVAILABLE: the client said that it has dialogs and then could not show this one.
    public enum Kind {
      YES,
      NO,
      SILENT,
      UNAVAILABLE
    }
  }

  /// Asks and waits at most `limit`; empty when the client offers no dialog or none was answered in
  /// time.
  Optional<Reply> ask(Approval approval, Duration limit);

  /// For clients without dialogs.
  Approver NONE = (_, _) -> Optional.empty();
}

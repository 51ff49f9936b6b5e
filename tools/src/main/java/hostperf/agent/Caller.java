package hostperf.agent;

import hostperf.approval.Approver;
import java.util.Optional;

/// The client of one call: it can be told how far the work is, and it may be able to ask a person.
public interface Caller {
  /// Says what is happening now; never blocks and never fails.
  void progress(String message);

  /// Does `end` when the client says that it no longer wants the answer.
  void whenCancelled(Runnable end);

  /// Whom the journal names for what this client has done; absent for whoever started the process.
  default Optional<String> name() {
    return Optional.empty();
  }

  /// Whether it waits for the answer however long that takes: its process ends with the call, and a
  /// job with it.
  default boolean staysForTheAnswer() {
    return false;
  }

  /// How this client can put an approval before a person.
  Approver approver();
}

package hostperf.agent;

/// What a call may change; the server derives the protocol's hints from it.
public enum Effect {
  /// Nothing but its own notes.
  READS,
  /// Files of the run, and it may start the configured workload or tests.
  WRITES_RUN_FILES,
  /// The code in the checkout, in a way that `rollback` undoes.
  CHANGES_CODE,
  /// Takes a change out of the checkout.
  DISCARDS_CODE
}

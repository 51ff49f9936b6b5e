package hostperf.agent;

/// What a call may change; the server derives the protocol's hints from it.
public enum Effect {
  /// Nothing but its own notes.
  READS,
  /// Files of the run, or the state of its jobs.
  WRITES_RUN_FILES,
  /// The same, and it begins a run or starts the configured workload or tests.
  LAUNCHES,
  /// The code in the checkout, in a way that `rollback` undoes.
  CHANGES_CODE,
  /// Takes a change out of the checkout.
  DISCARDS_CODE
}

package hostperf.profile;

/// One way of looking at a workload; each takes one launch.
public enum Pass {
  /// Where time goes: a sampling profiler on the workload as it is.
  SAMPLES,
  /// How often: the line profiler on the functions that the samples chose.
  LINES,
  /// What a line does: read-backs, copies, pauses, repeats.
  FACTS
}

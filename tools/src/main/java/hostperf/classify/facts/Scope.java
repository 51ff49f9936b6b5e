package hostperf.classify.facts;

/// How often a line runs, in the units an engine thinks in.
public enum Scope {
  /// Neither the source, nor the target map, nor counts say.
  UNKNOWN,
  PER_STEP,
  PER_LAYER,
  PER_REQUEST,
  PER_KERNEL
}

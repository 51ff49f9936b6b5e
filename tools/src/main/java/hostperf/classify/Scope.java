package hostperf.classify;

/// How often a line runs, in the units an engine thinks in.
public enum Scope {
  PER_STEP,
  PER_LAYER,
  PER_REQUEST,
  PER_KERNEL
}

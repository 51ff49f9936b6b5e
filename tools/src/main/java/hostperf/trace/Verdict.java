package hostperf.trace;

/// Whether the host is the bottleneck.
public enum Verdict {
  YES,
  NO
}

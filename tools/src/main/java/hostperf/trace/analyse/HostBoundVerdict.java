package hostperf.trace.analyse;

/// Whether the host is the bottleneck.
public enum HostBoundVerdict {
  YES,
  NO
}

package hostperf.trace.read;

/// Which CUDA calls a reader keeps.
public enum CallDetail {
  /// Launches, waits, and whatever took at least `LONG_NS`: most calls of a trace are short
  /// queries, and reading them would double the time.
  DECISIVE,
  ALL;

  /// Shorter calls do not explain an idle GPU.
  public static final long LONG_NS = 50_000;
}

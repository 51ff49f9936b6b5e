package hostperf.trace;

/// Which CUDA calls a reader keeps.
enum CallDetail {
  /// Launches, waits, and whatever took at least `LONG_NS`: most calls of a trace are short
  /// queries, and reading them would double the time.
  DECISIVE,
  ALL;

  /// Shorter calls do not explain an idle GPU.
  static final long LONG_NS = 50_000;
}

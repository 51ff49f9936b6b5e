package hostperf.trace.analyse;

/// A line behind a kind of gap.
///
/// @param function as a profiler takes it, `module::function`
/// @param place `file:line`
/// @param share of what `source` shows of this kind, 0 to 1
public record CodeLine(String function, String place, double share, Source source) {
  /// Where a line comes from.
  public enum Source {
    /// Samples in the trace, taken while the device idled.
    TRACE,
    /// A profile of the same workload: its wall time in the same function or range, whether or not
    /// the device idled then.
    PROFILE
  }
}

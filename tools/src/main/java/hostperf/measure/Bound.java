package hostperf.measure;

/// The most that a change can gain by removing something: its share of the step's time. What is
/// gained beyond comes from somewhere else.
///
/// @param what completes "more than …": `the hotspot's share of the step`
/// @param share 0 to 1, of the unprofiled step
public record Bound(String what, double share) {
  /// The hotspot's share of the profiled step, corrected for the profiler: its profiled time is at
  /// least its true time, so over the unprofiled step it is a bound from above.
  ///
  /// @param distortion profiled over unprofiled step time
  public static Bound ofHotspot(double share, double distortion) {
    return new Bound(
        "the hotspot's share of the step", Math.min(1, share * Math.max(1, distortion)));
  }

  /// The share of the step in which the device waited for the host, as a trace gave it.
  public static Bound ofExposedHost(double share) {
    return new Bound("the exposed host time of the trace", share);
  }
}

package hostperf.verdict;

import hostperf.lines.FunctionProfile;
import hostperf.lines.LineProfile;

/// The most that a change can gain by removing something: its share of the step's time. What is
/// gained beyond comes from somewhere else.
///
/// @param what completes "more than …": `the hotspot's share of the step`
/// @param share 0 to 1, of the unprofiled step
public record GainBound(String what, double share) {
  /// The most that a hotspot can be of the step: a step takes at least as long as the longest
  /// profiled function, and the hotspot at most its profiled time, corrected for the profiler.
  ///
  /// @param share of the longest profiled function, see `most`
  /// @param distortion profiled over unprofiled step time
  public static GainBound ofHotspot(double share, double distortion) {
    return new GainBound(
        "the hotspot's share of the step", Math.min(1, share * Math.max(1, distortion)));
  }

  /// What a hotspot can be of the step at most.
  public static double most(double seconds, LineProfile profile) {
    double longest =
        profile.functions().stream().mapToDouble(FunctionProfile::seconds).max().orElse(0);
    return longest == 0 ? 1 : Math.min(1, seconds / longest);
  }

  /// The share of the step in which the device waited for the host, as a trace gave it.
  public static GainBound ofExposedHost(double share) {
    return new GainBound("the exposed host time of the trace", share);
  }
}

package hostperf.metric;

import hostperf.Refusal;
import java.util.regex.Pattern;

/// A figure that the workload prints.
///
/// @param unit as people read it, such as `tok/s`
/// @param primary the one that decides; one metric of a workload is
/// @param tolerance how much worse it may get as a guard, as a fraction
/// @param pattern its first group is the number; the last match in the output counts
public record Metric(
    String name, String unit, Better better, boolean primary, double tolerance, Pattern pattern) {
  /// What a metric may get worse when the configuration does not say.
  public static final double DEFAULT_TOLERANCE = 0.02;

  public Metric {
    if (pattern.matcher("").groupCount() < 1) {
      throw new Refusal(
          "The pattern of metric `" + name + "` has no group: " + pattern.pattern(),
          "Put parentheses around the number, such as `Latency \\(ms\\):\\s+([\\d.]+)`.");
    }
  }
}

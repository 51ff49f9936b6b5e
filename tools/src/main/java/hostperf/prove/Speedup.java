package hostperf.prove;

import java.util.List;

/// What a change is worth: the time of one call before and after.
public record Speedup(Timing before, Timing after) {

  /// How many times faster; below 1 it is slower.
  public double ratio() {
    return before.medianSeconds() / after.medianSeconds();
  }

  /// Values of one side.
  ///
  /// @param spread the distance of the quartiles as a share of the median
  public record Timing(double medianSeconds, double spread, int values) {

    /// @param seconds of one call each, from several processes; at least one
    public static Timing of(List<Double> seconds) {
      var sorted = seconds.stream().sorted().toList();
      double median = quantile(sorted, 0.5);
      return new Timing(
          median, (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / median, sorted.size());
    }

    private static double quantile(List<Double> sorted, double share) {
      double at = share * (sorted.size() - 1);
      int below = (int) at;
      int above = Math.min(below + 1, sorted.size() - 1);
      return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
    }
  }
}

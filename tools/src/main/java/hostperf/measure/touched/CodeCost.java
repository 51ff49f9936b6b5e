package hostperf.measure.touched;

/// What some lines, or a whole function, cost in one profile.
///
/// @param hits of the lines together
/// @param seconds over all hits
/// @param calls of the root, the steps, so that profiles of different length compare
public record CodeCost(long hits, double seconds, long calls) {
  public double perStepSeconds() {
    return seconds / Math.max(1, calls);
  }
}

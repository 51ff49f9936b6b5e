package hostperf.verdict;

import hostperf.metric.Better;

/// A range of relative changes, positive better, that holds the true one with the given
/// confidence (0 to 1). Where the pairs are too few for the confidence asked for, `confidence`
/// says what the range from the smallest to the largest change has.
public record Interval(double low, double high, double confidence) {
  /// Of gains, as the metric's own changes, and the other way round.
  public Interval signed(Better better) {
    return switch (better) {
      case HIGHER -> this;
      case LOWER -> new Interval(-high, -low, confidence);
    };
  }

  boolean isBetter() {
    return low > 0;
  }

  boolean isWorse() {
    return high < 0;
  }
}

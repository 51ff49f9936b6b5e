package hostperf.measure;

/// Which direction of a metric is the good one; fixed before the first sample.
public enum Better {
  HIGHER(1),
  LOWER(-1);

  private final int sign;

  Better(int sign) {
    this.sign = sign;
  }

  /// The log-ratio of candidate to base, positive when the candidate is better. The difference
  /// of two logarithms, so that swapping the sides gives exactly the negative.
  double logGain(Pair pair) {
    return sign * (Math.log(pair.candidate()) - Math.log(pair.base()));
  }

  /// A log-gain as the metric's relative change in its better direction: +0.02 is 2% more
  /// throughput, or 2% less latency.
  double change(double logGain) {
    return sign * Math.expm1(sign * logGain);
  }

  /// The inverse of `change`.
  double logGain(double change) {
    return sign * Math.log1p(sign * change);
  }

  /// The share of the time per unit of work that a change in the better direction saves: 25% more
  /// throughput is 20% less time; of a time, the change itself.
  double timeSaved(double change) {
    return switch (this) {
      case HIGHER -> change / (1 + change);
      case LOWER -> change;
    };
  }
}

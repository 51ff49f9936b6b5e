package hostperf.verdict;

import hostperf.metric.Better;

/// Changes seen from their better direction: positive is better, whichever way the metric goes.
public final class Gain {
  private Gain() {}

  /// The log-ratio of candidate to base. The difference of two logarithms, so that swapping the
  /// sides gives exactly the negative.
  static double logarithmic(Better better, Pair pair) {
    return sign(better) * (Math.log(pair.candidate()) - Math.log(pair.base()));
  }

  /// Of base and candidate each.
  static double[] logarithms(Better better, Pair pair) {
    return new double[] {
      sign(better) * Math.log(pair.base()), sign(better) * Math.log(pair.candidate())
    };
  }

  /// The log-ratio of a relative change.
  static double logarithmic(Better better, double relative) {
    return sign(better) * Math.log1p(sign(better) * relative);
  }

  /// A log-ratio as the metric's relative change: +0.02 is 2% more throughput, or 2% less latency.
  static double relative(Better better, double logarithmic) {
    return sign(better) * Math.expm1(sign(better) * logarithmic);
  }

  /// The share of the time per unit of work that a relative gain saves: 25% more throughput is 20%
  /// less time; of a time, the gain itself.
  public static double timeSaved(Better better, double relative) {
    return switch (better) {
      case HIGHER -> relative / (1 + relative);
      case LOWER -> relative;
    };
  }

  private static int sign(Better better) {
    return switch (better) {
      case HIGHER -> 1;
      case LOWER -> -1;
    };
  }
}

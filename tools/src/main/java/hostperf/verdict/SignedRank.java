package hostperf.verdict;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// Wilcoxon's signed-rank statistic where nothing changed: every pair's sign is a coin's toss.
///
/// Exact up to `EXACT` pairs, by counting the subsets of 1…n with each sum; above, the normal
/// approximation with continuity correction, which there is off by less than 0.0002.
final class SignedRank {
  static final int EXACT = 100;

  private SignedRank() {}

  /// The chance that the statistic of n pairs is at most t.
  static double atMost(int n, long t) {
    if (t < 0) {
      return 0;
    }
    return n > EXACT
        ? normal(n).cumulativeProbability(t + 0.5)
        : sum(probabilities(n), Math.min(t, ranks(n)));
  }

  /// How many of the ordered Walsh averages, counted from either end, reach to the bound of the
  /// two-sided interval that misses with chance alpha at most. 0 when n pairs are too few for
  /// any bounded interval.
  static long bound(int n, double alpha) {
    double tail = alpha / 2;
    if (n > EXACT) {
      return (long) Math.floor(normal(n).inverseCumulativeProbability(tail) + 0.5);
    }
    double[] probabilities = probabilities(n);
    double seen = 0;
    int t = 0;
    while (t < probabilities.length && seen + probabilities[t] <= tail) {
      seen += probabilities[t++];
    }
    return t;
  }

  /// The sum of the ranks 1…n, which is also the number of Walsh averages.
  static long ranks(int n) {
    return (long) n * (n + 1) / 2;
  }

  private static double[] probabilities(int n) {
    var chance = new double[(int) ranks(n) + 1];
    chance[0] = 1;
    for (int rank = 1; rank <= n; rank++) {
      for (int t = (int) ranks(rank); t >= 0; t--) {
        chance[t] = (chance[t] + (t >= rank ? chance[t - rank] : 0)) / 2;
      }
    }
    return chance;
  }

  private static double sum(double[] probabilities, long last) {
    double sum = 0;
    for (int t = 0; t <= last; t++) {
      sum += probabilities[t];
    }
    return sum;
  }

  private static NormalDistribution normal(int n) {
    double variance = n * (n + 1.0) * (2.0 * n + 1) / 24;
    return NormalDistribution.of(ranks(n) / 2.0, Math.sqrt(variance));
  }
}

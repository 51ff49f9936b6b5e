package hostperf.verdict;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/// How many more pairs would settle an open verdict four times in five, if the estimate so far is
/// the true change and the scatter stays. Normal theory; the signed-rank interval is wider than
/// the one of means by √(π/3) for normal noise (its asymptotic efficiency is 3/π).
public record FurtherPairs(Rule rule, double level) {
  public static final int MOST = 9999;
  private static final double POWER = 0.8;
  private static final double RANKS = Math.sqrt(Math.PI / 3);

  int settling(Shift shift) {
    int pairs = shift.pairs();
    double estimate = Math.abs(shift.estimate());
    if (pairs >= Rule.LEAST && estimate > rule.minEffect() && estimate < rule.floor()) {
      return 0;
    }
    int low = Math.max(least(), pairs + 1);
    int high = MOST + pairs;
    while (low < high) {
      int middle = (low + high) / 2;
      if (settles(estimate, shift.noise(), middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - pairs;
  }

  /// The fewest pairs with a bounded interval at the level asked for.
  private int least() {
    int pairs = Rule.LEAST;
    while (SignedRank.bound(pairs, level) == 0) {
      pairs++;
    }
    return pairs;
  }

  private boolean settles(double estimate, Noise noise, int pairs) {
    double error = noise.perPair() * RANKS / Math.sqrt(pairs);
    double luck = NormalDistribution.of(0, 1).inverseCumulativeProbability(POWER) * error;
    var t = TDistribution.of(pairs - 1.0);
    double difference = t.inverseCumulativeProbability(1 - level / 2) * error + luck;
    double equivalence = t.inverseCumulativeProbability(1 - rule.alpha()) * error + luck;
    double beyond = estimate - rule.threshold();
    boolean decides = beyond >= luck && estimate >= difference;
    return decides || rule.minEffect() - estimate >= equivalence;
  }
}

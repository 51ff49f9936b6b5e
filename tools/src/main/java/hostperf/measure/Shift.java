package hostperf.measure;

import hostperf.profile.Better;
import java.util.List;

/// How far the candidate lies from the base, from pairs of one metric: Hodges–Lehmann estimate,
/// exact signed-rank interval and p, all from the same ordered Walsh averages, so that
/// `p <= alpha` exactly when the interval of confidence `1 - alpha` leaves out zero. Ties and
/// zeros count against a difference: with them interval and p are on the safe side.
final class Shift {
  private final Better better;
  private final double[] gains;
  private final WalshAverages averages;

  Shift(Better better, List<Pair> pairs) {
    this.better = better;
    this.gains = pairs.stream().mapToDouble(pair -> Gain.logarithmic(better, pair)).toArray();
    this.averages = new WalshAverages(gains);
  }

  Better better() {
    return better;
  }

  int pairs() {
    return gains.length;
  }

  double estimate() {
    return Gain.relative(better, averages.median());
  }

  Interval interval(double alpha) {
    long bound = SignedRank.bound(gains.length, alpha);
    double confidence = bound > 0 ? 1 - alpha : 1 - 2 * SignedRank.atMost(gains.length, 0);
    long lowest = Math.max(1, bound);
    double low = Gain.relative(better, averages.at(lowest));
    double high = Gain.relative(better, averages.at(averages.count() + 1 - lowest));
    return new Interval(low, high, confidence);
  }

  /// Two-sided, of no change.
  double p() {
    long notAbove = averages.atMost(0);
    long notBelow = averages.count() - averages.atMost(-Double.MIN_VALUE);
    return Math.min(1, 2 * SignedRank.atMost(gains.length, Math.min(notAbove, notBelow)));
  }

  /// How much the pairs scatter around the estimate.
  Noise noise() {
    return Noise.around(averages.median(), gains);
  }
}

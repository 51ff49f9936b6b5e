package hostperf.verdict;

import hostperf.metric.Better;
import java.util.List;

/// How far the candidate lies from the base, from pairs of one metric: the Hodges–Lehmann estimate,
/// and an exact interval and p from the same `Tails`, so that `p <= alpha` exactly when the
/// interval of confidence `1 - alpha` leaves out zero.
public final class Shift {
  private final Better better;
  private final double[] gains;
  private final WalshAverages averages;
  private final Tails tails;

  /// Where nothing changed; computed when first needed, -1 before.
  private double above = -1;

  private double below = -1;

  /// Of pairs whose order says nothing.
  public Shift(Better better, List<Pair> pairs) {
    this(better, pairs, false);
  }

  private Shift(Better better, List<Pair> pairs, boolean areLaunches) {
    this.better = better;
    this.gains = pairs.stream().mapToDouble(pair -> Gain.logarithmic(better, pair)).toArray();
    this.averages = new WalshAverages(gains);
    this.tails =
        areLaunches
            ? new Exchanges(
                pairs.stream().map(p -> Gain.logarithms(better, p)).toArray(double[][]::new))
            : new SignedRanks(gains.length, averages);
  }

  /// Of launches in ABBA order, pair by pair.
  public static Shift ofLaunches(Better better, List<Pair> pairs) {
    return new Shift(better, pairs, true);
  }

  Better better() {
    return better;
  }

  int pairs() {
    return gains.length;
  }

  public double estimate() {
    return Gain.relative(better, averages.median());
  }

  public Interval interval(double alpha) {
    boolean areEnough = tails.least() <= alpha / 2;
    double tail = areEnough ? alpha / 2 : tails.least();
    return new Interval(
        Gain.relative(better, tails.low(tail)),
        Gain.relative(better, tails.high(tail)),
        areEnough ? 1 - alpha : 1 - 2 * tail);
  }

  /// Two-sided, of no change.
  double p() {
    return Math.min(1, 2 * Math.min(above(), below()));
  }

  private double above() {
    above = above < 0 ? tails.above(0) : above;
    return above;
  }

  private double below() {
    below = below < 0 ? tails.below(0) : below;
    return below;
  }

  /// Whether the interval of confidence `1 - alpha` lies above no change.
  boolean isBetter(double alpha) {
    return above() <= alpha / 2;
  }

  boolean isWorse(double alpha) {
    return below() <= alpha / 2;
  }

  /// Whether the interval of confidence `1 - alpha` lies within ± this relative change.
  boolean isWithin(double limit, double alpha) {
    return tails.above(Gain.logarithmic(better, -limit)) <= alpha / 2
        && tails.below(Gain.logarithmic(better, limit)) <= alpha / 2;
  }

  /// How much the pairs scatter around the estimate.
  Noise noise() {
    return Noise.around(averages.median(), gains);
  }
}

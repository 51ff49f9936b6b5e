package hostperf.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;

/// Launches in ABBA order. Where nothing changed, each of the six ways to call two of four
/// neighbouring launches the candidate's was as likely; so the difference seen is held against the
/// differences of all other ways, in all fours at once. Four launches tell more of the noise than
/// the differences of two pairs. What drifts steadily cancels out in ABBA and not in the other
/// ways, so it can only hide a difference.
final class Exchanges implements Tails {
  /// Into which the range of all differences is divided.
  private static final int BINS = 1024;

  private static final int HALVINGS = 50;

  /// By each four: what the difference would gain by an exchange, and how many launches change
  /// sides in it.
  private final List<double[]> gained = new ArrayList<>();

  private final List<int[]> moved = new ArrayList<>();
  private final double lowest;
  private final double highest;

  /// @param gains logarithms of the launches, larger is better: `{base, candidate}` by pair, in
  ///     the order of the plan
  Exchanges(double[][] gains) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int pair = 0; pair < gains.length; pair += 2) {
      double[] a = gains[pair];
      double[] b = gains[Math.min(pair + 1, gains.length - 1)];
      add(a, b, pair + 1 < gains.length);
      low = Math.min(low, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));
      high = Math.max(high, Math.max(a[1], b[1]) - Math.min(a[0], b[0]));
    }
    lowest = low;
    highest = high;
  }

  /// @param isFour else the last pair of an odd number
  private void add(double[] a, double[] b, boolean isFour) {
    double first = a[0] - a[1];
    double second = b[0] - b[1];
    gained.add(
        isFour
            ? new double[] {0, first, second, a[0] - b[1], b[0] - a[1], first + second}
            : new double[] {0, first});
    moved.add(isFour ? new int[] {0, 1, 1, 1, 1, 2} : new int[] {0, 1});
  }

  @Override
  public double above(double change) {
    return reaching(change, 1);
  }

  @Override
  public double below(double change) {
    return reaching(change, -1);
  }

  @Override
  public double least() {
    return 1 / ways(gained);
  }

  @Override
  public double low(double tail) {
    return boundary(change -> above(change) > tail);
  }

  @Override
  public double high(double tail) {
    return boundary(change -> below(change) <= tail);
  }

  /// Where what holds of all high changes begins to hold.
  private double boundary(DoublePredicate holds) {
    double low = lowest;
    double high = highest;
    for (int i = 0; i < HALVINGS && low < high; i++) {
      double middle = (low + high) / 2;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (low + high) / 2;
  }

  /// The chance that all exchanges together lose nothing, by the sums' distribution on a grid.
  private double reaching(double change, int sign) {
    double range = 0;
    var fours = new double[gained.size()][];
    for (int four = 0; four < fours.length; four++) {
      double[] ways = gained.get(four).clone();
      double least = 0;
      double most = 0;
      for (int way = 0; way < ways.length; way++) {
        ways[way] = sign * (ways[way] + moved.get(four)[way] * change);
        least = Math.min(least, ways[way]);
        most = Math.max(most, ways[way]);
      }
      range += most - least;
      fours[four] = ways;
    }
    return range == 0 ? 1 : atLeastZero(fours, range / BINS);
  }

  private static double atLeastZero(double[][] fours, double bin) {
    double[] chances = {1};
    int from = 0;
    for (double[] ways : fours) {
      int[] steps = new int[ways.length];
      int least = 0;
      int most = 0;
      for (int way = 0; way < ways.length; way++) {
        steps[way] = (int) Math.rint(ways[way] / bin);
        least = Math.min(least, steps[way]);
        most = Math.max(most, steps[way]);
      }
      var sums = new double[chances.length + most - least];
      for (int step : steps) {
        int at = step - least;
        for (int i = 0; i < chances.length; i++) {
          sums[at + i] += chances[i];
        }
      }
      chances = sums;
      from += least;
    }
    double reached = 0;
    for (int i = -from; i < chances.length; i++) {
      reached += chances[i];
    }
    return Math.min(1, reached / ways(List.of(fours)));
  }

  private static double ways(List<double[]> fours) {
    double ways = 1;
    for (double[] four : fours) {
      ways *= four.length;
    }
    return ways;
  }
}

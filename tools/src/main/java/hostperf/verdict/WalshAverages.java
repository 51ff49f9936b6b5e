package hostperf.verdict;

import java.util.Arrays;

/// The means of every two values (each with itself too), in ascending order, without ever
/// storing them: n values have n(n+1)/2. They carry the Hodges–Lehmann estimate and its interval.
final class WalshAverages {
  private final double[] values;

  WalshAverages(double[] values) {
    this.values = values.clone();
    Arrays.sort(this.values);
  }

  long count() {
    return SignedRank.ranks(values.length);
  }

  /// Hodges–Lehmann: the median of the averages.
  double median() {
    return (at((count() + 1) / 2) + at(count() / 2 + 1)) / 2;
  }

  /// How many averages are at most `limit`.
  long atMost(double limit) {
    long found = 0;
    int j = values.length - 1;
    for (int i = 0; i < values.length; i++) {
      while (j >= 0 && mean(i, j) > limit) {
        j--;
      }
      found += Math.max(0, j - i + 1);
    }
    return found;
  }

  /// The k-th smallest average, from 1. Bisects the doubles themselves, in their order, so the
  /// answer is one of the averages and not a number near it.
  double at(long k) {
    long low = ordered(values[0]);
    long high = ordered(values[values.length - 1]);
    while (low < high) {
      long middle = (low & high) + ((low ^ high) >> 1);
      if (atMost(value(middle)) >= k) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return value(low);
  }

  private double mean(int i, int j) {
    return (values[i] + values[j]) / 2;
  }

  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static double value(long ordered) {
    // Adding 0.0 makes of -0.0 the 0.0 it equals.
    return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE)) + 0.0;
  }
}

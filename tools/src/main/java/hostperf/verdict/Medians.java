package hostperf.verdict;

import java.util.stream.DoubleStream;

/// The middle of some values.
public final class Medians {
  private Medians() {}

  /// @param values one at least
  public static double of(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}

package hostperf.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The values that a metric's pattern gave in one launch, in their order. Where there are many of a
/// steady state, their median is the launch's figure: they are samples of that launch, which stays
/// one sample of the measurement.
final class Series {
  /// Fewer are different figures, or passes of which the program means the last.
  private static final int LEAST = 6;

  /// More say nothing that these do not.
  private static final int MOST = 100_000;

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    if (values.size() < MOST) {
      values.add(value);
    }
  }

  /// Those of the steady part: without the first quarter, where the program warms up, and the last
  /// one, where it drains. Empty where they are too few, or where each is larger, or each smaller,
  /// than the one before: then it is a running total, of which the last counts.
  List<Double> steady() {
    if (values.size() < LEAST) {
      return List.of();
    }
    var steady = values.subList((values.size() + 3) / 4, values.size() - 1);
    return isRunningTotal(steady) ? List.of() : List.copyOf(steady);
  }

  Optional<Double> median() {
    double[] sorted = steady().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length == 0
        ? Optional.empty()
        : Optional.of(
            sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow());
  }

  private static boolean isRunningTotal(List<Double> values) {
    int rises = 0;
    int falls = 0;
    for (int i = 1; i < values.size(); i++) {
      rises += values.get(i) > values.get(i - 1) ? 1 : 0;
      falls += values.get(i) < values.get(i - 1) ? 1 : 0;
    }
    return rises == values.size() - 1 || falls == values.size() - 1;
  }
}

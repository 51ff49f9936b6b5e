package hostperf.measure;

import hostperf.verdict.Pair;
import java.util.List;

/// From launches to the pairs of one metric.
final class Pairs {
  private Pairs() {}

  /// In the order of the plan; a pair in which one side did not print the metric is left out.
  static List<Pair> of(String metric, List<List<Sample>> launches) {
    return launches.stream()
        .filter(pair -> pair.stream().allMatch(sample -> has(metric, sample)))
        .map(pair -> new Pair(value(metric, pair.getFirst()), value(metric, pair.getLast())))
        .toList();
  }

  static boolean has(String metric, Sample sample) {
    return Pair.usable(value(metric, sample));
  }

  private static double value(String metric, Sample sample) {
    return sample.launched().metrics().getOrDefault(metric, 0.0);
  }
}

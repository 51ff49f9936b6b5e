package hostperf.measure;

import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How often each metric's pattern matched in a launch. The last matches count, so code that prints
/// a line more than the base does may have printed the figure itself.
final class Matches {
  private Matches() {}

  /// One sentence for each metric that the two sides printed another number of times. Where the
  /// base's own launches differ, lines that come by the clock are usual, and only more matches than
  /// any base launch had are named.
  static List<String> suspicions(List<Sample> samples) {
    var pairs = Schedule.complete(samples);
    var names = new TreeSet<String>();
    pairs.forEach(pair -> pair.forEach(s -> names.addAll(s.launched().matches().keySet())));
    return names.stream().flatMap(name -> suspicion(name, pairs).stream()).toList();
  }

  private static Optional<String> suspicion(String metric, List<List<Sample>> pairs) {
    var base = counts(metric, pairs.stream().map(List::getFirst)).summaryStatistics();
    var candidate = counts(metric, pairs.stream().map(List::getLast)).summaryStatistics();
    boolean steady = base.getMin() == base.getMax();
    boolean differs =
        steady
            ? candidate.getMin() != base.getMin() || candidate.getMax() != base.getMin()
            : candidate.getMin() > base.getMax();
    return differs && base.getCount() > 0 && candidate.getCount() > 0
        ? Optional.of(
            "The pattern of `%s` matched %s in a launch of the base and %s in one of the patched code."
                .formatted(metric, times(base), times(candidate)))
        : Optional.empty();
  }

  private static IntStream counts(String metric, Stream<Sample> samples) {
    return samples
        .map(s -> s.launched().matches())
        .filter(matches -> matches.containsKey(metric))
        .mapToInt(matches -> matches.getOrDefault(metric, 0));
  }

  private static String times(IntSummaryStatistics counts) {
    if (counts.getMin() != counts.getMax()) {
      return "%d to %d times".formatted(counts.getMin(), counts.getMax());
    }
    return counts.getMin() == 1 ? "once" : counts.getMin() + " times";
  }
}

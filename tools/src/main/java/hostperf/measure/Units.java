package hostperf.measure;

import hostperf.metric.Better;
import hostperf.verdict.Pair;
import hostperf.verdict.Quantity;
import hostperf.verdict.Shift;
import java.util.List;
import java.util.stream.Stream;

/// What counts as one pair of a comparison.
public enum Units {
  /// A launch of the base and one of the candidate.
  LAUNCHES,
  /// Adjacent blocks of steps within launches that hold both versions.
  BLOCKS;

  /// The pairs of all complete launches.
  public List<Pair> of(String metric, List<Sample> samples) {
    return pairs(metric, Schedule.complete(samples));
  }

  /// The pairs in the order of the plan; a pair in which one side lacks the metric is left out.
  List<Pair> pairs(String metric, List<List<Sample>> launches) {
    return switch (this) {
      case LAUNCHES -> Pairs.of(metric, launches);
      case BLOCKS -> blocks(launches, false);
    };
  }

  /// What these pairs tell.
  Shift shift(Better better, List<Pair> pairs) {
    return switch (this) {
      case LAUNCHES -> Shift.ofLaunches(better, pairs);
      case BLOCKS -> new Shift(better, pairs);
    };
  }

  /// What the same code pretends to in the very launches; 0 where they do not tell.
  double floor(Quantity metric, List<List<Sample>> launches) {
    var same = this == BLOCKS ? blocks(launches, true) : List.<Pair>of();
    return same.isEmpty() ? 0 : Math.abs(new Shift(metric.better(), same).estimate());
  }

  private static List<Pair> blocks(List<List<Sample>> launches, boolean floor) {
    return launches.stream()
        .flatMap(
            pair ->
                Stream.of(pair)
                    .filter(p -> p.stream().allMatch(s -> s.launched().swapped().isPresent()))
                    .flatMap(
                        p ->
                            Swapped.pairs(
                                p.getFirst().launched().swapped().orElseThrow(),
                                p.getLast().launched().swapped().orElseThrow(),
                                floor)
                                .stream()))
        .toList();
  }
}

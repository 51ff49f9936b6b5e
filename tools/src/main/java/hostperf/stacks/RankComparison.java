package hostperf.stacks;

import hostperf.stacks.Shares.LineShare;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Processes that ran the same root, side by side.
///
/// @param differences the largest of each process that has one, the largest first
/// @param typical the process whose lines are nearest to the medians; empty where two or fewer ran
public record RankComparison(List<RankDifference> differences, OptionalLong typical) {
  private static final RankComparison NOTHING = new RankComparison(List.of(), OptionalLong.empty());

  /// Less is what samples differ by anyway.
  private static final double LEAST = 0.03;

  /// Many lines of many processes are compared.
  private static final double STANDARD_DEVIATIONS = 4;

  private static final Comparator<RankDifference> LARGEST_FIRST =
      Comparator.comparingDouble(RankDifference::excess)
          .reversed()
          .thenComparingLong(RankDifference::process);

  public RankComparison {
    differences = List.copyOf(differences);
  }

  /// @param processes shares by process, of the same time
  /// @param rate samples in a unit of weight; 0 where that is not known
  static RankComparison of(Map<Long, Shares> processes, double rate) {
    var numbers = processes.keySet().stream().sorted().toList();
    double usual = median(processes.values().stream().mapToDouble(Shares::weight).toArray());
    if (numbers.size() < 2 || usual <= 0) {
      return NOTHING;
    }
    Map<Frame, double[]> lines = new HashMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      var shares = Objects.requireNonNull(processes.get(numbers.get(i)));
      for (LineShare line : shares.lines()) {
        lines.computeIfAbsent(line.place(), _ -> new double[numbers.size()])[i] +=
            line.own() * shares.weight() / usual;
      }
    }
    var apart = new double[numbers.size()];
    Map<Long, RankDifference> largest = new HashMap<>();
    lines.forEach(
        (line, times) -> {
          double median = median(times);
          for (int i = 0; i < times.length; i++) {
            apart[i] += Math.abs(times[i] - median);
            double samples = rate * usual;
            if (times[i] - median >= Math.max(LEAST, chance(times[i], samples))) {
              var found = new RankDifference(numbers.get(i), line, times[i], median);
              largest.merge(found.process(), found, (a, b) -> a.excess() >= b.excess() ? a : b);
            }
          }
        });
    return new RankComparison(
        largest.values().stream().sorted(LARGEST_FIRST).toList(),
        numbers.size() < 3 ? OptionalLong.empty() : OptionalLong.of(numbers.get(smallest(apart))));
  }

  /// What a share of that size is off by, by chance, in one of some thousand.
  private static double chance(double share, double samples) {
    double part = Math.min(share, 1);
    return samples == 0 ? 0 : STANDARD_DEVIATIONS * Math.sqrt(part * (1 - part) / samples);
  }

  private static int smallest(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .min(Comparator.comparingDouble(i -> values[i]))
        .orElseThrow();
  }

  /// Of two, the smaller: one of two that is slow must not hide in the middle. 0 of none.
  public static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
  }
}

package hostperf.stacks;

import hostperf.stacks.Shares.LineShare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A line at which one process spends more time than its siblings do: where ranks run in lockstep,
/// the line that the others wait for.
///
/// @param share own time of the line in that process, as a share of the median process's time
/// @param median the same of the median process
public record RankDifference(long process, Frame line, double share, double median) {
  /// Less is what samples differ by anyway.
  private static final double LEAST = 0.03;

  double excess() {
    return share - median;
  }

  /// The largest difference of each process that has one, the largest first.
  ///
  /// @param processes shares by process, of the same time
  static List<RankDifference> of(Map<Long, Shares> processes) {
    var numbers = List.copyOf(processes.keySet());
    if (numbers.size() < 2) {
      return List.of();
    }
    double typical = median(processes.values().stream().mapToDouble(Shares::weight).toArray());
    if (typical <= 0) {
      return List.of();
    }
    Map<Frame, double[]> lines = new HashMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      var shares = Objects.requireNonNull(processes.get(numbers.get(i)));
      for (LineShare line : shares.lines()) {
        lines.computeIfAbsent(line.place(), _ -> new double[numbers.size()])[i] +=
            line.own() * shares.weight() / typical;
      }
    }
    Map<Long, RankDifference> largest = new HashMap<>();
    lines.forEach(
        (line, times) -> {
          double median = median(times);
          for (int i = 0; i < times.length; i++) {
            if (times[i] - median >= LEAST) {
              largest.merge(
                  numbers.get(i),
                  new RankDifference(numbers.get(i), line, times[i], median),
                  (a, b) -> a.excess() >= b.excess() ? a : b);
            }
          }
        });
    var found = new ArrayList<>(largest.values());
    found.sort(
        Comparator.comparingDouble(RankDifference::excess)
            .reversed()
            .thenComparingLong(RankDifference::process));
    return List.copyOf(found);
  }

  /// Of two, the smaller: one of two that is slow must not hide in the middle.
  private static double median(double[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }
}

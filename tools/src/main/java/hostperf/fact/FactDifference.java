package hostperf.fact;

import hostperf.fact.LineFact.Kind;
import hostperf.fact.LineFact.Place;
import hostperf.stacks.RankComparison;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Something that one process does more often or for longer in a step than its siblings, or less:
/// the rank that waits least is the one that the others wait for.
///
/// @param rank as its launcher numbered it; empty where it did not
/// @param place absent for garbage collection, which begins on any line
/// @param eachStep seconds or how often, see `isTime`
/// @param median the same of the median process
public record FactDifference(
    long process,
    String rank,
    Kind kind,
    Optional<Place> place,
    String detail,
    double eachStep,
    double median) {
  /// Less of a step is not worth saying.
  private static final double LEAST_OF_STEP = 0.03;

  /// Less often is what happens once in a while.
  private static final double LEAST_TIMES = 0.5;

  private static final double LEAST_OF_TIMES = 0.1;

  private static final Comparator<FactDifference> TIMES_FIRST =
      Comparator.comparing((FactDifference d) -> !isTime(d.kind()))
          .thenComparing(Comparator.comparingDouble(FactDifference::size).reversed());

  private record What(Kind kind, Optional<Place> place, String detail) {}

  /// Whether this is compared by time, and else by number.
  public static boolean isTime(Kind kind) {
    return switch (kind) {
      case WAIT, COLLECTIVE, SERIALISE, GC_PAUSE -> true;
      default -> false;
    };
  }

  private double size() {
    return Math.abs(eachStep - median);
  }

  /// The largest of each kind, times before numbers.
  ///
  /// @param processes those that ran steps
  public static List<FactDifference> of(List<ProcessFacts> processes) {
    if (processes.size() < 2) {
      return List.of();
    }
    var steps = new EnumMap<Kind, Double>(Kind.class);
    for (var kind : Kind.values()) {
      steps.put(kind, step(kind, processes));
    }
    var largest = new EnumMap<Kind, FactDifference>(Kind.class);
    eachStep(processes)
        .forEach(
            (what, values) -> {
              double median = RankComparison.median(values);
              int i = farthest(values, median);
              var one = processes.get(i);
              var found =
                  new FactDifference(
                      one.process(),
                      one.rank(),
                      what.kind(),
                      what.place(),
                      what.detail(),
                      values[i],
                      median);
              if (found.isWorthSaying(Objects.requireNonNull(steps.get(what.kind())))) {
                largest.merge(what.kind(), found, (x, y) -> x.size() >= y.size() ? x : y);
              }
            });
    return largest.values().stream().sorted(TIMES_FIRST).toList();
  }

  private static int farthest(double[] values, double median) {
    int farthest = 0;
    for (int i = 1; i < values.length; i++) {
      if (Math.abs(values[i] - median) > Math.abs(values[farthest] - median)) {
        farthest = i;
      }
    }
    return farthest;
  }

  private static Map<What, double[]> eachStep(List<ProcessFacts> processes) {
    var values = new HashMap<What, double[]>();
    for (int i = 0; i < processes.size(); i++) {
      var facts = processes.get(i).facts();
      for (var fact : facts.lines()) {
        long steps = facts.counted().steps(fact.kind());
        boolean isAnywhere = fact.kind() == Kind.GC_PAUSE;
        var what =
            new What(
                fact.kind(),
                isAnywhere ? Optional.empty() : Optional.of(fact.place()),
                fact.detail());
        double amount = isTime(fact.kind()) ? fact.seconds() : fact.count();
        values.computeIfAbsent(what, _ -> new double[processes.size()])[i] +=
            steps == 0 ? 0 : amount / steps;
      }
    }
    return values;
  }

  /// @param step how long one takes, in seconds
  private boolean isWorthSaying(double step) {
    return isTime(kind)
        ? step > 0 && size() >= LEAST_OF_STEP * step
        : size() >= LEAST_TIMES && size() >= LEAST_OF_TIMES * Math.max(eachStep, median);
  }

  /// Of the steps in which this kind was counted, in the median process; 0 where there are none.
  private static double step(Kind kind, List<ProcessFacts> processes) {
    return RankComparison.median(
        processes.stream()
            .map(p -> p.facts().counted())
            .filter(c -> c.steps(kind) > 0)
            .mapToDouble(c -> c.seconds(kind) / c.steps(kind))
            .toArray());
  }
}

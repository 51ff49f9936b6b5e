package hostperf.trace.answer;

import hostperf.trace.analyse.HostOperation;
import hostperf.trace.analyse.ProcessAnalysis;
import hostperf.trace.analyse.ProcessReport;
import hostperf.trace.analyse.StepData;
import hostperf.trace.analyse.StepData.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the process that holds the others up.
///
/// Clocks of different machines do not agree to the microsecond, so arrival at a collective is
/// told without them: who comes last spends the least time in it, since the others wait inside.
final class Stragglers {
  /// Fewer shared steps than that can agree by chance.
  private static final int FEWEST_STEPS = 5;

  private static final double MOST_STEPS = 0.80;

  /// A lead below this share of the step is noise.
  private static final double LEAD = 0.01;

  private static final int NAMED = 5;

  private final List<ProcessAnalysis> analyses;
  private final List<int[]> shared;

  Stragglers(List<ProcessAnalysis> analyses) {
    this.analyses = analyses;
    this.shared = analyses.size() < 2 ? List.of() : sharedSteps();
  }

  List<Straggler> list() {
    if (shared.size() < FEWEST_STEPS) {
      return List.of();
    }
    var found = new ArrayList<Straggler>();
    lastToCollectives().ifPresent(found::add);
    longestStep().ifPresent(found::add);
    return found;
  }

  /// For each step number that every process has: where it stands in each.
  private List<int[]> sharedSteps() {
    var positions = new ArrayList<Map<Long, Integer>>();
    for (ProcessAnalysis analysis : analyses) {
      Column numbers = analysis.stepData().numbers();
      var byNumber = new HashMap<Long, Integer>();
      for (int i = 0; i < numbers.size(); i++) {
        byNumber.putIfAbsent(numbers.at(i), i);
      }
      positions.add(byNumber);
    }
    return positions.getFirst().keySet().stream()
        .sorted()
        .filter(number -> positions.stream().allMatch(p -> p.containsKey(number)))
        .map(number -> positions.stream().mapToInt(p -> p.getOrDefault(number, 0)).toArray())
        .toList();
  }

  private interface Figure {
    long of(StepData steps, int step);
  }

  private Optional<Straggler> lastToCollectives() {
    boolean haveThem = analyses.stream().allMatch(a -> a.stepData().ncclKernels().mean() > 0);
    return haveThem
        ? most("last to collectives", (steps, step) -> -steps.nccl().at(step))
        : Optional.empty();
  }

  private Optional<Straggler> longestStep() {
    return most("longest step", (steps, step) -> steps.wall().at(step));
  }

  /// The process with the largest figure, if it is the same in most of the shared steps.
  private Optional<Straggler> most(String how, Figure figure) {
    var wins = new int[analyses.size()];
    for (int[] step : shared) {
      int winner = largest(step, figure);
      if (winner >= 0) {
        wins[winner]++;
      }
    }
    for (int i = 0; i < wins.length; i++) {
      double share = (double) wins[i] / shared.size();
      if (share > MOST_STEPS) {
        ProcessReport report = analyses.get(i).report();
        return Optional.of(
            new Straggler(
                report.process(), report.trace(), how, share, shared.size(), doesMore(i)));
      }
    }
    return Optional.empty();
  }

  /// Which process leads in a step, or -1 where none leads by more than noise.
  private int largest(int[] step, Figure figure) {
    int best = -1;
    long first = Long.MIN_VALUE;
    long second = Long.MIN_VALUE;
    for (int i = 0; i < step.length; i++) {
      long value = figure.of(analyses.get(i).stepData(), step[i]);
      if (value > first) {
        second = first;
        first = value;
        best = i;
      } else {
        second = Math.max(second, value);
      }
    }
    long wall = analyses.getFirst().stepData().wall().at(step[0]);
    return first - second > LEAD * wall ? best : -1;
  }

  private List<Straggler.More> doesMore(int straggler) {
    var more = new ArrayList<Straggler.More>();
    for (HostOperation own : analyses.get(straggler).host().operations()) {
      double others = medianOfOthers(straggler, a -> usPerStep(a.host().operations(), own.name()));
      more.add(new Straggler.More(own.name(), own.totalUsPerStep() - others));
    }
    double busy = analyses.get(straggler).stepData().busy().mean();
    double others = medianOfOthers(straggler, a -> a.stepData().busy().mean());
    more.add(new Straggler.More("GPU work outside collectives", (busy - others) / 1e3));
    more.removeIf(m -> m.extraUsPerStep() <= 0);
    more.sort(Comparator.comparingDouble(Straggler.More::extraUsPerStep).reversed());
    return more.subList(0, Math.min(NAMED, more.size()));
  }

  private static double usPerStep(List<HostOperation> operations, String name) {
    return operations.stream()
        .filter(o -> o.name().equals(name))
        .mapToDouble(HostOperation::totalUsPerStep)
        .sum();
  }

  private double medianOfOthers(
      int straggler, java.util.function.ToDoubleFunction<ProcessAnalysis> figure) {
    double[] others =
        java.util.stream.IntStream.range(0, analyses.size())
            .filter(i -> i != straggler)
            .mapToDouble(i -> figure.applyAsDouble(analyses.get(i)))
            .sorted()
            .toArray();
    return (others[(others.length - 1) / 2] + others[others.length / 2]) / 2;
  }
}

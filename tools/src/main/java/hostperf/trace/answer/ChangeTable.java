package hostperf.trace.answer;

import hostperf.trace.analyse.SteadySteps.Mean;
import hostperf.trace.answer.Comparison.OperationChange;
import hostperf.trace.answer.Comparison.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// The host operations of two traces side by side.
final class ChangeTable {
  /// A change below this is the same to anyone: about what one Python call costs.
  private static final double LEAST_US = 5;

  /// And it has to be larger than chance makes it: two standard errors.
  private static final double ERRORS = 2;

  private static final int HANDED_OVER = 5;

  private final List<OperationChange> operations = new ArrayList<>();

  ChangeTable(
      Map<String, Mean> baseline,
      Map<String, Mean> target,
      Function<String, Optional<String>> sourceOf) {
    var names = new TreeSet<>(baseline.keySet());
    names.addAll(target.keySet());
    for (String name : names) {
      Optional<Mean> before = Optional.ofNullable(baseline.get(name));
      Optional<Mean> after = Optional.ofNullable(target.get(name));
      double from = before.map(Mean::us).orElse(0.0);
      double to = after.map(Mean::us).orElse(0.0);
      operations.add(
          new OperationChange(
              name, from, to, to - from, status(before, after), sourceOf.apply(name)));
    }
    operations.sort(
        Comparator.comparingDouble((OperationChange o) -> Math.abs(o.deltaUsPerStep())).reversed());
  }

  private static Status status(Optional<Mean> before, Optional<Mean> after) {
    if (before.isEmpty()) {
      return Status.NEW;
    }
    if (after.isEmpty()) {
      return Status.GONE;
    }
    double delta = after.get().us() - before.get().us();
    double noise = ERRORS * Math.hypot(before.get().error(), after.get().error());
    if (Math.abs(delta) < LEAST_US || Math.abs(delta) <= noise) {
      return Status.SAME;
    }
    return delta > 0 ? Status.REGRESSION : Status.IMPROVED;
  }

  List<OperationChange> operations() {
    return List.copyOf(operations);
  }

  /// The target's handoff with what became slower in place of what is slow; unchanged where
  /// nothing became slower.
  OptimizationHandoff handoff(OptimizationHandoff target) {
    List<OperationChange> slower =
        operations.stream()
            .filter(o -> o.status() == Status.REGRESSION || o.status() == Status.NEW)
            .filter(o -> o.deltaUsPerStep() > 0)
            .limit(HANDED_OVER)
            .toList();
    return slower.isEmpty()
        ? target
        : new OptimizationHandoff(
            target.verdict(),
            target.primaryPhase(),
            slower.stream()
                .map(
                    o ->
                        new OptimizationHandoff.Operation(
                            o.name(), o.deltaUsPerStep(), o.sourceFunction()))
                .toList(),
            slower.stream().flatMap(o -> o.sourceFunction().stream()).findFirst(),
            target.wallTimePerStepUs(),
            target.gapP50Us(),
            target.kernelsPerStep());
  }
}

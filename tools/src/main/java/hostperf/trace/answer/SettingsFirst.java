package hostperf.trace.answer;

import hostperf.catalog.NvtxRanges;
import hostperf.trace.analyse.ProcessAnalysis;
import hostperf.trace.answer.Detection.SettingFirst;
import hostperf.trace.steps.StepKinds;
import hostperf.trace.timeline.GraphCoverage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Settings of the engine that the figures point to: they cost a flag, code costs a patch.
final class SettingsFirst {
  /// A step with fewer kernels gains little from a graph.
  private static final double MANY_KERNELS = 50;

  /// Graphs that match replay in nearly every step.
  private static final double MOST_STEPS = 0.95;

  private static final double FEW_STEPS = 0.05;

  private static final Pattern STATISTICS =
      Pattern.compile("iter(ation)?_?(perf_?)?(stats|statistics|log)", Pattern.CASE_INSENSITIVE);

  private final NvtxRanges ranges;
  private final List<SettingFirst> found = new ArrayList<>();

  SettingsFirst(NvtxRanges ranges) {
    this.ranges = ranges;
  }

  List<SettingFirst> of(ProcessAnalysis analysis) {
    StepKinds steps = analysis.report().steps();
    GraphCoverage graphs = analysis.gpu().graphs();
    if (steps.count() > 0) {
      if (graphs.graphedSteps() == 0 && graphs.eagerKernelsPerStep() >= MANY_KERNELS) {
        add(
            "eager_steps",
            "no step replays a CUDA graph; %.0f kernels a step are launched one by one"
                .formatted(graphs.eagerKernelsPerStep()),
            steps);
      } else if (graphs.graphedSteps() > FEW_STEPS && graphs.graphedSteps() < MOST_STEPS) {
        add(
            "unmatched_graphs",
            "%.0f%% of the steps that generate replay a CUDA graph, the others do not"
                .formatted(graphs.graphedSteps() * 100),
            steps);
      }
    }
    analysis.host().operations().stream()
        .filter(o -> STATISTICS.matcher(o.name()).find() && o.totalUsPerStep() > 0)
        .findFirst()
        .ifPresent(
            o ->
                add(
                    "iteration_statistics",
                    "%s takes %.0f us a step".formatted(o.name(), o.totalUsPerStep()),
                    steps));
    return List.copyOf(found);
  }

  private void add(String evidence, String words, StepKinds steps) {
    ranges
        .settings(evidence, steps.engine())
        .forEach(s -> found.add(new SettingFirst(words, s.engine(), s.words())));
  }
}

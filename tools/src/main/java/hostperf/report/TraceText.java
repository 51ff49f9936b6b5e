package hostperf.report;

import hostperf.agent.TraceOutcome;
import hostperf.trace.Comparison;
import hostperf.trace.Detection;
import hostperf.trace.PhaseMetrics;
import hostperf.trace.Thresholds;
import hostperf.trace.Verdict;
import java.util.Optional;

/// Words for the answers of the tools that read traces.
final class TraceText {
  private TraceText() {}

  static String of(TraceOutcome outcome) {
    return switch (outcome) {
      case TraceOutcome.Detected o -> detected(o.answer());
      case TraceOutcome.Compared o -> compared(o.answer());
    };
  }

  private static String detected(Detection.Answer a) {
    var all = a.aggregateMetrics();
    var text =
        new StringBuilder(
            "Host-bound: %s. The GPU is idle %s of the time (the same fact as %s utilisation), so"
                .formatted(
                    a.verdict(),
                    Figures.share(all.gpuIdleRatio()),
                    Figures.share(all.gpuUtilization())));
    text.append(
        " at most %s to gain. %d of %d metrics crossed.\n"
            .formatted(Figures.share(all.maxGainShare()), a.crossedCount(), a.applicableCount()));
    var table = new Table("phase", "steps", "idle", "launch", "nccl", "prep exposed", "verdict");
    phase(table, "aggregate", Optional.of(a.phases().aggregate()));
    phase(table, "context", a.phases().context());
    phase(table, "generation", a.phases().generation());
    text.append(table.text());
    onlyLittleIdle(a).ifPresent(text::append);
    if (a.noWorkUs() > 0) {
      text.append("No request was scheduled for %s.\n".formatted(Figures.micros(a.noWorkUs())));
    }
    if (a.ncclCaveat()) {
      text.append("Caveat: collectives take long; idle time may be waiting for other ranks.\n");
    }
    operations(text, a);
    var graph = a.graphCoverage();
    text.append(
        "CUDA graphs: %s of GPU time, %s replays and %s eager kernels per step.\n"
            .formatted(
                Figures.share(graph.share()),
                Figures.number(graph.replaysPerStep()),
                Figures.number(graph.eagerKernelsPerStep())));
    for (var s : a.stragglers()) {
      text.append("Straggler: ").append(s).append('\n');
    }
    return text + RunText.list("Note", a.notes());
  }

  private static String compared(Comparison.Compared c) {
    var wall = c.wallTimePerStepUs();
    var steady = c.steadyState();
    var text =
        new StringBuilder(
            "A step takes %s, before %s (%s); compared are steps of %d context and %d generation"
                .formatted(
                    Figures.micros(wall.target()),
                    Figures.micros(wall.baseline()),
                    Figures.change(wall.baseline() == 0 ? 0 : wall.delta() / wall.baseline()),
                    steady.contextRequests(),
                    steady.generationRequests()));
    text.append(
        " requests (%d and %d of them).\n".formatted(steady.baselineSteps(), steady.targetSteps()));
    var table = new Table("host operation", "before", "after", "status", "source");
    for (var o : c.operations()) {
      table.row(
          o.name(),
          Figures.micros(o.baselineUsPerStep()),
          Figures.micros(o.targetUsPerStep()),
          o.status().name(),
          o.sourceFunction().orElse("–"));
    }
    return text + table.text() + RunText.list("Note", c.notes());
  }

  private static void phase(Table table, String name, Optional<PhaseMetrics> phase) {
    phase.ifPresent(
        p ->
            table.row(
                name,
                Integer.toString(p.iterations()),
                Figures.share(p.gpuIdleRatio()),
                Figures.share(p.launchOverheadRatio()),
                Figures.share(p.ncclRatio()),
                p.hostPrepExposedRatio().map(Figures::share).orElse("–"),
                p.verdict().toString()));
  }

  /// A YES that rests on less idle time than its own threshold promises little.
  private static Optional<String> onlyLittleIdle(Detection.Answer a) {
    double limit = Thresholds.defaults().byName().getOrDefault(Thresholds.IDLE, 1.0);
    var all = a.aggregateMetrics();
    boolean little = a.verdict() == Verdict.YES && all.gpuIdleRatio() <= limit;
    return little
        ? Optional.of("At most %s to gain overall.\n".formatted(Figures.share(all.maxGainShare())))
        : Optional.empty();
  }

  private static void operations(StringBuilder text, Detection.Answer a) {
    if (a.hostOperations().isEmpty()) {
      return;
    }
    var table = new Table("host operation", "per step", "GPU waits", "source");
    for (var o : a.hostOperations()) {
      table.row(
          o.name(),
          Figures.micros(o.totalUsPerStep()),
          Figures.micros(o.exposedUsPerStep()),
          o.sourceFunction().orElse("–"));
    }
    text.append(table.text());
  }
}

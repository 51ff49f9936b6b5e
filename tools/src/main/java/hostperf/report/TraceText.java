package hostperf.report;

import hostperf.agent.TraceOutcome;
import hostperf.trace.analyse.PhaseMetrics;
import hostperf.trace.analyse.Thresholds;
import hostperf.trace.analyse.Verdict;
import hostperf.trace.answer.Comparison;
import hostperf.trace.answer.Detection;
import hostperf.trace.answer.Straggler;
import java.util.Optional;
import java.util.stream.Collectors;

/// Words for the answers of the tools that read traces.
final class TraceText {
  private static final int FEW = 3;

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
    processes(text, a);
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
    waits(text, a);
    gaps(text, a);
    a.stragglers().forEach(s -> text.append(straggler(s)));
    return text + RunText.list("Note", a.notes());
  }

  private static void processes(StringBuilder text, Detection.Answer a) {
    if (a.processes().size() < 2) {
      return;
    }
    text.append(
        "These figures are of the worst of %d processes.\n".formatted(a.processes().size()));
    var table = new Table("process", "trace", "GPU", "idle", "verdict");
    for (var p : a.processes()) {
      table.row(
          Long.toString(p.process()),
          p.trace(),
          p.devices().stream().map(String::valueOf).collect(Collectors.joining(", ")),
          Figures.share(p.phases().aggregate().gpuIdleRatio()),
          p.verdict().toString());
    }
    text.append(table.text());
  }

  private static void waits(StringBuilder text, Detection.Answer a) {
    var waits = a.syncCalls();
    if (waits.perStep() > 0) {
      text.append(
          "Waits for the device: %s calls and %s per step (%s)%s.\n"
              .formatted(
                  Figures.number(waits.perStep()),
                  Figures.micros(waits.usPerStep()),
                  waits.calls().stream()
                      .limit(FEW)
                      .map(c -> c.name() + " " + Figures.number(c.perStep()))
                      .collect(Collectors.joining(", ")),
                  waits
                      .perLayer()
                      .map(n -> ", " + Figures.number(n) + " calls per layer")
                      .orElse("")));
    }
    var garbage = a.garbageCollection();
    if (garbage.collections() > 0) {
      text.append(
          "Python GC: %d collections, %s in all, %s of it with the GPU idle, the longest %s.\n"
              .formatted(
                  garbage.collections(),
                  Figures.micros(garbage.totalUs()),
                  Figures.micros(garbage.exposedUs()),
                  Figures.micros(garbage.longestUs())));
    }
  }

  private static void gaps(StringBuilder text, Detection.Answer a) {
    var table = new Table("gap between GPU work", "count", "in all", "usually");
    a.gapBuckets().stream()
        .filter(gap -> gap.count() > 0)
        .forEach(
            gap ->
                table.row(
                    gap.range(),
                    "%,d".formatted(gap.count()),
                    Figures.micros(gap.totalUs()),
                    gap.usualCause()));
    text.append(table.text());
    for (var gap : a.largestGaps().subList(0, Math.min(FEW, a.largestGaps().size()))) {
      text.append(
          "Longest idle: %s%s, %s.\n"
              .formatted(
                  Figures.micros(gap.durationUs()),
                  gap.step().map(step -> " in step " + step).orElse(""),
                  gap.noWork()
                      ? "no request was scheduled"
                      : "in "
                          + gap.hostRange().orElse("no range")
                          + gap.apiCall().map(call -> " and " + call).orElse("")));
    }
  }

  private static String straggler(Straggler s) {
    return "Straggler: process %d of %s, %s in %s of %d steps%s.\n"
        .formatted(
            s.process(),
            s.trace(),
            s.how(),
            Figures.share(s.share()),
            s.steps(),
            s.doesMore().stream()
                .limit(FEW)
                .map(m -> m.name() + " " + Figures.micros(m.extraUsPerStep()))
                .reduce((x, y) -> x + ", " + y)
                .map(more -> "; more than the others per step: " + more)
                .orElse(""));
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
    text.append(table.text());
    text.append(
        "Per step: %s kernels, before %s; %s API calls, before %s.\n"
            .formatted(
                Figures.number(c.kernelsPerStep().target()),
                Figures.number(c.kernelsPerStep().baseline()),
                Figures.number(c.apiCallsPerStep().target()),
                Figures.number(c.apiCallsPerStep().baseline())));
    return text + RunText.list("Note", c.notes());
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

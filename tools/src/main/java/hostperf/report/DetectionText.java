package hostperf.report;

import hostperf.trace.analyse.HostOperation;
import hostperf.trace.analyse.PhaseMetrics;
import hostperf.trace.analyse.SyncCalls;
import hostperf.trace.answer.Detection;
import hostperf.trace.answer.Straggler;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Words for a detection: its head, then phases and processes, the operations behind the idle time.
final class DetectionText {
  private static final int OPERATIONS = 5;
  private static final int FEW = 3;

  /// Fewer waits than that a step are how an engine works.
  private static final double MANY_WAITS = 3;

  private final Detection.Answer answer;
  private final StringBuilder text = new StringBuilder();

  DetectionText(Detection.Answer answer) {
    this.answer = answer;
  }

  String text() {
    text.append(new DetectionHead(answer).text());
    phases();
    processes();
    settings();
    text.append(IdleCauseText.table(answer.host().idleCauses()));
    operations();
    graphs();
    waits();
    answer.device().stragglers().forEach(s -> text.append(straggler(s)));
    return text + RunText.list("Note", answer.notes());
  }

  private void phases() {
    var table = new Table("phase", "steps", "idle", "launch", "nccl", "prep exposed", "verdict");
    phase(table, "aggregate", Optional.of(answer.phases().aggregate()));
    phase(table, "context", answer.phases().context());
    phase(table, "generation", answer.phases().generation());
    text.append(table.text());
    sameFigures();
  }

  /// Where rows look alike and verdicts differ, the limits make the difference.
  private void sameFigures() {
    answer
        .phases()
        .generation()
        .filter(p -> !p.crossed().isEmpty())
        .filter(p -> differs(p, answer.phases().aggregate()))
        .ifPresent(
            p ->
                text.append(
                    "The same figures, two verdicts: generation has limits of its own (%s).\n"
                        .formatted(DetectionHead.crossed(p.crossed()))));
  }

  private static boolean differs(PhaseMetrics generation, PhaseMetrics all) {
    return generation.verdict() != all.verdict()
        && Figures.share(generation.gpuIdleRatio()).equals(Figures.share(all.gpuIdleRatio()));
  }

  private static void phase(Table table, String name, Optional<PhaseMetrics> phase) {
    phase.ifPresent(
        p ->
            table.row(
                name,
                Integer.toString(p.iterations()),
                Figures.share(p.gpuIdleRatio()),
                p.launchOverheadRatio().map(Figures::share).orElse("unknown"),
                Figures.share(p.ncclRatio()),
                p.hostPrepExposedRatio().map(Figures::share).orElse("–"),
                "%s (%d of %d)".formatted(p.verdict(), p.crossedCount(), p.applicableCount())));
  }

  private void processes() {
    if (answer.processes().size() < 2) {
      return;
    }
    text.append(
        "These figures are of the worst of %d processes.\n".formatted(answer.processes().size()));
    var table = new Table("process", "trace", "GPU", "idle", "verdict", "crossed");
    for (var p : answer.processes().subList(0, Math.min(OPERATIONS, answer.processes().size()))) {
      table.row(
          p.rank().map(rank -> "rank " + rank).orElse(Long.toString(p.process())),
          p.trace(),
          p.devices().stream().map(String::valueOf).collect(Collectors.joining(", ")),
          Figures.share(p.phases().aggregate().gpuIdleRatio()),
          p.verdict().toString(),
          p.phases()
              .all()
              .filter(phase -> phase.verdict() == p.verdict())
              .findFirst()
              .map(
                  phase -> phase.crossed().isEmpty() ? "–" : DetectionHead.crossed(phase.crossed()))
              .orElse("–"));
    }
    text.append(table.text());
  }

  private void settings() {
    answer.settingsFirst().stream()
        .collect(Collectors.groupingBy(Detection.SettingFirst::evidence))
        .forEach(
            (evidence, settings) ->
                text.append(
                    "Before code: %s. %s.\n"
                        .formatted(
                            evidence,
                            settings.stream()
                                .map(s -> s.engine() + ": " + s.setting())
                                .collect(Collectors.joining("; ")))));
  }

  private void operations() {
    List<HostOperation> operations =
        answer.host().hostOperations().stream().limit(OPERATIONS).toList();
    if (operations.size() < 2) {
      return;
    }
    var table = new Table("host operation", "per step", "GPU waits", "source");
    for (var o : operations) {
      table.row(
          o.name(),
          Figures.micros(o.totalUsPerStep()),
          Figures.micros(o.exposedUsPerStep()),
          o.sourceFunction().orElse("–"));
    }
    text.append(table.text());
  }

  private void graphs() {
    var graph = answer.device().graphCoverage();
    text.append(
        "CUDA graphs: %s of GPU time, %s replays and %s eager kernels per step.\n"
            .formatted(
                Figures.share(graph.share()),
                graph.replaysPerStep().map(Figures::number).orElse("unknown"),
                Figures.number(graph.eagerKernelsPerStep())));
  }

  private void waits() {
    if (answer.host().syncCalls().isEmpty()) {
      text.append("Waits for the device: unknown, since the trace records no calls.\n");
      return;
    }
    SyncCalls waits = answer.host().syncCalls().get();
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
    waits.inRanges().stream()
        .filter(w -> w.perStep() >= MANY_WAITS)
        .limit(2)
        .forEach(
            w ->
                text.append(
                    "%s calls %s %s times a step. Can one wait do for all of them?\n"
                        .formatted(w.range(), w.call(), Figures.number(w.perStep()))));
    var garbage = answer.host().garbageCollection();
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
}

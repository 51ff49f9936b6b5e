package hostperf.report;

import hostperf.trace.analyse.CodeLine;
import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.analyse.HostOperation;
import hostperf.trace.analyse.IdleCause;
import hostperf.trace.analyse.IdleSplit;
import hostperf.trace.analyse.PhaseMetrics;
import hostperf.trace.analyse.PhaseMetrics.Crossing;
import hostperf.trace.analyse.StepKinds;
import hostperf.trace.analyse.SyncCalls;
import hostperf.trace.analyse.Thresholds;
import hostperf.trace.answer.Detection;
import hostperf.trace.answer.Straggler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Words for a detection: verdict and why, what the idle time is, the operations behind it.
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

  /// The verdict, why, and what the idle time is, each a line.
  static List<String> headLines(Detection.Answer answer) {
    var words = new DetectionText(answer);
    words.verdict();
    words.idle();
    return words.text.toString().lines().toList();
  }

  String text() {
    verdict();
    idle();
    phases();
    processes();
    settings();
    causes();
    operations();
    graphs();
    waits();
    answer.device().stragglers().forEach(s -> text.append(straggler(s)));
    return text + RunText.list("Note", answer.notes());
  }

  private void verdict() {
    PhaseMetrics all = answer.aggregateMetrics();
    StepKinds steps = answer.judged().steps();
    text.append(
        "Host-bound: %s. The GPU runs no kernel in %s of %s (%s), at most %s to gain.\n"
            .formatted(
                answer.verdict(),
                Figures.share(all.gpuIdleRatio()),
                Figures.micros(all.totalUs()),
                steps(steps),
                Figures.share(all.maxGainShare())));
    text.append(why());
  }

  private static String steps(StepKinds steps) {
    String kinds =
        steps.kinds().size() < 2
            ? ""
            : ": "
                + steps.kinds().stream()
                    .limit(FEW)
                    .map(k -> k.steps() + " of " + k.makeUp())
                    .collect(Collectors.joining("; "))
                + (steps.kinds().size() > FEW ? "; …" : "");
    return switch (steps.how()) {
      case RANGES -> "%d steps by ranges%s".formatted(steps.count(), engine(steps));
      case READ_BACKS ->
          "%d steps found, each ending with a copy to the host%s".formatted(steps.count(), kinds);
      case KERNELS -> "%d steps found by recurring kernels%s".formatted(steps.count(), kinds);
      case WHOLE_WINDOW -> "the whole window: no steps were found";
    };
  }

  private static String engine(StepKinds steps) {
    return steps.engine().map(e -> " of " + e).orElse("");
  }

  private String why() {
    if (answer.verdict() == HostBoundVerdict.NO) {
      var all = answer.aggregateMetrics();
      return "Why: %s.%n"
          .formatted(
              all.crossed().isEmpty()
                  ? "no metric crosses its limit"
                  : crossed(all.crossed()) + " crosses; two have to");
    }
    var lines = new ArrayList<String>();
    reason(lines, "aggregate", Optional.of(answer.aggregateMetrics()));
    reason(lines, "context", answer.phases().context());
    reason(lines, "generation", answer.phases().generation());
    return "Why: " + String.join(". ", lines) + ".\n";
  }

  private static void reason(List<String> lines, String name, Optional<PhaseMetrics> phase) {
    phase
        .filter(p -> p.verdict() == HostBoundVerdict.YES)
        .ifPresent(p -> lines.add(name + ": " + crossed(p.crossed())));
  }

  private static String crossed(List<Crossing> crossed) {
    return crossed.stream()
        .map(
            c ->
                "%s %s %s %s"
                    .formatted(
                        word(c.metric()),
                        Figures.share(c.value()),
                        c.value() > c.limit() ? ">" : "<",
                        Figures.share(c.limit())))
        .collect(Collectors.joining(", "));
  }

  /// A device that copies counts as busy in these.
  private static String word(String metric) {
    return switch (metric.replaceAll("_generation$", "")) {
      case Thresholds.IDLE -> "idle without copies";
      case Thresholds.UTILIZATION -> "busy or copying";
      case Thresholds.LAUNCH -> "launching";
      case Thresholds.EXPOSED -> "preparation exposed";
      case Thresholds.IMPACT -> "preparation's impact";
      case Thresholds.ATTRIBUTION -> "idle due to preparation";
      default -> metric;
    };
  }

  private void idle() {
    IdleSplit idle = answer.aggregateMetrics().idle();
    double sum = idle.sumUs();
    if (sum <= 0) {
      return;
    }
    var parts = new ArrayList<String>();
    part(parts, "host busy with its own code", idle.hostBusyUs(), sum, "");
    part(parts, "host waiting in a call", idle.hostWaitingUs(), sum, names(idle.waits()));
    if (idle.copyingUs().isPresent()) {
      part(parts, "copying", idle.copyingUs().get(), sum, names(idle.copies()));
    } else {
      parts.add("copying unknown");
    }
    part(
        parts,
        "enqueued, waiting for another stream, rank or the launch",
        idle.enqueuedUs(),
        sum,
        "");
    part(parts, "no request", idle.noRequestUs(), sum, "");
    part(parts, "unknown, since no calls are recorded", idle.unknownUs(), sum, "");
    text.append("Idle %s: %s.\n".formatted(Figures.micros(sum), String.join("; ", parts)));
  }

  private static void part(List<String> parts, String name, double us, double sum, String more) {
    if (us > 0) {
      parts.add("%s %s%s".formatted(name, Figures.share(us / sum), more));
    }
  }

  private static String names(List<IdleSplit.Share> shares) {
    return shares.isEmpty()
        ? ""
        : shares.stream()
            .limit(2)
            .map(IdleSplit.Share::name)
            .collect(Collectors.joining(", ", " (", ")"));
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
                        .formatted(crossed(p.crossed()))));
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
              .map(phase -> phase.crossed().isEmpty() ? "–" : crossed(phase.crossed()))
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

  private void causes() {
    List<IdleCause> named =
        answer.host().idleCauses().stream()
            .filter(c -> c.target().isPresent())
            .limit(OPERATIONS)
            .toList();
    if (named.isEmpty()) {
      return;
    }
    boolean haveLines = named.stream().anyMatch(c -> saysMore(c.lines()));
    var columns =
        Stream.of("idle while the host is in", "doing", "range", "idle", "share", "lines")
            .limit(haveLines ? 6 : 5);
    var table = new Table(columns.toArray(String[]::new));
    for (var c : named) {
      var cells =
          Stream.of(
                  place(c),
                  doing(c),
                  c.range().orElse("–"),
                  Figures.micros(c.usPerStep()) + " a step",
                  Figures.share(c.share()),
                  lines(c.lines()))
              .limit(haveLines ? 6 : 5);
      table.row(cells.toArray(String[]::new));
    }
    text.append(table.text());
  }

  /// The function that the trace names, else that of the profile's first line.
  private static String place(IdleCause cause) {
    return cause
        .function()
        .map(
            f ->
                "%s %s%s"
                    .formatted(
                        f.place(),
                        bare(f.name()),
                        f.calledFrom().map(caller -> " from " + caller).orElse("")))
        .orElseGet(
            () ->
                cause.lines().getFirst().place() + " " + bare(cause.lines().getFirst().function()));
  }

  /// Than the one line that stands at the function already.
  private static boolean saysMore(List<CodeLine> lines) {
    return lines.size() > 1 || lines.stream().anyMatch(l -> l.source() == CodeLine.Source.PROFILE);
  }

  private static String bare(String function) {
    return function.replaceFirst(".*::", "");
  }

  private static String lines(List<CodeLine> lines) {
    return !saysMore(lines)
        ? "–"
        : lines.stream()
                .limit(FEW)
                .map(l -> l.place().replaceFirst(".*/", "") + " " + Figures.share(l.share()))
                .collect(Collectors.joining(", "))
            + (lines.getFirst().source() == CodeLine.Source.PROFILE ? " (profile)" : "");
  }

  private static String doing(IdleCause cause) {
    String in = cause.call().or(cause::inside).map(name -> ": " + name).orElse("");
    return switch (cause.part()) {
      case HOST_BUSY -> "own code" + in;
      case HOST_WAITING -> "waiting" + in;
      case COPYING -> "the device copies" + in;
      case ENQUEUED -> "launched there, late for another reason";
      case NO_REQUEST, UNKNOWN -> "unknown";
    };
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

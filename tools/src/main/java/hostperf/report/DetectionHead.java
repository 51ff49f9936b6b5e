package hostperf.report;

import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.analyse.IdleSplit;
import hostperf.trace.analyse.PhaseMetrics;
import hostperf.trace.analyse.PhaseMetrics.Crossing;
import hostperf.trace.analyse.Thresholds;
import hostperf.trace.answer.Detection;
import hostperf.trace.steps.StepKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The head of a detection: the verdict, why, and what the idle time is, each a line.
record DetectionHead(Detection.Answer answer) {
  private static final int FEW = 3;

  String text() {
    return verdict() + why() + idle();
  }

  private String verdict() {
    PhaseMetrics all = answer.aggregateMetrics();
    StepKinds steps = answer.judged().steps();
    return "Host-bound: %s. The GPU runs no kernel in %s of %s (%s), at most %s to gain.\n"
        .formatted(
            answer.verdict(),
            Figures.share(all.gpuIdleRatio()),
            Figures.micros(all.totalUs()),
            steps(steps),
            Figures.share(all.maxGainShare()));
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

  /// Which metrics crossed their limits.
  static String crossed(List<Crossing> crossed) {
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

  private String idle() {
    IdleSplit idle = answer.aggregateMetrics().idle();
    double sum = idle.sumUs();
    if (sum <= 0) {
      return "";
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
    return "Idle %s: %s.\n".formatted(Figures.micros(sum), String.join("; ", parts));
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
}

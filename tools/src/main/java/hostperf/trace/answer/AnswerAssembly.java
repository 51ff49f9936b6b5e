package hostperf.trace.answer;

import hostperf.catalog.NvtxRanges;
import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.analyse.HostOperations;
import hostperf.trace.analyse.PhaseMetrics;
import hostperf.trace.analyse.Phases;
import hostperf.trace.analyse.Picture;
import hostperf.trace.analyse.ProcessAnalysis;
import hostperf.trace.analyse.Thresholds;
import hostperf.trace.answer.Detection.Answer;
import hostperf.trace.answer.Detection.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Puts the findings of all processes into one answer.
final class AnswerAssembly {
  static final int OPERATIONS = 12;

  private final List<ProcessAnalysis> analyses;
  private final Settings settings;
  private final NvtxRanges ranges;
  private final List<String> notes;
  private final ProcessAnalysis worst;

  /// @param analyses at least one
  AnswerAssembly(
      List<ProcessAnalysis> analyses, Settings settings, NvtxRanges ranges, List<String> notes) {
    this.ranges = ranges;
    this.analyses =
        analyses.stream()
            .sorted(
                Comparator.comparingLong((ProcessAnalysis a) -> a.report().process())
                    .thenComparing(a -> a.report().trace()))
            .toList();
    this.settings = settings;
    this.notes = new ArrayList<>(notes);
    this.worst = this.analyses.stream().max(badness()).orElseThrow();
  }

  private static Comparator<ProcessAnalysis> badness() {
    return Comparator.comparing((ProcessAnalysis a) -> a.report().verdict() == HostBoundVerdict.YES)
        .thenComparingDouble(a -> a.report().phases().aggregate().gpuIdleRatio());
  }

  Found found() {
    PhaseMetrics aggregate = worst.report().phases().aggregate();
    double noWorkUs = aggregate.idle().noRequestUs();
    addNotes(noWorkUs);
    var answer =
        new Answer(
            new Detection.Judged(
                worst.report().verdict(),
                aggregate,
                worst.report().phases(),
                analyses.stream().map(ProcessAnalysis::report).toList(),
                aggregate.crossedCount(),
                aggregate.applicableCount(),
                anyPhase(this::confirmsPreparation),
                anyPhase(p -> p.ncclRatio() > settings.thresholds().of(Thresholds.NCCL)),
                worst.report().steps()),
            new Detection.Device(
                worst.gpu().gaps().buckets(),
                worst.gpu().largestGaps(),
                noWorkUs,
                worst.gpu().graphs(),
                new Stragglers(analyses).list()),
            new Detection.Host(
                worst.host().operations().stream().limit(OPERATIONS).toList(),
                worst.host().causes(),
                worst.host().waits(),
                worst.host().garbageCollection()),
            worst.report().verdict() == HostBoundVerdict.YES
                ? new SettingsFirst(ranges).of(worst)
                : List.of(),
            handoff(worst, worst.report().verdict()),
            notes);
    List<Picture> pictures =
        analyses.stream().sorted(badness().reversed()).map(ProcessAnalysis::picture).toList();
    return new Found(answer, pictures, settings);
  }

  private boolean anyPhase(java.util.function.Predicate<PhaseMetrics> claim) {
    return analyses.stream().flatMap(a -> a.report().phases().all()).anyMatch(claim);
  }

  private boolean confirmsPreparation(PhaseMetrics phase) {
    return crosses(phase.hostPrepPerfImpact(), Thresholds.IMPACT)
        && crosses(phase.hostPrepIdleAttribution(), Thresholds.ATTRIBUTION);
  }

  private boolean crosses(Optional<Double> metric, String threshold) {
    return metric.filter(value -> value > settings.thresholds().of(threshold)).isPresent();
  }

  static OptimizationHandoff handoff(ProcessAnalysis analysis, HostBoundVerdict verdict) {
    PhaseMetrics aggregate = analysis.report().phases().aggregate();
    return new OptimizationHandoff(
            verdict,
            primaryPhase(analysis.report().phases()),
            operations(analysis),
            Optional.empty(),
            aggregate.totalUs() / Math.max(1, aggregate.iterations()),
            analysis.gpu().gaps().medianUs(),
            analysis.gpu().kernelsPerStep())
        .startingAt(analysis.host().causes());
  }

  /// The ranges that keep the GPU waiting.
  private static List<OptimizationHandoff.Operation> operations(ProcessAnalysis analysis) {
    return analysis.host().operations().stream()
        .filter(o -> o.selfExposedUsPerStep() > 0)
        .filter(o -> !o.name().equals(HostOperations.UNNAMED))
        .limit(OptimizationHandoff.OPERATIONS)
        .map(
            o ->
                new OptimizationHandoff.Operation(
                    o.name(), o.selfExposedUsPerStep(), o.sourceFunction()))
        .toList();
  }

  /// The phase with the most idle time.
  private static String primaryPhase(Phases phases) {
    double context = phases.context().map(AnswerAssembly::idleUs).orElse(0.0);
    double generation = phases.generation().map(AnswerAssembly::idleUs).orElse(0.0);
    if (context == 0 && generation == 0) {
      return "aggregate";
    }
    return context > generation ? "context" : "generation";
  }

  private static double idleUs(PhaseMetrics phase) {
    return phase.totalUs() - phase.gpuActiveUs();
  }

  private void addNotes(double noWorkUs) {
    for (ProcessAnalysis analysis : analyses) {
      Phases phases = analysis.report().phases();
      long process = analysis.report().process();
      noteLittleIdle(process, "aggregate", phases.aggregate(), Thresholds.IDLE);
      phases.context().ifPresent(p -> noteLittleIdle(process, "context", p, Thresholds.IDLE));
      phases
          .generation()
          .ifPresent(p -> noteLittleIdle(process, "generation", p, Thresholds.IDLE_GENERATION));
    }
    if (noWorkUs > 0) {
      notes.add(
          "No work: for %.0f us the GPU was idle because no request was scheduled; that is load, not host overhead."
              .formatted(noWorkUs));
    }
  }

  /// A phase can say YES by launch overhead and exposed preparation while the GPU is hardly idle.
  private void noteLittleIdle(long process, String name, PhaseMetrics phase, String limit) {
    if (phase.verdict() == HostBoundVerdict.YES
        && phase.gpuIdleRatio() <= settings.thresholds().of(limit)) {
      notes.add(
          "Process %d, %s: YES with less idle time than its threshold; at most %.1f%% to gain."
              .formatted(process, name, phase.maxGainShare() * 100));
    }
  }
}

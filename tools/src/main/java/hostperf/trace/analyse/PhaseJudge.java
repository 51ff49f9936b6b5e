package hostperf.trace.analyse;

import hostperf.trace.analyse.PhaseMetrics.Crossing;
import hostperf.trace.steps.Periods;
import hostperf.trace.steps.Step.Phase;
import hostperf.trace.timeline.GpuTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Turns the figures per period into the metrics and the verdict of a phase.
final class PhaseJudge {
  /// Idle time and utilisation have limits of their own in generation.
  private enum Limits {
    GENERAL,
    GENERATION
  }

  private final Periods periods;
  private final GpuTimeline gpu;
  private final HostCalls calls;
  private final HostPreparation preparation;
  private final IdleParts idleParts;
  private final boolean hasCalls;
  private final Thresholds thresholds;

  PhaseJudge(
      Periods periods,
      GpuTimeline gpu,
      HostCalls calls,
      HostPreparation preparation,
      IdleParts idleParts,
      Thresholds thresholds) {
    this.periods = periods;
    this.gpu = gpu;
    this.calls = calls;
    this.preparation = preparation;
    this.idleParts = idleParts;
    this.hasCalls = calls.areRecorded();
    this.thresholds = thresholds;
  }

  Phases phases() {
    return new Phases(
        metrics(_ -> true, Limits.GENERAL),
        phase(Phase.CONTEXT, Limits.GENERAL),
        phase(Phase.GENERATION, Limits.GENERATION));
  }

  private Optional<PhaseMetrics> phase(Phase phase, Limits limits) {
    IntPredicate chosen =
        period -> periods.step(period).filter(step -> step.phase() == phase).isPresent();
    boolean exists = IntStream.range(0, periods.count()).anyMatch(chosen);
    return exists ? Optional.of(metrics(chosen, limits)) : Optional.empty();
  }

  private PhaseMetrics metrics(IntPredicate chosen, Limits limits) {
    var sums = new Sums();
    for (int period = 0; period < periods.count(); period++) {
      if (chosen.test(period)) {
        sums.add(period);
      }
    }
    return sums.metrics(limits, idleParts.split(chosen));
  }

  /// A phase's totals in nanoseconds.
  private final class Sums {
    private int iterations;
    private long window;
    private long active;
    private long launching;
    private long nccl;
    private long prepared;
    private long exposed;

    void add(int period) {
      iterations++;
      window += periods.length(period);
      active += gpu.activeIn(period);
      launching += calls.launchingIn(period);
      nccl += gpu.ncclIn(period);
      prepared += preparation.in(period);
      exposed += preparation.exposedIn(period);
    }

    PhaseMetrics metrics(Limits limits, IdleSplit split) {
      double utilization = ratio(active, window);
      double idle = window == 0 ? 0 : 1 - utilization;
      double copying = window == 0 ? 0 : split.copyingUs().orElse(0.0) * 1e3 / window;
      double noRequest = window == 0 ? 0 : split.noRequestUs() * 1e3 / window;
      Optional<Double> launch = hasCalls ? Optional.of(ratio(launching, window)) : Optional.empty();
      var preparation =
          new PhaseMetrics.Preparation(
              prepared / 1e3,
              ifPrepared(ratio(exposed, prepared)),
              ifPrepared(ratio(exposed, window)),
              ifPrepared(ratio(exposed, window - active)));
      var crossed = new ArrayList<Crossing>();
      above(crossed, Optional.of(idle - copying), idleLimit(limits));
      above(crossed, launch, Thresholds.LAUNCH);
      above(crossed, preparation.hostPrepExposedRatio(), Thresholds.EXPOSED);
      above(crossed, preparation.hostPrepPerfImpact(), Thresholds.IMPACT);
      above(crossed, preparation.hostPrepIdleAttribution(), Thresholds.ATTRIBUTION);
      String least = utilizationLimit(limits);
      if (utilization + copying < thresholds.of(least)) {
        crossed.add(new Crossing(least, utilization + copying, thresholds.of(least)));
      }
      return new PhaseMetrics(
          new PhaseMetrics.Time(
              periods.hasSteps() ? iterations : 0, window / 1e3, active / 1e3, Optional.of(split)),
          new PhaseMetrics.Ratios(idle, utilization, launch, ratio(nccl, active)),
          preparation,
          new PhaseMetrics.Judged(
              crossed.size(),
              (prepared > 0 ? 5 : 2) + (hasCalls ? 1 : 0),
              crossed,
              crossed.size() >= 2 ? HostBoundVerdict.YES : HostBoundVerdict.NO,
              Math.max(0, idle - copying - noRequest)));
    }

    private void above(List<Crossing> crossed, Optional<Double> value, String threshold) {
      double limit = thresholds.of(threshold);
      value.filter(v -> v > limit).ifPresent(v -> crossed.add(new Crossing(threshold, v, limit)));
    }

    private Optional<Double> ifPrepared(double ratio) {
      return prepared > 0 ? Optional.of(ratio) : Optional.empty();
    }
  }

  private static String idleLimit(Limits limits) {
    return limits == Limits.GENERATION ? Thresholds.IDLE_GENERATION : Thresholds.IDLE;
  }

  private static String utilizationLimit(Limits limits) {
    return limits == Limits.GENERATION ? Thresholds.UTILIZATION_GENERATION : Thresholds.UTILIZATION;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}

package hostperf.trace.analyse;

import hostperf.trace.analyse.Step.Phase;
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
  private final Thresholds thresholds;

  PhaseJudge(
      Periods periods,
      GpuTimeline gpu,
      HostCalls calls,
      HostPreparation preparation,
      Thresholds thresholds) {
    this.periods = periods;
    this.gpu = gpu;
    this.calls = calls;
    this.preparation = preparation;
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
    return sums.metrics(limits);
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

    PhaseMetrics metrics(Limits limits) {
      double utilization = ratio(active, window);
      double idle = window == 0 ? 0 : 1 - utilization;
      double launch = ratio(launching, window);
      Optional<Double> exposedRatio = ifPrepared(ratio(exposed, prepared));
      Optional<Double> impact = ifPrepared(ratio(exposed, window));
      Optional<Double> attribution = ifPrepared(ratio(exposed, window - active));
      int crossed =
          (idle > idleLimit(limits) ? 1 : 0)
              + (launch > thresholds.of(Thresholds.LAUNCH) ? 1 : 0)
              + (crosses(exposedRatio, Thresholds.EXPOSED) ? 1 : 0)
              + (crosses(impact, Thresholds.IMPACT) ? 1 : 0)
              + (crosses(attribution, Thresholds.ATTRIBUTION) ? 1 : 0)
              + (utilization < utilizationLimit(limits) ? 1 : 0);
      return new PhaseMetrics(
          periods.hasSteps() ? iterations : 0,
          window / 1e3,
          active / 1e3,
          idle,
          utilization,
          launch,
          ratio(nccl, active),
          prepared / 1e3,
          exposedRatio,
          impact,
          attribution,
          crossed,
          prepared > 0 ? 6 : 3,
          crossed >= 2 ? Verdict.YES : Verdict.NO,
          idle);
    }

    private Optional<Double> ifPrepared(double ratio) {
      return prepared > 0 ? Optional.of(ratio) : Optional.empty();
    }
  }

  private boolean crosses(Optional<Double> metric, String threshold) {
    return metric.filter(value -> value > thresholds.of(threshold)).isPresent();
  }

  private double idleLimit(Limits limits) {
    return thresholds.of(
        limits == Limits.GENERATION ? Thresholds.IDLE_GENERATION : Thresholds.IDLE);
  }

  private double utilizationLimit(Limits limits) {
    return thresholds.of(
        limits == Limits.GENERATION ? Thresholds.UTILIZATION_GENERATION : Thresholds.UTILIZATION);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}

package hostperf.trace.analyse;

import hostperf.Flat;
import java.util.List;
import java.util.Optional;

/// The figures of one phase of one process; on the wire they stand side by side.
///
/// The window is the union of the phase's periods, each from the start of a step to the start of
/// the next. GPU time counts kernels and graph replays of any process on the devices that this
/// process uses, united; copies are told apart in `idle`.
public record PhaseMetrics(
    @Flat Time time, @Flat Ratios ratios, @Flat Preparation preparation, @Flat Judged judged) {

  /// @param iterations steps in the window; 0 where the trace has no steps
  /// @param idle what the idle time is; left out of short forms
  public record Time(
      int iterations, double totalUs, double gpuActiveUs, Optional<IdleSplit> idle) {}

  /// @param launchOverheadRatio time inside launch calls, united per thread and summed, over
  ///     window; absent where the trace records no calls
  /// @param ncclRatio summed time of this process's NCCL kernels over active time
  public record Ratios(
      double gpuIdleRatio,
      double gpuUtilization,
      Optional<Double> launchOverheadRatio,
      double ncclRatio) {}

  /// The ratios are absent where the phase has no host preparation.
  ///
  /// @param hostPrepExposedRatio the share of host preparation during which the GPU was idle
  public record Preparation(
      double hostPrepUs,
      Optional<Double> hostPrepExposedRatio,
      Optional<Double> hostPrepPerfImpact,
      Optional<Double> hostPrepIdleAttribution) {}

  /// @param applicableCount of the metrics that the trace can tell
  /// @param crossed the metrics that crossed their limits; a device that copies is not idle here
  /// @param maxGainShare idle time, copying and times without a request left out, over the window:
  ///     no host-side change can gain more
  public record Judged(
      int crossedCount,
      int applicableCount,
      List<Crossing> crossed,
      HostBoundVerdict verdict,
      double maxGainShare) {
    public Judged {
      crossed = List.copyOf(crossed);
    }
  }

  /// A metric on the wrong side of its limit.
  public record Crossing(String metric, double value, double limit) {}

  public int iterations() {
    return time.iterations();
  }

  public double totalUs() {
    return time.totalUs();
  }

  public double gpuActiveUs() {
    return time.gpuActiveUs();
  }

  public IdleSplit idle() {
    return time.idle().orElse(IdleSplit.NONE);
  }

  public double gpuIdleRatio() {
    return ratios.gpuIdleRatio();
  }

  public double gpuUtilization() {
    return ratios.gpuUtilization();
  }

  public Optional<Double> launchOverheadRatio() {
    return ratios.launchOverheadRatio();
  }

  public double ncclRatio() {
    return ratios.ncclRatio();
  }

  public Optional<Double> hostPrepExposedRatio() {
    return preparation.hostPrepExposedRatio();
  }

  public Optional<Double> hostPrepPerfImpact() {
    return preparation.hostPrepPerfImpact();
  }

  public Optional<Double> hostPrepIdleAttribution() {
    return preparation.hostPrepIdleAttribution();
  }

  public int crossedCount() {
    return judged.crossedCount();
  }

  public int applicableCount() {
    return judged.applicableCount();
  }

  public List<Crossing> crossed() {
    return judged.crossed();
  }

  public HostBoundVerdict verdict() {
    return judged.verdict();
  }

  public double maxGainShare() {
    return judged.maxGainShare();
  }

  /// The same without what the idle time is.
  PhaseMetrics brief() {
    return new PhaseMetrics(
        new Time(iterations(), totalUs(), gpuActiveUs(), Optional.empty()),
        ratios,
        preparation,
        judged);
  }

  /// The same without any list.
  PhaseMetrics briefest() {
    return new PhaseMetrics(
        new Time(iterations(), totalUs(), gpuActiveUs(), Optional.empty()),
        ratios,
        preparation,
        new Judged(crossedCount(), applicableCount(), List.of(), verdict(), maxGainShare()));
  }
}

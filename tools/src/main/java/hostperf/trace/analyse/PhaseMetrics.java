package hostperf.trace.analyse;

import java.util.Optional;

/// The figures of one phase of one process; components are named as on the wire.
///
/// The window is the union of the phase's periods, each from the start of a step to the start of
/// the next. GPU time counts kernels and graph replays of any process on the devices that this
/// process uses, united. The three host-preparation ratios are absent where the phase has no host
/// preparation; then `applicableCount` is 3.
///
/// @param iterations steps in the window; 0 where the trace has no steps
/// @param launchOverheadRatio time inside launch calls, united per thread and summed, over window
/// @param ncclRatio summed time of this process's NCCL kernels over active time
/// @param hostPrepExposedRatio the share of host preparation during which the GPU was idle
/// @param maxGainShare idle time over the window: no host-side change can gain more
public record PhaseMetrics(
    int iterations,
    double totalUs,
    double gpuActiveUs,
    double gpuIdleRatio,
    double gpuUtilization,
    double launchOverheadRatio,
    double ncclRatio,
    double hostPrepUs,
    Optional<Double> hostPrepExposedRatio,
    Optional<Double> hostPrepPerfImpact,
    Optional<Double> hostPrepIdleAttribution,
    int crossedCount,
    int applicableCount,
    Verdict verdict,
    double maxGainShare) {}

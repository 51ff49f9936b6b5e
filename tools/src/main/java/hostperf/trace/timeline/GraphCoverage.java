package hostperf.trace.timeline;

import java.util.List;
import java.util.Optional;

/// How much of the GPU work comes from CUDA-graph replays.
///
/// @param share time of graph work over time of all GPU work, 0 to 1
/// @param replaysPerStep graph launches per step; absent where the trace records no calls
/// @param level `graph` (replays recorded whole), `node` (their kernels recorded) or `none`
/// @param eagerKernelsPerStep kernels launched one by one
/// @param graphedSteps the share with graph work of the steps that generate (of all steps where
///     phases are not known), 0 to 1
/// @param eagerBetweenReplays the kernels launched one by one in steps that replay a graph, most
///     frequent first
public record GraphCoverage(
    double share,
    Optional<Double> replaysPerStep,
    String level,
    double eagerKernelsPerStep,
    double graphedSteps,
    List<EagerKernel> eagerBetweenReplays) {
  public GraphCoverage {
    eagerBetweenReplays = List.copyOf(eagerBetweenReplays);
  }

  /// @param name short name of the kernel
  public record EagerKernel(String name, double perStep) {}
}

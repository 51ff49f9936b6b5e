package hostperf.trace.analyse;

import java.util.List;

/// How much of the GPU work comes from CUDA-graph replays.
///
/// @param share time of graph work over time of all GPU work, 0 to 1
/// @param replaysPerStep graph launches per step
/// @param level `graph` (replays recorded whole), `node` (their kernels recorded) or `none`
/// @param eagerKernelsPerStep kernels launched one by one
/// @param eagerBetweenReplays the kernels launched one by one in steps that replay a graph, most
///     frequent first
public record GraphCoverage(
    double share,
    double replaysPerStep,
    String level,
    double eagerKernelsPerStep,
    List<EagerKernel> eagerBetweenReplays) {
  public GraphCoverage {
    eagerBetweenReplays = List.copyOf(eagerBetweenReplays);
  }

  /// @param name short name of the kernel
  public record EagerKernel(String name, double perStep) {}
}

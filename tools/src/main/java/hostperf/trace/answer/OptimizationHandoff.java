package hostperf.trace.answer;

import hostperf.trace.analyse.Verdict;
import java.util.List;
import java.util.Optional;

/// What the optimisation loop needs from an analysis; `start_run` takes it as it is.
///
/// @param primaryPhase `aggregate`, `context` or `generation`: where most idle time lies
/// @param topOperations the host operations that keep the GPU waiting, worst first
/// @param recommendedFirstTarget source function to profile first, where one is known
/// @param gapP50Us median gap between consecutive work on a stream; absent without gaps
public record OptimizationHandoff(
    Verdict verdict,
    String primaryPhase,
    List<Operation> topOperations,
    Optional<String> recommendedFirstTarget,
    double wallTimePerStepUs,
    Optional<Double> gapP50Us,
    double kernelsPerStep) {
  public OptimizationHandoff {
    topOperations = List.copyOf(topOperations);
  }

  /// The same with so many operations at most.
  OptimizationHandoff first(int operations) {
    return new OptimizationHandoff(
        verdict,
        primaryPhase,
        topOperations.subList(0, Math.min(operations, topOperations.size())),
        recommendedFirstTarget,
        wallTimePerStepUs,
        gapP50Us,
        kernelsPerStep);
  }

  /// @param usPerStep exposed time per step; in a comparison, the increase per step
  public record Operation(String name, double usPerStep, Optional<String> sourceFunction) {}
}

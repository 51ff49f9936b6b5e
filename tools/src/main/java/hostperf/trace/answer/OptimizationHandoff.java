package hostperf.trace.answer;

import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.analyse.IdleCause;
import java.util.List;
import java.util.Optional;

/// What the optimisation loop needs from an analysis; `start_run` takes it as it is.
///
/// @param primaryPhase `aggregate`, `context` or `generation`: where most idle time lies
/// @param topOperations the host operations that keep the GPU waiting, worst first
/// @param recommendedFirstTarget source function to profile first, where one is known
/// @param gapP50Us median gap between consecutive work on a stream; absent without gaps
public record OptimizationHandoff(
    HostBoundVerdict verdict,
    String primaryPhase,
    List<Operation> topOperations,
    Optional<String> recommendedFirstTarget,
    double wallTimePerStepUs,
    Optional<Double> gapP50Us,
    double kernelsPerStep) {
  public OptimizationHandoff {
    topOperations = List.copyOf(topOperations);
  }

  /// How many operations are handed over.
  static final int OPERATIONS = 5;

  /// The same with what is known of the idle time: the function behind most of it comes first, and
  /// ranges get the function in which they keep the GPU waiting longest. Without ranges, functions
  /// are the operations.
  ///
  /// @param causes largest first
  public OptimizationHandoff startingAt(List<IdleCause> causes) {
    List<Operation> operations =
        topOperations.isEmpty()
            ? functions(causes)
            : topOperations.stream()
                .map(
                    o ->
                        new Operation(
                            o.name(),
                            o.usPerStep(),
                            o.sourceFunction().or(() -> inRange(o.name(), causes))))
                .toList();
    return new OptimizationHandoff(
        verdict,
        primaryPhase,
        operations,
        causes.stream()
            .flatMap(cause -> cause.target().stream())
            .findFirst()
            .or(() -> operations.stream().flatMap(o -> o.sourceFunction().stream()).findFirst()),
        wallTimePerStepUs,
        gapP50Us,
        kernelsPerStep);
  }

  private static List<Operation> functions(List<IdleCause> causes) {
    return causes.stream()
        .flatMap(
            cause ->
                cause.target().stream()
                    .map(name -> new Operation(name, cause.usPerStep(), Optional.of(name))))
        .limit(OPERATIONS)
        .toList();
  }

  private static Optional<String> inRange(String range, List<IdleCause> causes) {
    return causes.stream()
        .filter(cause -> cause.range().filter(range::equals).isPresent())
        .flatMap(cause -> cause.target().stream())
        .findFirst();
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

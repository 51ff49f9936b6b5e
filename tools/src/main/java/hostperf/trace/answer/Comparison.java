package hostperf.trace.answer;

import java.util.List;
import java.util.Optional;

/// What `TraceComparison` answers.
public sealed interface Comparison {

  /// @param steadyState the make-up of the compared steps, the same on both sides
  /// @param operations largest change first
  /// @param optimizationHandoff of the target; its top operations are the regressions
  /// @param notes what a reader has to know before believing the figures
  record Compared(
      SteadyState steadyState,
      List<OperationChange> operations,
      Change wallTimePerStepUs,
      Change kernelsPerStep,
      Change apiCallsPerStep,
      OptimizationHandoff optimizationHandoff,
      List<String> notes)
      implements Comparison {
    public Compared {
      operations = List.copyOf(operations);
      notes = List.copyOf(notes);
    }
  }

  /// The two have no steady state in common, or one of them cannot be judged.
  ///
  /// @param missing what would be needed
  /// @param next what to capture instead
  record CannotCompare(String reason, String missing, String next) implements Comparison {}

  /// @param makeUp what the compared steps work on, in words
  /// @param baselineSteps how many steps of this make-up the baseline has
  record SteadyState(
      String makeUp,
      Optional<Long> contextRequests,
      Optional<Long> generationRequests,
      int baselineSteps,
      int targetSteps) {}

  /// Means per step.
  record Change(double baseline, double target, double delta) {
    static Change of(double baseline, double target) {
      return new Change(baseline, target, target - baseline);
    }
  }

  /// A host operation on both sides: time in its range per step, nested ranges included.
  record OperationChange(
      String name,
      double baselineUsPerStep,
      double targetUsPerStep,
      double deltaUsPerStep,
      Status status,
      Optional<String> sourceFunction) {}

  /// The status goes by the change in microseconds: a rarely used operation may double unnoticed.
  enum Status {
    /// Only in the target.
    NEW,
    /// Only in the baseline.
    GONE,
    REGRESSION,
    IMPROVED,
    SAME
  }
}

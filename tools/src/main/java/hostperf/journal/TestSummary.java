package hostperf.journal;

import java.util.List;

/// How the tests of a patch came out.
///
/// @param newFailures that the base does not have
/// @param log path of the output
/// @param basis what the tests ran on
public record TestSummary(
    int passed,
    int failed,
    int skipped,
    List<String> newFailures,
    List<String> knownFailures,
    List<String> flaky,
    String log,
    Basis basis) {
  public TestSummary {
    newFailures = List.copyOf(newFailures);
    knownFailures = List.copyOf(knownFailures);
    flaky = List.copyOf(flaky);
  }

  /// What the next run of tests and the verdict hold on to.
  ///
  /// @param code digest of HEAD and of all code beside it
  /// @param failing ids of the new failures: they stay failures until they are seen to pass
  public record Basis(String code, List<String> failing) {
    public Basis {
      failing = List.copyOf(failing);
    }
  }

  /// Nothing broke that held before, and something was run.
  public boolean passes() {
    return newFailures.isEmpty() && passed > 0;
  }
}

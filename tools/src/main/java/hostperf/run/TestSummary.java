package hostperf.run;

import java.util.List;

/// How the tests of a patch came out.
///
/// @param newFailures that the base does not have
/// @param log path of the output, relative to the run's folder
public record TestSummary(
    int passed,
    int failed,
    int skipped,
    List<String> newFailures,
    List<String> knownFailures,
    List<String> flaky,
    String log) {
  public TestSummary {
    newFailures = List.copyOf(newFailures);
    knownFailures = List.copyOf(knownFailures);
    flaky = List.copyOf(flaky);
  }

  /// Nothing broke that held before, and something was run.
  public boolean passes() {
    return newFailures.isEmpty() && passed > 0;
  }
}

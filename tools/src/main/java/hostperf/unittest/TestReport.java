package hostperf.unittest;

import java.util.List;

/// What a run of tests came to. A test that fails and then fails in its tear-down counts once.
///
/// @param skipped expected failures (`xfail`) included
public record TestReport(int passed, int skipped, List<Failure> failures) {
  public TestReport {
    failures = List.copyOf(failures);
  }

  public int failed() {
    return failures.size();
  }

  int total() {
    return passed + skipped + failures.size();
  }
}

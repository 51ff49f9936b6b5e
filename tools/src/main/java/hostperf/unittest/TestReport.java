package hostperf.unittest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a run of tests came to. A test that fails and then fails in its tear-down counts once.
///
/// @param skipped ids of tests that were skipped, expected failures (`xfail`) included
/// @param confirmed of the tests, files and folders that were looked for, those of which a test
///     passed
public record TestReport(
    int passed, List<String> skipped, List<Failure> failures, Set<String> confirmed) {
  public TestReport {
    skipped = List.copyOf(skipped);
    failures = List.copyOf(failures);
    confirmed = Set.copyOf(confirmed);
  }

  public int failed() {
    return failures.size();
  }

  int total() {
    return passed + skipped.size() + failures.size();
  }

  /// Whether the report says anything of a test, a file or a folder.
  boolean covers(String test) {
    return confirmed.contains(test)
        || Stream.concat(skipped.stream(), failures.stream().map(Failure::id))
            .anyMatch(id -> isWithin(id, test));
  }

  static boolean isWithin(String id, String test) {
    return id.equals(test)
        || id.startsWith(test + "::")
        || id.startsWith(test.endsWith("/") ? test : test + "/");
  }

  TestReport and(TestReport other) {
    var allSkipped = new ArrayList<>(skipped);
    allSkipped.addAll(other.skipped);
    var allFailures = new ArrayList<>(failures);
    allFailures.addAll(other.failures);
    var allConfirmed = new HashSet<>(confirmed);
    allConfirmed.addAll(other.confirmed);
    return new TestReport(passed + other.passed, allSkipped, allFailures, allConfirmed);
  }
}

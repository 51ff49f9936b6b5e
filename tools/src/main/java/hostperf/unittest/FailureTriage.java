package hostperf.unittest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reruns failures alone: once more with the change, then those that fail again without it, and
/// with them what the change's run has skipped.
///
/// @param onCandidate runs tests as the checkout stands
/// @param onBase runs tests with the base in place
record FailureTriage(Rerun onCandidate, Rerun onBase) {
  /// Above it whole files are rerun, so that the command line stays within the system's limit.
  private static final int MOST_CHARACTERS = 100_000;

  interface Rerun {
    /// @param wanted of which the report is to say whether they passed
    Ran run(List<String> tests, Collection<String> wanted);
  }

  Judgement of(TestReport report) {
    var failures = report.failures();
    var notes = new ArrayList<String>();
    var passed = failures.isEmpty() ? Set.<String>of() : passedAgain(failures, notes);
    // Only a test that was seen to pass is flaky; one that was skipped the second time is not.
    var flaky = failures.stream().filter(f -> passed.contains(f.id())).toList();
    var steady = failures.stream().filter(f -> !passed.contains(f.id())).toList();
    if (steady.isEmpty() && report.skipped().isEmpty()) {
      return new Judgement(List.of(), List.of(), flaky, notes);
    }
    var before = onBase(steady, report.skipped(), notes);
    var known =
        steady.stream().filter(f -> before.isPresent() && failsIn(before.get(), f)).toList();
    var broken = new ArrayList<>(steady.stream().filter(f -> !known.contains(f)).toList());
    broken.addAll(leftOut(report.skipped(), before));
    return new Judgement(broken, known, flaky, notes);
  }

  /// One test that is not there keeps pytest from running any: then their files run whole.
  private static Ran rerun(Rerun rerun, List<String> ids, List<String> wanted) {
    var ran = rerun.run(tests(ids), wanted);
    return ran instanceof Ran.NotRun not && not.cause() == Ran.Cause.WRONG_USE
        ? rerun.run(files(ids), wanted)
        : ran;
  }

  private Set<String> passedAgain(List<Failure> failures, List<String> notes) {
    var ids = failures.stream().map(Failure::id).toList();
    return reported(rerun(onCandidate, ids, ids), "The failures", "once more", notes)
        .map(
            again -> {
              var passed = new HashSet<>(again.confirmed());
              again.failures().forEach(f -> passed.removeIf(id -> TestReport.isWithin(f.id(), id)));
              return (Set<String>) passed;
            })
        .orElse(Set.of());
  }

  private Optional<TestReport> onBase(
      List<Failure> steady, List<String> skipped, List<String> notes) {
    var ids = Stream.concat(steady.stream().map(Failure::id), skipped.stream()).toList();
    var ran = rerun(onBase, ids, skipped);
    if (steady.isEmpty() && ran instanceof Ran.NotRun not && not.cause() == Ran.Cause.NO_TEST_RAN) {
      return Optional.empty(); // All are skipped there as well.
    }
    return steady.isEmpty()
        ? reported(ran, "What was skipped", "on the base", notes)
        : reported(ran, "The failures", "on the base", notes);
  }

  private static List<Failure> leftOut(List<String> skipped, Optional<TestReport> before) {
    var failing =
        before.stream()
            .flatMap(r -> r.failures().stream())
            .map(Failure::id)
            .collect(Collectors.toSet());
    return skipped.stream()
        .distinct()
        .filter(id -> before.isPresent() && before.get().confirmed().contains(id))
        .filter(id -> !failing.contains(id))
        .map(
            id ->
                new Failure(
                    id, Failure.Kind.LEFT_OUT, "is skipped with the change, and passes without it"))
        .toList();
  }

  private static List<String> tests(List<String> ids) {
    return ids.stream().mapToInt(String::length).sum() <= MOST_CHARACTERS
        ? ids.stream().distinct().toList()
        : files(ids);
  }

  private static List<String> files(List<String> ids) {
    return List.copyOf(
        ids.stream()
            .map(id -> id.replaceFirst("::.*", ""))
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  private static Optional<TestReport> reported(
      Ran ran, String what, String where, List<String> notes) {
    return switch (ran) {
      case Ran.Reported(var report, _, _, _) -> Optional.of(report);
      case Ran.NotRun(_, var reason, _, _) -> {
        notes.add("%s could not be run %s: %s".formatted(what, where, reason));
        yield Optional.empty();
      }
    };
  }

  /// Itself, or its file as a whole.
  private static boolean failsIn(TestReport before, Failure failure) {
    return before.failures().stream()
        .map(Failure::id)
        .anyMatch(id -> id.equals(failure.id()) || id.equals(failure.file()));
  }
}

package hostperf.unittest;

import hostperf.host.Processes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The checkout's tests on a change: run once, and where some fail, told from those that fail
/// without the change or on a whim.
public final class UnitTests {
  private final TestRun testRun;
  private final GuardedTestRun guard;

  public UnitTests(Processes processes, TestCommand command, GuardedTestRun guard) {
    this.testRun = new TestRun(processes, command);
    this.guard = guard;
  }

  /// What the tests say.
  public sealed interface Outcome {
    /// They ran.
    record Judged(Ran.Reported ran, Judgement judgement) implements Outcome {}

    /// They could not be run, or none did.
    record Unknown(Ran.NotRun why) implements Outcome {}
  }

  /// Runs the selection on the checkout as it stands.
  ///
  /// @param log gets the output; reruns get files beside it, with `.again` and `.base` added
  /// @param base asked only where tests fail or are skipped
  public Outcome run(Selection selection, Path log, Base base) {
    return switch (selected(selection, log)) {
      case Ran.NotRun why -> new Outcome.Unknown(why);
      case Ran.Reported ran -> {
        var judgement = judge(log, base).of(ran.report());
        yield new Outcome.Judged(ran, outstanding(selection, ran.report(), judgement));
      }
    };
  }

  /// What was named besides, or failed before, is run by itself where the first run says nothing of
  /// it: the command as it stands need not collect it, and a test that is not there disappears in a
  /// folder around it.
  private Ran selected(Selection selection, Path log) {
    var wanted = selection.required();
    var first = guarded(selection.arguments(), wanted, log);
    if (!(first instanceof Ran.Reported whole)) {
      return first;
    }
    var left = wanted.stream().filter(t -> !whole.report().covers(t)).toList();
    if (left.isEmpty()) {
      return first;
    }
    return switch (guarded(left, left, beside(log, ".named"))) {
      case Ran.Reported named ->
          left.stream()
              .filter(t -> !named.report().covers(t))
              .findFirst()
              .<Ran>map(t -> didNotRun(t, "pytest found no test in it", named.log()))
              .orElseGet(() -> whole.and(named));
      case Ran.NotRun why when isOfNames(why) && !isOnlyFailedBefore(left, selection) ->
          didNotRun(String.join("`, `", left), why.reason(), why.log());
      case Ran.NotRun why -> why;
    };
  }

  private static boolean isOfNames(Ran.NotRun why) {
    return why.cause() == Ran.Cause.WRONG_USE || why.cause() == Ran.Cause.NO_TEST_RAN;
  }

  private static boolean isOnlyFailedBefore(List<String> left, Selection selection) {
    return selection.failedBefore().containsAll(left);
  }

  private static Ran.NotRun didNotRun(String tests, String why, Path log) {
    return new Ran.NotRun(
        Ran.Cause.WRONG_USE,
        "The others ran, but `%s` did not: %s".formatted(tests, why),
        "Leave it out of `tests`, or name a test as pytest lists it (`--collect-only`).",
        log);
  }

  private FailureTriage judge(Path log, Base base) {
    return new FailureTriage(
        (tests, wanted) -> guarded(tests, wanted, beside(log, ".again")),
        (tests, wanted) -> base.run(() -> guarded(tests, wanted, beside(log, ".base"))));
  }

  private Ran guarded(List<String> tests, Collection<String> wanted, Path log) {
    return guard.run(() -> testRun.run(tests, wanted, log));
  }

  /// What failed in an earlier run stays broken until it is seen to pass.
  private static Judgement outstanding(
      Selection selection, TestReport report, Judgement judgement) {
    var broken = new ArrayList<>(judgement.broken());
    for (String test : selection.failedBefore()) {
      boolean isPassed =
          report.confirmed().contains(test)
                  && report.failures().stream().noneMatch(f -> TestReport.isWithin(f.id(), test))
              || judgement.flaky().stream().anyMatch(f -> f.id().equals(test));
      if (!isPassed && broken.stream().noneMatch(f -> f.id().equals(test))) {
        broken.add(
            new Failure(
                test,
                Failure.Kind.LEFT_OUT,
                "failed in an earlier run of this patch and was not seen to pass in this one"));
      }
    }
    return new Judgement(broken, judgement.known(), judgement.flaky(), judgement.notes());
  }

  private static Path beside(Path log, String ending) {
    return log.resolveSibling(log.getFileName() + ending);
  }
}

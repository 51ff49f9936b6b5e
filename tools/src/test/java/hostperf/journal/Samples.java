package hostperf.journal;

import hostperf.repository.Intent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Values that tests of runs need.
public final class Samples {
  public static final Intent INTENT =
      new Intent("move", List.of(), Optional.empty(), List.of(), Intent.Scope.COMMIT);
  public static final Setup SETUP =
      new Setup(
          "raise throughput",
          2,
          new Setup.Base(
              "base", "refs/heads/main", "hostperf/run-abcd2345", "2026-01-01T00:00:00Z"),
          new Setup.Locked("hash", "target: generic", "throughput (tok/s, higher is better)"),
          Map.of("python", "3.11"),
          Optional.empty());

  private Samples() {}

  public static Change change(int round) {
    return new Change(
        "patch-" + round,
        round,
        new Change.Code("before-" + round, "commit-" + round, List.of("a.py"), 2, INTENT),
        new Change.Origin(
            "patch",
            Optional.of("p0"),
            Optional.of("h1"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        "hoist",
        List.of());
  }

  /// Of code that no profile was taken of.
  static Change unprofiled(int round) {
    var change = change(round);
    var none = Optional.<String>empty();
    return new Change(
        change.patchId(),
        round,
        change.code(),
        new Change.Origin("patch", none, none, none, none, none, Optional.empty()),
        change.summary(),
        List.of());
  }

  public static TestSummary tests(String... newFailures) {
    return new TestSummary(
        3,
        newFailures.length,
        0,
        List.of(newFailures),
        List.of(),
        List.of(),
        "logs/t.txt",
        new TestSummary.Basis("code", List.of(newFailures)));
  }

  static Ruling ruling(Ruling.Decision decision) {
    return new Ruling("improved", decision, 0.1, "10% faster", Optional.of("p1"), "rounds/1.json");
  }

  public static Run begun() {
    return Run.begin(new RunId("run-abcd2345"), new Event.Started(SETUP));
  }

  public static Run after(Event... events) {
    var run = begun();
    for (var event : events) {
      run = run.after(event);
    }
    return run;
  }

  public static Run patched() {
    return after(
        new Event.Profiled("p0", "baseline"),
        new Event.Analyzed("p0", 3),
        new Event.PatchIntended(change(1)),
        new Event.Patched("patch-1"));
  }
}

package hostperf.run;

import hostperf.Refusal;
import hostperf.job.Checkout;
import hostperf.journal.Change;
import hostperf.repository.CheckoutState;
import hostperf.unittest.GuardedTestRun;
import hostperf.unittest.Ran;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Holds runs of tests to the commit that they are to judge: its code and HEAD are the same before
/// and after each run, from run to run, and what the tests read is what the commit has.
///
/// What it does not see: data files, code outside the checkout, a file that is put in place after
/// Python has read the right one, and what a Python without `site` (`-I`, `-S`) reads.
final class TestGuard implements GuardedTestRun {
  private final Checkout checkout;
  private final Change change;
  private final Path log;
  private Optional<CheckoutState> tested = Optional.empty();
  private boolean isOnBase;

  TestGuard(Checkout checkout, Change change, Path log) {
    this.checkout = checkout;
    this.change = change;
    this.log = log;
  }

  @Override
  public Ran run(Supplier<Ran> tests) {
    var repository = checkout.repository();
    var before = repository.state();
    requireWhole(before);
    // The files of the patch show the base for some runs.
    var meanwhile = sinceFirst(before, isOnBase ? change.code().files() : List.of());
    if (!meanwhile.isEmpty()) {
      return changed("Between two runs of the tests", meanwhile);
    }
    repository.forgetBytecode();
    var ran = tests.get();
    var touched = before.touched(checkout.repository().state());
    if (!touched.isEmpty()) {
      return changed("While the tests ran", touched);
    }
    if (ran instanceof Ran.Reported(_, _, _, Optional<Set<String>> reads)) {
      requireCommitted(before, reads);
    }
    if (tested.isEmpty()) {
      tested = Optional.of(before);
    }
    return ran;
  }

  /// For runs before which the patch's files are given the content that the base has.
  Ran onBase(Supplier<Ran> tests) {
    isOnBase = true;
    try {
      return tests.get();
    } finally {
      isOnBase = false;
    }
  }

  /// Why the runs do not count after all: the code is another one now.
  Optional<Ran.NotRun> end() {
    var differs = sinceFirst(checkout.repository().state(), List.of());
    return differs.isEmpty()
        ? Optional.empty()
        : Optional.of(changed("Between two runs of the tests", differs));
  }

  /// The code that the tests ran on.
  CheckoutState tested() {
    return tested.orElseThrow();
  }

  private List<String> sinceFirst(CheckoutState now, List<String> leftOut) {
    return tested.stream()
        .flatMap(
            first ->
                first.head().commit().equals(now.head().commit())
                    ? CheckoutState.differences(first.code(), now.code(), leftOut).stream()
                    : first.touched(now).stream())
        .toList();
  }

  /// The patch's files hold the patch or the base, and no code of the commit is missing.
  private void requireWhole(CheckoutState state) {
    if (!state.head().commit().equals(change.code().commit())) {
      throw new Refusal(
          "HEAD is at %s, but %s is at %s."
              .formatted(state.head().commit(), change.patchId(), change.code().commit()),
          "Check out the run's branch again, then call `run_unit_tests`.");
    }
    var missing = state.missing();
    if (!missing.isEmpty()) {
      throw new Refusal(
          "The checkout lacks code that the commit has: %s.".formatted(TestedCode.words(missing)),
          "Restore it with `git restore`, then call `run_unit_tests` again.");
    }
    if (tested.isEmpty()) {
      refuse("The patch's commit is not what the checkout holds: ", state, change.code().files());
    }
  }

  /// A helper that only this checkout has would be missing wherever the commit goes.
  private void requireCommitted(CheckoutState state, Optional<Set<String>> reads) {
    // Where it could not be seen what was read, everything that may have been is meant.
    var files = new TreeSet<>(reads.orElse(state.code().keySet()));
    change.code().files().forEach(files::remove);
    refuse(reads.isPresent() ? "The tests read " : "The tests may have read ", state, files);
  }

  private static void refuse(String what, CheckoutState state, Collection<String> files) {
    var strangers = state.notInCommit(files);
    if (!strangers.isEmpty()) {
      throw new Refusal(
          what + TestedCode.words(strangers) + ".",
          "A kept commit has to stand alone: do without what is not committed, or `rollback`,"
              + " commit it, and begin a new run. What the commit's .gitignore names may be used.");
    }
  }

  private Ran.NotRun changed(String when, List<String> what) {
    return new Ran.NotRun(
        Ran.Cause.CODE_CHANGED,
        "%s, code or HEAD changed, so they do not count: %s."
            .formatted(when, TestedCode.words(what)),
        "Make sure that no one edits the checkout or switches its branch, and that the tests leave the"
            + " code alone; then run them again.",
        log);
  }
}

package hostperf.run;

import hostperf.NameList;
import hostperf.catalog.Library;
import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.job.Jobs;
import hostperf.job.Locking;
import hostperf.journal.Change;
import hostperf.journal.Changes;
import hostperf.journal.Event;
import hostperf.journal.Move;
import hostperf.journal.Run;
import hostperf.journal.TestSummary;
import hostperf.run.sampling.Measuring;
import hostperf.unittest.Base;
import hostperf.unittest.Failure;
import hostperf.unittest.Judgement;
import hostperf.unittest.Ran;
import hostperf.unittest.Selection;
import hostperf.unittest.TestCommand;
import hostperf.unittest.TestSelection;
import hostperf.unittest.Touched;
import hostperf.unittest.UnitTests;
import java.util.List;
import java.util.function.Consumer;

/// TEST: the tests that stand for the open patch, and whose fault their failures are.
public final class Testing {
  private static final int SHOWN = 3;

  private final Checkout checkout;
  private final Library library;

  public Testing(Checkout checkout, Library library) {
    this.checkout = checkout;
    this.library = library;
  }

  /// What came of it.
  public sealed interface Tested {
    record Done(Run run, Selection selection, Ran.Reported ran, Judgement judgement)
        implements Tested {}

    record CouldNot(Ran.NotRun why) implements Tested {}
  }

  /// @param tests run besides those that are picked
  public Tested test(Run run, List<String> tests, Consumer<String> progress) {
    run.require(Move.TEST);
    var change = run.openChange().orElseThrow();
    Patching.requireTip(run, checkout.repository());
    var configuration = Locking.configuration(checkout, run);
    var selection = selection(run, change, configuration, tests);
    progress.accept(
        "running "
            + (selection.isWhole()
                ? "the test command as it is"
                : NameList.of(selection.arguments(), SHOWN)));
    var log = checkout.runs().folder(run.id()).logs().resolve(change.patchId() + ".tests.log");
    var command =
        new TestCommand(
            configuration.testing().command(),
            checkout.root(),
            configuration.workload().environment(),
            configuration.testing().timeout());
    var guard = new TestGuard(checkout, change, log);
    var outcome =
        new UnitTests(checkout.executor(configuration).single(progress), command, guard)
            .run(
                selection,
                log,
                again -> guard.onBase(() -> base(run, change, configuration).run(again)));
    if (Thread.currentThread().isInterrupted()) {
      throw Jobs.cancelled("run_unit_tests");
    }
    return switch (outcome) {
      case UnitTests.Outcome.Unknown unknown -> new Tested.CouldNot(unknown.why());
      case UnitTests.Outcome.Judged judged ->
          guard
              .end()
              .<Tested>map(Tested.CouldNot::new)
              .orElseGet(() -> done(run, change, selection, judged, guard));
    };
  }

  private Selection selection(
      Run run, Change change, Configuration configuration, List<String> tests) {
    var rows = library.targets().of(configuration.target()).tests();
    var choice =
        new TestSelection(
            checkout.root(),
            checkout.repository().tracked(),
            rows,
            configuration.testing().always());
    var failed = run.rounds().getLast().tests().map(t -> t.basis().failing()).orElse(List.of());
    var earlier =
        run.rounds().stream()
            .filter(round -> round.tests().isPresent())
            .flatMap(round -> round.change().code().files().stream())
            .toList();
    return choice.testsFor(
        Changes.of(checkout.repository(), change).stream().map(Touched::of).toList(),
        tests,
        failed,
        earlier);
  }

  /// The base's content is put in place for the length of the tests, as for a measurement.
  private Base base(Run run, Change change, Configuration configuration) {
    return tests -> {
      var swap = Measuring.swap(checkout, run, configuration, change.code().checkpoint());
      try {
        swap.base();
        return tests.get();
      } finally {
        swap.restore();
        checkout.runs().journal(run.id()).append(new Event.SwapEnded());
      }
    };
  }

  private Tested done(
      Run run,
      Change change,
      Selection selection,
      UnitTests.Outcome.Judged judged,
      TestGuard guard) {
    var report = judged.ran().report();
    var judgement = judged.judgement();
    var summary =
        new TestSummary(
            report.passed(),
            report.failed(),
            report.skipped().size(),
            words(judgement.broken()),
            words(judgement.known()),
            words(judgement.flaky()),
            judged.ran().log().toString(),
            new TestSummary.Basis(
                new TestedCode(checkout, run).keep(change, guard.tested()),
                judgement.broken().stream().map(Failure::id).toList()));
    var next = checkout.runs().append(run, new Event.Tested(change.patchId(), summary));
    return new Tested.Done(next, selection, judged.ran(), judgement);
  }

  /// Failures as answers and reports name them.
  public static List<String> words(List<Failure> failures) {
    return failures.stream().map(f -> f.id() + " – " + f.message()).toList();
  }
}

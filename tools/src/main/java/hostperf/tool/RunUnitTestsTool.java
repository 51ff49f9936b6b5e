package hostperf.tool;

import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.RunOutcome;
import hostperf.agent.Tool;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.report.UntrustedText;
import hostperf.run.Stopping;
import hostperf.run.Testing;
import hostperf.unittest.Failure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `run_unit_tests`: the tests of the open patch.
final class RunUnitTestsTool implements Tool<RunUnitTestsTool.Input> {
  private static final int MOST_MESSAGE = 300;

  record Input(
      @Param("Run, as named by `start_run`.") RunId runId,
      @Param(
              "Test files, folders or ids to run in addition to the selected ones. They replace"
                  + " none.")
          Optional<List<String>> tests,
      @Param("Seconds to wait, at most 50; longer work goes on as a job.")
          Optional<Integer> waitS) {}

  private final Testing testing;
  private final Runs runs;
  private final Background background;

  RunUnitTestsTool(Testing testing, Runs runs, Background background) {
    this.testing = testing;
    this.runs = runs;
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "run_unit_tests",
        "Run unit tests",
        "Runs the tests relevant to the current patch and says why each was picked. Failures are"
            + " rerun, also on the base, to separate new ones from known and flaky ones. A new"
            + " failure stays one until its test passes in a later run. A patch with new failures"
            + " has to be rolled back.",
        Effect.LAUNCHES,
        Input.class,
        RunOutcome.TestsRun.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    var _ = runs.load(input.runId());
    return background.launch(
        Background.of("run_unit_tests", input.runId()),
        input.waitS(),
        caller,
        progress -> {
          var tested =
              testing.test(runs.load(input.runId()), input.tests().orElse(List.of()), progress);
          return switch (tested) {
            case Testing.Tested.Done done -> answer(done);
            case Testing.Tested.CouldNot not ->
                new Outcome.Inconclusive(
                    not.why().reason(),
                    List.of("log: " + not.why().log()),
                    List.of(
                        new Next(
                            "run_unit_tests", "run_id", input.runId().value(), not.why().next())));
          };
        });
  }

  private static Outcome answer(Testing.Tested.Done done) {
    var report = done.ran().report();
    var judgement = done.judgement();
    return new RunOutcome.TestsRun(
        report.passed(),
        report.failed(),
        report.skipped().size(),
        words(judgement.broken()),
        words(judgement.known()),
        words(judgement.flaky()),
        done.selection().tests().stream()
            .map(p -> new RunOutcome.SelectedTest(p.test(), p.why()))
            .toList(),
        notes(done),
        Optional.empty(),
        done.ran().duration().toMillis() / 1e3,
        done.ran().log().toString(),
        NextMoves.of(done.run(), new Stopping(false, List.of())));
  }

  private static List<String> notes(Testing.Tested.Done done) {
    return Stream.concat(done.selection().notes().stream(), done.judgement().notes().stream())
        .map(n -> UntrustedText.line(n, MOST_MESSAGE))
        .toList();
  }

  private static List<String> words(List<Failure> failures) {
    return Testing.words(failures).stream().map(w -> UntrustedText.line(w, MOST_MESSAGE)).toList();
  }
}

package hostperf.tool;

import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.RunOutcome;
import hostperf.agent.Tool;
import hostperf.job.Checkout;
import hostperf.journal.Event;
import hostperf.journal.Run;
import hostperf.journal.RunId;
import hostperf.journal.ValidationRecord;
import hostperf.measure.MetricChange;
import hostperf.metric.Better;
import hostperf.report.run.Chronicle;
import hostperf.report.run.JudgedChange;
import hostperf.report.run.RunReport;
import hostperf.report.run.RunStory;
import hostperf.run.Ending;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `report`: what happened, for people and pull requests.
final class ReportTool implements Tool<ReportTool.Input> {
  /// How much is told.
  enum Scope {
    ROUND,
    FINAL
  }

  record Input(
      @Param("Run, as named by `start_run`.") RunId runId,
      @Param(
              "`round` for the last round; `final` re-measures the base against the final tree"
                  + " and covers the whole run.")
          Scope scope) {}

  private final Checkout checkout;
  private final Ending ending;
  private final Background background;

  ReportTool(Checkout checkout, Ending ending, Background background) {
    this.checkout = checkout;
    this.ending = ending;
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "report",
        "Report",
        "Writes report.md (ready as a pull-request text) and report.html of the run: rounds,"
            + " samples, verdicts, failed attempts, remaining hotspots, recommendations.",
        Effect.WRITES_RUN_FILES,
        Input.class,
        RunOutcome.Reported.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    var run = checkout.runs().load(input.runId());
    if (input.scope() == Scope.ROUND) {
      background.refuseBesideAnother("report");
      return round(run);
    }
    var work = Background.of("report", input.runId());
    return checkout.owner().isElsewhere()
        ? background.start(work, Optional.empty(), caller, _ -> asItStands(run))
        : background.write(
            work, Optional.empty(), caller, progress -> last(run, ending.measure(run, progress)));
  }

  private Outcome round(Run run) {
    if (run.rounds().isEmpty()) {
      return new Outcome.Inconclusive(
          "Run %s has had no round yet.".formatted(run.id()),
          List.of(),
          List.of(new Next("status", "run_id", run.id().value(), "where it stands")));
    }
    int number = run.rounds().getLast().number();
    var text = new RunReport(story(run, Optional.empty())).roundMarkdown(number);
    var file = checkout.runs().folder(run.id()).writeReport("rounds/%d.md".formatted(number), text);
    return new RunOutcome.Reported(text, Optional.empty(), List.of(file.toString()), next(run));
  }

  /// Where another process owns the checkout: what is known, measured and journalled by nobody.
  private Outcome asItStands(Run run) {
    var report = new RunReport(story(run, ending.known(run)));
    var folder = checkout.runs().folder(run.id());
    return new RunOutcome.Reported(
        "Another process is at work in this checkout, so nothing was re-measured.",
        Optional.empty(),
        List.of(
            folder.writeReport("report.md", report.markdown()).toString(),
            folder.writeReport("report.html", report.html()).toString()),
        next(run));
  }

  private Outcome last(Run run, Ending.Ended ended) {
    return switch (ended) {
      case Ending.Ended.CouldNot not ->
          new Outcome.Inconclusive(
              "The final measurement was not possible: " + not.reason(),
              List.of(),
              List.of(
                  new Next(
                      "report",
                      Map.of("run_id", run.id().value(), "scope", "final"),
                      "tries again")));
      case Ending.Ended.Known known -> written(run, known.record());
    };
  }

  private Outcome written(Run run, Optional<ValidationRecord> overall) {
    var report = new RunReport(story(run, overall));
    var folder = checkout.runs().folder(run.id());
    var files =
        List.of(
            folder.writeReport("report.md", report.markdown()).toString(),
            folder.writeReport("report.html", report.html()).toString());
    var _ = checkout.runs().append(run, new Event.Reported("final", files));
    return new RunOutcome.Reported(
        report.summary(),
        overall.map(JudgedChange::of).flatMap(JudgedChange::deciding).map(ReportTool::speedup),
        files,
        List.of(
            new Next(
                "status",
                "run_id",
                run.id().value(),
                "the person ends the run with `hostperf finish %s`, which says how to merge what was kept"
                    .formatted(run.id()))));
  }

  private RunStory story(Run run, Optional<ValidationRecord> overall) {
    return Chronicle.of(checkout, run).story(overall);
  }

  private static double speedup(MetricChange change) {
    return change.metric().better() == Better.HIGHER
        ? 1 + change.change()
        : 1 / (1 + change.change());
  }

  private static List<Next> next(Run run) {
    return List.of(new Next("status", "run_id", run.id().value(), "whether to go on"));
  }
}

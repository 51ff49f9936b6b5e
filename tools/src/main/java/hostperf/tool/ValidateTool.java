package hostperf.tool;

import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.RunOutcome;
import hostperf.agent.RunOutcome.BeforeAfter;
import hostperf.agent.RunOutcome.BehaviourRow;
import hostperf.agent.RunOutcome.MetricRow;
import hostperf.agent.RunOutcome.PointRow;
import hostperf.agent.Tool;
import hostperf.behaviour.Behaviour;
import hostperf.behaviour.BehaviourWords;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.journal.ValidationRecord;
import hostperf.measure.LaunchTotals;
import hostperf.measure.MetricChange;
import hostperf.measure.Mode;
import hostperf.measure.PointChange;
import hostperf.measure.Tier;
import hostperf.measure.touched.SpotChange;
import hostperf.report.Figures;
import hostperf.run.Validating;
import hostperf.run.sampling.BusyMachine;
import hostperf.verdict.Judged;
import hostperf.verdict.Percent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `validate`: the verdict on the open patch, computed from samples.
final class ValidateTool implements Tool<ValidateTool.Input> {
  record Input(
      @Param("Run, as named by `start_run`.") RunId runId,
      @Param(
              "`quick` (8 pairs of launches) or `confirm` (10, and 10 more if they leave it open);"
                  + " the configuration's by default.")
          Optional<Tier> tier,
      @Param(
              "True goes on with a measurement that left the patch open, under the error bound"
                  + " that was fixed before its first launch.")
          Optional<Boolean> more,
      @Param(
              "`swap` (both versions take turns inside a launch), `launches` (each launch has one)"
                  + " or `auto`: by swap where the patch is fit for it. The configuration's by"
                  + " default.")
          Optional<Mode> mode,
      @Param("Seconds to wait, at most 50; longer work goes on as a job.")
          Optional<Integer> waitS) {}

  private final Validating validating;
  private final Runs runs;
  private final Background background;

  ValidateTool(Validating validating, Runs runs, Background background) {
    this.validating = validating;
    this.runs = runs;
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "validate",
        "Validate",
        "Measures base against patched code, both inside a launch or in alternating launches, and"
            + " computes the verdict: improved, regressed, unchanged or inconclusive. Only after"
            + " tests that pass. Calling again returns the stored verdict; `more` goes on with an"
            + " open one.",
        Effect.LAUNCHES,
        Input.class,
        RunOutcome.Validated.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    var _ = runs.load(input.runId());
    var id = input.runId().value();
    var until = Answers.until("validate", input.waitS(), background.clock());
    return background.launch(
        Background.of("validate", input.runId()),
        input.waitS(),
        caller,
        progress -> {
          var outcome =
              validating.validate(
                  runs.load(input.runId()),
                  new Validating.Request(input.tier(), input.mode(), input.more().orElse(false)),
                  caller.approver(),
                  until,
                  progress);
          return switch (outcome) {
            case Validating.Outcome.Done done -> answer(id, done);
            case Validating.Outcome.CouldNot not ->
                new Outcome.Inconclusive(
                    not.reason(),
                    not.missing(),
                    List.of(
                        new Next("validate", "run_id", id, "goes on where it stopped"),
                        new Next("rollback", "run_id", id, "gives the patch up")));
            case Validating.Outcome.Unfit(var reason) -> unfit(id, reason);
            case Validating.Outcome.Disturbed(var machine) -> disturbed(id, machine);
            case Validating.Outcome.Held held ->
                Answers.waiting(
                    held.approval(),
                    held.decision(),
                    new Next("validate", "run_id", id, "asks again"));
          };
        });
  }

  /// Another swap would end alike.
  static Outcome unfit(String id, String reason) {
    return new Outcome.Inconclusive(
        reason,
        List.of("the mode `launches`"),
        List.of(
            new Next(
                "validate",
                Map.of("run_id", id, "mode", "launches"),
                "measures it by alternating launches"),
            new Next("rollback", "run_id", id, "gives the patch up")));
  }

  /// Not a verdict: what can be done about the machine, not about the patch.
  static Outcome disturbed(String id, BusyMachine machine) {
    var users =
        machine.users().isEmpty()
            ? ""
            : " In the second after them: %s.".formatted(String.join(", ", machine.users()));
    var quiet = machine.quiet();
    return new Outcome.Inconclusive(
        "nothing is decided on the patch, since the machine is busy. %s%s The launches that count so far, %d, are kept, and no round is used up; `validate` goes on from them."
            .formatted(machine.used(), users, machine.kept()),
        List.of(
            "a quiet machine: wait for one, then call `validate`",
            "or fewer processes beside the workload",
            "or, where this load is usual, a higher `measure.quiet.load` (now %s) or a longer `measure.quiet.wait` (now %d s) in hostperf.yaml, which hold from the next run on"
                .formatted(Percent.setting(quiet.load()), quiet.patience().toSeconds())),
        List.of(
            new Next("validate", "run_id", id, "goes on where it stopped"),
            new Next("rollback", "run_id", id, "gives the patch up")));
  }

  private static Outcome answer(String id, Validating.Outcome.Done done) {
    var validation = done.record().validation();
    var totals = totals(done.record());
    return new RunOutcome.Validated(
        validation.verdict().word(),
        AnalysisRows.spelled(done.ruling().decision()),
        done.record().way().mode().word(),
        done.record().way().why(),
        validation.hotspot().map(ValidateTool::words),
        validation.function().map(ValidateTool::words),
        validation.metrics().stream().map(ValidateTool::row).toList(),
        validation.points().stream().map(ValidateTool::row).toList(),
        totals.processor().map(ValidateTool::row),
        totals.wall().map(ValidateTool::row),
        validation.outputs().words(),
        done.behaviour().map(ValidateTool::row),
        samples(done),
        validation.reason(),
        validation.warnings(),
        NextMoves.afterVerdict(id, done.ruling()));
  }

  private static Map<String, Object> samples(Validating.Outcome.Done done) {
    var counts = done.record().validation().samples();
    var samples = new LinkedHashMap<String, Object>();
    samples.put("pairs", done.record().judged().map(Judged::pairs).orElse(counts.pairs()));
    samples.put("launches", counts.launches());
    samples.put("failed", counts.failed());
    samples.put("voided", counts.voided());
    samples.put("floor", done.record().floor());
    samples.put("file", done.ruling().file());
    return samples;
  }

  private static String words(SpotChange change) {
    return "%s → %s per step (%s)"
        .formatted(
            Figures.seconds(change.before().perStepSeconds()),
            Figures.seconds(change.after().perStepSeconds()),
            Figures.change(-change.fell()));
  }

  /// A launch that holds both versions takes what both take.
  private static LaunchTotals totals(ValidationRecord record) {
    return record.way().mode() == Mode.SWAP
        ? new LaunchTotals(Optional.empty(), Optional.empty())
        : LaunchTotals.of(record.samples());
  }

  private static BeforeAfter row(LaunchTotals.Change change) {
    return new BeforeAfter(change.before(), change.after());
  }

  private static PointRow row(PointChange point) {
    var interval = point.change().interval();
    return new PointRow(
        point.point(),
        point.verdict().word(),
        point.change().change(),
        List.of(interval.low(), interval.high()));
  }

  private static BehaviourRow row(Behaviour behaviour) {
    return new BehaviourRow(
        behaviour.result().word(),
        behaviour.functions(),
        behaviour.calls(),
        behaviour.firstDifference(),
        BehaviourWords.of(behaviour));
  }

  private static MetricRow row(MetricChange change) {
    var metric = change.metric();
    var interval = change.interval();
    return new MetricRow(
        metric.name(),
        metric.unit(),
        change.before(),
        change.after(),
        change.change(),
        Optional.of(List.of(interval.low(), interval.high())),
        AnalysisRows.spelled(metric.better()));
  }
}

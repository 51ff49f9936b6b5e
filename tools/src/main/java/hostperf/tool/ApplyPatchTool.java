package hostperf.tool;

import hostperf.Refusal;
import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.RunOutcome;
import hostperf.agent.Tool;
import hostperf.classify.AgentClaim;
import hostperf.classify.facts.HotspotType;
import hostperf.journal.Run;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.journal.Stage;
import hostperf.journal.Stored;
import hostperf.patch.Edit;
import hostperf.report.Figures;
import hostperf.report.UntrustedText;
import hostperf.run.Analysis;
import hostperf.run.OneLaunch;
import hostperf.run.Patching;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `apply_patch`: the one change of a round.
final class ApplyPatchTool implements Tool<ApplyPatchTool.Input> {
  record ExactEdit(
      @Param("File, relative to the checkout.") String file,
      @Param("Text that occurs exactly once in it.") String old,
      @Param(value = "Text to put in its place.", name = "new") String replacement) {}

  record Input(
      @Param("Run, as named by `start_run`.") RunId runId,
      @Param("Option of the latest `propose_options` whose draft is applied.")
          Optional<String> optionId,
      @Param("Unified diff against the code as it is.") Optional<String> patch,
      @Param("Exact replacements.") Optional<List<ExactEdit>> edits,
      @Param("true adopts your uncommitted edit of editable files.") Optional<Boolean> fromWorktree,
      @Param("One line for the commit and the report.") Optional<String> summary,
      @Param("Hotspot that your own edit is for; by default the one whose lines it changes.")
          Optional<String> hotspotId,
      @Param("The overhead that your own edit removes; refused where a fact contradicts it.")
          Optional<HotspotType> type,
      @Param("Why it is of that type, or of the one that facts settle, in a sentence.")
          Optional<String> because,
      @Param("Seconds to wait for a person, at most 50.") Optional<Integer> waitS) {}

  private static final int MOST_REMARK = 500;

  private final Analysis analysis;
  private final Patching patching;
  private final OneLaunch oneLaunch;
  private final Runs runs;
  private final Background background;

  ApplyPatchTool(
      Analysis analysis, Patching patching, OneLaunch oneLaunch, Runs runs, Background background) {
    this.analysis = analysis;
    this.patching = patching;
    this.oneLaunch = oneLaunch;
    this.runs = runs;
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "apply_patch",
        "Apply a patch",
        "Commits the one change of a round on the run's branch: an option's draft, a diff, exact"
            + " edits or your work tree's change. Refused outside policy.editable, on tests and"
            + " benchmarks, and where it does not apply exactly. May need a person's yes: then call"
            + " it again with the same arguments.",
        Effect.CHANGES_CODE,
        Input.class,
        RunOutcome.PatchApplied.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    var request = request(input);
    var aim = aim(input);
    var until = Answers.until("apply_patch", input.waitS(), background.clock());
    return background.write(
        Background.of("apply_patch", input.runId()),
        Optional.of(Background.LONGEST_WAIT),
        caller,
        progress -> {
          var run = analysed(runs.load(input.runId()));
          progress.accept("at work, or waiting for a person's answer");
          var applied =
              patching.apply(run, request, aim, input.summary(), caller.approver(), until);
          return switch (applied) {
            case Patching.Applied.In in -> applied(input.runId(), in);
            case Patching.Applied.NotAllowed not ->
                Answers.waiting(
                    not.approval(),
                    not.decision(),
                    new Next(
                        "apply_patch",
                        "run_id",
                        input.runId().value(),
                        "make the same call again, with all the arguments that you gave"));
          };
        });
  }

  /// With its hotspots named, so that a patch knows which it changes.
  private Run analysed(Run run) {
    return run.stage() instanceof Stage.Profiled
        ? analysis.classify(run, Optional.empty()).run()
        : run;
  }

  private Outcome applied(RunId runId, Patching.Applied.In in) {
    var code = in.change().code();
    return new RunOutcome.PatchApplied(
        in.change().patchId(),
        code.files(),
        code.lines(),
        code.commit(),
        code.checkpoint(),
        in.change().findings(),
        remarks(in),
        List.of(
            new Next("run_unit_tests", "run_id", runId.value(), "tests come before any verdict")));
  }

  private List<String> remarks(Patching.Applied.In in) {
    var origin = in.change().origin();
    var type =
        origin.hotspotId().isPresent() || !hasTypes(in)
            ? Stream.<String>empty()
            : origin.word().stream()
                .map(
                    w ->
                        "`type` %s was not checked: the patch changes no line of a hotspot that was classified."
                            .formatted(w.type()));
    var launches =
        oneLaunch.objection(in.run(), in.change()).stream().map(ApplyPatchTool::manyLaunches);
    return Stream.of(in.notes().stream(), type, launches)
        .flatMap(each -> each)
        .map(r -> UntrustedText.line(r, MOST_REMARK))
        .toList();
  }

  /// Whether facts settled the type of anything in the code that the patch is for.
  private boolean hasTypes(Patching.Applied.In in) {
    var stored = new Stored(runs.folder(in.run().id()));
    return in.change().origin().profileId().stream()
        .flatMap(id -> stored.hotspots(id).stream())
        .anyMatch(hotspot -> hotspot.type().isPresent());
  }

  private static String manyLaunches(OneLaunch.Many many) {
    var time =
        many.each().isPresent()
            ? ", about %s at the %s of the run's latest launches"
                .formatted(
                    Figures.seconds(many.launches() * many.each().getAsDouble()),
                    Figures.seconds(many.each().getAsDouble()))
            : "";
    return "`validate` will measure this patch by %d launches or more%s, not inside one, because %s."
        .formatted(many.launches(), time, many.why());
  }

  private static Patching.Aim aim(Input input) {
    boolean said =
        input.hotspotId().isPresent() || input.type().isPresent() || input.because().isPresent();
    if (said && input.optionId().isPresent()) {
      throw new Refusal(
          "Option %s is for the hotspot and type that it was proposed for."
              .formatted(input.optionId().get()),
          "Leave `hotspot_id`, `type` and `because` out, or call `propose_options` with them.");
    }
    return new Patching.Aim(input.hotspotId(), new AgentClaim(input.type(), input.because()));
  }

  private static Patching.Request request(Input input) {
    var given =
        Stream.of(
                input.optionId().map(Patching.Request.OfOption::new),
                input.patch().map(Patching.Request.OfDiff::new),
                input.edits().map(ApplyPatchTool::edits),
                input.fromWorktree().filter(yes -> yes).map(_ -> new Patching.Request.OfWorktree()))
            .flatMap(Optional::stream)
            .map(w -> (Patching.Request) w)
            .toList();
    if (given.size() != 1) {
      throw new Refusal(
          "`apply_patch` takes exactly one of `option_id`, `patch`, `edits` and `from_worktree`;"
              + " %d are given.".formatted(given.size()),
          "Call `apply_patch` again with one of them.");
    }
    return given.getFirst();
  }

  private static Patching.Request.OfEdits edits(List<ExactEdit> edits) {
    return new Patching.Request.OfEdits(
        edits.stream().map(e -> new Edit(e.file(), e.old(), e.replacement())).toList());
  }
}

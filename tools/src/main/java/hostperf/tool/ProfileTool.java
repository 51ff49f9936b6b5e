package hostperf.tool;

import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.Profiled;
import hostperf.agent.Tool;
import hostperf.job.Checkout;
import hostperf.journal.ProfileRecord;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.journal.Stored;
import hostperf.profile.Pass;
import hostperf.report.ProfilePage;
import hostperf.run.Profiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `profile`: where the time of the workload's steps goes.
final class ProfileTool implements Tool<ProfileTool.Input> {
  record Input(
      @Param("Run, as named by `start_run`.") RunId runId,
      @Param("Name for the launches; `round<N>_<label>` becomes their suffix.")
          Optional<String> label,
      @Param(
              "Passes, each one launch; all by default. samples: where time goes. lines: how often"
                  + " lines run. facts: what they do.")
          Optional<List<Pass>> passes,
      @Param(
              "Profiles that exist, read in place of launches: py-spy, speedscope, collapsed"
                  + " stacks, Firefox Profiler, pstats, line_profiler.")
          Optional<List<String>> from,
      @Param(
              "Functions to count hits in, as module.Class.method or module::function; by default"
                  + " the trace's targets or the configuration's, and those that the samples"
                  + " choose.")
          Optional<List<String>> functions,
      @Param(
              "Goes on from `functions` to those that the samples choose; without samples to"
                  + " callees of lines with over 80% of their function, up to three more launches."
                  + " true by default.")
          Optional<Boolean> drillDown,
      @Param("Seconds to wait, at most 50; longer work goes on as a job.")
          Optional<Integer> waitS) {}

  private final Profiles profiles;
  private final Checkout checkout;
  private final Runs runs;
  private final Background background;

  ProfileTool(Profiles profiles, Checkout checkout, Background background) {
    this.profiles = profiles;
    this.checkout = checkout;
    this.runs = checkout.runs();
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "profile",
        "Profile",
        "Says where the time of the workload's steps goes. Launches it once plain for its figures and"
            + " once for each pass: samples, lines, facts. Shares come from the samples, hits from"
            + " the lines.",
        Effect.LAUNCHES,
        Input.class,
        Profiled.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    var _ = runs.load(input.runId());
    Background.Progressing work =
        progress -> {
          var request =
              new Profiles.Request(
                  input.label().orElse("profile"),
                  input.passes().<Set<Pass>>map(Set::copyOf).orElse(Set.of(Pass.values())),
                  input.functions().orElse(List.of()),
                  input.drillDown().orElse(true),
                  input.from().orElse(List.of()).stream().map(Path::of).toList());
          var profiled = profiles.profile(runs.load(input.runId()), request, progress);
          return switch (profiled) {
            case Profiles.Result.Profile p -> {
              keepCalls(input.runId(), p);
              yield answer(input.runId(), p.record());
            }
            case Profiles.Result.Failed f ->
                new Outcome.Inconclusive(
                    f.reason(),
                    f.missing(),
                    List.of(
                        new Next(
                            "profile", "run_id", input.runId().value(), "when that is fixed")));
          };
        };
    var what = Background.of("profile", input.runId());
    return input.from().isEmpty()
        ? background.launch(what, input.waitS(), caller, work)
        : background.write(what, input.waitS(), caller, work);
  }

  /// For the report's page, while the source is what was profiled.
  private void keepCalls(RunId runId, Profiles.Result.Profile profile) {
    ProfilePage.steps(profile.passes(), checkout.sources())
        .ifPresent(
            calls ->
                new Stored(checkout.runs().folder(runId))
                    .saveCalls(profile.record().profileId(), calls));
  }

  private Outcome answer(RunId runId, ProfileRecord record) {
    return ProfileAnswer.of(record, checkout.sources(), next(runId, record));
  }

  private static List<Next> next(RunId runId, ProfileRecord record) {
    var id = runId.value();
    var classify = new Next("classify", "run_id", id, "names the hotspots");
    if (record.lines().functions().isEmpty()) {
      return List.of(
          classify,
          NextMoves.ownChange(id),
          new Next("profile", "run_id", id, "all passes: how often lines run, and what they do"));
    }
    var targets =
        record.drilldown().stream()
            .map(ProfileRecord.Drilled::target)
            .filter(t -> !t.isEmpty() && !record.functions().contains(t))
            .distinct()
            .toList();
    return targets.isEmpty()
        ? List.of(classify, NextMoves.ownChange(id))
        : List.of(
            classify,
            NextMoves.ownChange(id),
            new Next(
                "profile",
                Map.of("run_id", id, "functions", targets),
                "also profiles calls that were left out"));
  }
}

package hostperf.tool;

import hostperf.agent.AnalysisOutcome;
import hostperf.agent.AnalysisOutcome.DrilldownRow;
import hostperf.agent.AnalysisOutcome.FunctionRow;
import hostperf.agent.AnalysisOutcome.LineRow;
import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.Tool;
import hostperf.profile.FunctionProfile;
import hostperf.profile.LineCost;
import hostperf.report.UntrustedText;
import hostperf.run.ProfileRecord;
import hostperf.run.Profiles;
import hostperf.run.RunId;
import hostperf.run.Runs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `profile`: where the time of the workload goes, line by line.
final class ProfileTool implements Tool<ProfileTool.Input> {
  private static final int TOP_LINES = 5;

  record Input(
      @Param("Run, as named by `start_run`.") RunId runId,
      @Param("Name for the launches; `round<N>_<label>` becomes their suffix.")
          Optional<String> label,
      @Param(
              "Functions, as module.Class.method or module::function; by default the trace's"
                  + " targets, the configuration's or the target map's.")
          Optional<List<String>> functions,
      @Param(
              "Profile callees of lines that take over 80% of their function, up to three levels;"
                  + " true by default.")
          Optional<Boolean> drillDown,
      @Param("Seconds to wait, at most 50; longer work goes on as a job.")
          Optional<Integer> waitS) {}

  private final Profiles profiles;
  private final Runs runs;
  private final Background background;

  ProfileTool(Profiles profiles, Runs runs, Background background) {
    this.profiles = profiles;
    this.runs = runs;
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "profile",
        "Profile",
        "Launches the configured workload once plain for its figures and then under line_profiler."
            + " Figures come from the plain launch; profiled times only show where time goes.",
        Effect.WRITES_RUN_FILES,
        Input.class,
        AnalysisOutcome.Profiled.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    var _ = runs.load(input.runId());
    return background.write(
        Background.of("profile", input.runId()),
        input.waitS(),
        caller,
        say -> {
          var wanted =
              new Profiles.Wanted(
                  input.label().orElse("profile"),
                  input.functions().orElse(List.of()),
                  input.drillDown().orElse(true));
          var step = profiles.profile(runs.load(input.runId()), wanted, say);
          return switch (step.taken()) {
            case Profiles.Taken.Profile p -> answer(input.runId(), p.record());
            case Profiles.Taken.Failed f ->
                new Outcome.Inconclusive(
                    f.reason(),
                    f.missing(),
                    List.of(
                        new Next("profile", "run_id", input.runId().value(), "when it is mended")));
          };
        });
  }

  private static Outcome answer(RunId runId, ProfileRecord record) {
    double distortion = record.figures().distortion();
    return new AnalysisOutcome.Profiled(
        record.profileId(),
        record.suffix(),
        record.lines().functions().stream()
            .filter(f -> f.seconds() > 0)
            .sorted(Comparator.comparingDouble(FunctionProfile::seconds).reversed())
            .map(ProfileTool::row)
            .toList(),
        (int) record.lines().functions().stream().filter(f -> f.seconds() > 0).count(),
        record.drilldown().stream()
            .map(d -> new DrilldownRow(d.function(), d.line(), d.share(), d.callee(), d.target()))
            .toList(),
        record.figures().metrics(),
        distortion == 0
            ? "How much the profiler slows it down could not be told."
            : String.format(Locale.ROOT, "Profiled, it ran %.1f times slower.", distortion),
        record.remarks(),
        new ArrayList<>(record.files()),
        next(runId, record));
  }

  private static List<Next> next(RunId runId, ProfileRecord record) {
    var classify = new Next("classify", "run_id", runId.value(), "names the hotspots");
    boolean deeper =
        record.drilldown().stream()
            .anyMatch(d -> !d.target().isEmpty() && !record.functions().contains(d.target()));
    return deeper
        ? List.of(
            classify,
            new Next(
                "profile",
                "run_id",
                runId.value(),
                "again: it goes on with the calls under `drill_down` that were not looked into"))
        : List.of(classify);
  }

  private static FunctionRow row(FunctionProfile function) {
    var top =
        function.lines().stream()
            .filter(l -> l.seconds() > 0)
            .sorted(Comparator.comparingDouble(LineCost::seconds).reversed())
            .limit(TOP_LINES)
            .map(
                l ->
                    new LineRow(
                        l.line(),
                        l.hits(),
                        l.microsPerHit(),
                        function.seconds() == 0 ? 0 : l.seconds() / function.seconds(),
                        UntrustedText.line(l.source().strip(), 120)))
            .toList();
    return new FunctionRow(
        function.name(),
        function.file(),
        function.line(),
        function.seconds(),
        function.calls(),
        top,
        (int) function.lines().stream().filter(l -> l.seconds() > 0).count());
  }
}

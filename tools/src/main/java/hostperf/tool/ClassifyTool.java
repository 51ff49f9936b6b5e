package hostperf.tool;

import hostperf.agent.AnalysisOutcome;
import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.Tool;
import hostperf.classify.Hotspot;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.report.UntrustedText;
import hostperf.run.Analysis;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `classify`: what kind of overhead each hot line is, and why.
final class ClassifyTool implements Tool<ClassifyTool.Input> {
  private static final int USUALLY = 5;
  private static final int MOST = 500;

  record Input(
      @Param("Run, as named by `start_run`.") RunId runId,
      @Param("Profile; the latest by default.") Optional<String> profileId,
      @Param(
              "How many hotspots to return, 5 by default, fewer if they do not fit; the file has all.")
          Optional<Integer> limit) {}

  private final Analysis analysis;
  private final Runs runs;
  private final Background background;

  ClassifyTool(Analysis analysis, Runs runs, Background background) {
    this.analysis = analysis;
    this.runs = runs;
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "classify",
        "Classify hotspots",
        "What is known of the most expensive lines of a profile: facts, the types that they permit,"
            + " the type where they settle it, else a question that reading the code answers. Lines"
            + " marked `waits` or `device` are not targets.",
        Effect.WRITES_RUN_FILES,
        Input.class,
        AnalysisOutcome.Classified.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    background.refuseBesideAnother("classify");
    var classified = analysis.classify(runs.load(input.runId()), input.profileId());
    var hotspots = classified.hotspots();
    if (hotspots.isEmpty()) {
      return new Outcome.Inconclusive(
          classified
              .unread()
              .map(why -> UntrustedText.line(why, MOST))
              .orElse(
                  "Profile %s has no line that costs anything in a file that a patch may change."
                      .formatted(classified.profileId())),
          List.of("functions that ran and were resolved; see the profile's warnings"),
          List.of(new Next("profile", "run_id", input.runId().value(), "with other functions")));
    }
    return new AnalysisOutcome.Classified(
        classified.profileId(),
        AnalysisRows.rows(
            hotspots.stream().limit(Math.max(1, input.limit().orElse(USUALLY))).toList()),
        hotspots.size(),
        runs.folder(input.runId()).file(classified.file()).toString(),
        next(input.runId(), hotspots));
  }

  private static List<Next> next(RunId runId, List<Hotspot> hotspots) {
    return hotspots.stream()
        .filter(h -> h.judgement().isTarget())
        .findFirst()
        .map(
            h ->
                List.of(
                    new Next(
                        "propose_options",
                        Map.of("run_id", runId.value(), "hotspot_id", h.id()),
                        "options for the most expensive target")))
        .orElse(
            List.of(
                new Next(
                    "report",
                    Map.of("run_id", runId.value(), "scope", "final"),
                    "nothing to optimise")));
  }
}

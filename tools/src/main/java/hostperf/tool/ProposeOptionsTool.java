package hostperf.tool;

import hostperf.agent.AnalysisOutcome;
import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.Tool;
import hostperf.classify.AgentClaim;
import hostperf.classify.facts.HotspotType;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.propose.Option;
import hostperf.propose.Proposal;
import hostperf.run.Analysis;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `propose_options`: what can be done about one hotspot.
final class ProposeOptionsTool implements Tool<ProposeOptionsTool.Input> {
  record Input(
      @Param("Run, as named by `start_run`.") RunId runId,
      @Param("Hotspot of the latest `classify`, such as h1.") String hotspotId,
      @Param("What you judge it to be, having read the code; refused where a fact contradicts it.")
          Optional<HotspotType> type,
      @Param("Why, in a sentence; needed with `type` for a line marked `waits` or `device`.")
          Optional<String> because,
      @Param("Seconds to wait, at most 50.") Optional<Integer> waitS) {}

  private final Analysis analysis;
  private final Runs runs;
  private final Background background;

  ProposeOptionsTool(Analysis analysis, Runs runs, Background background) {
    this.analysis = analysis;
    this.runs = runs;
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "propose_options",
        "Propose options",
        "At most three ways to remove a hotspot's cost, safest first: patterns that facts of this"
            + " code speak for, with savings, risk, what must hold and whether it was seen, and a"
            + " draft patch where one can be written. To write your own or to leave it can be the"
            + " answer; without a draft, `context` says what the function is tied to.",
        Effect.WRITES_RUN_FILES,
        Input.class,
        AnalysisOutcome.OptionsProposed.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    background.refuseBesideAnother("propose_options");
    return background.start(
        Background.of("propose_options", input.runId()),
        input.waitS(),
        caller,
        progress -> {
          var proposal =
              analysis.propose(
                  runs.load(input.runId()),
                  input.hotspotId(),
                  new AgentClaim(input.type(), input.because()),
                  progress);
          return AnalysisRows.proposed(input.hotspotId(), proposal, next(input, proposal));
        });
  }

  private static List<Next> next(Input input, Proposal proposal) {
    var runId = input.runId().value();
    var recommended =
        proposal.options().stream().filter(o -> o.id().equals(proposal.recommended())).findFirst();
    if (recommended.isPresent() && recommended.get().draft().isPresent()) {
      return List.of(
          new Next(
              "apply_patch",
              Map.of("run_id", runId, "option_id", proposal.recommended()),
              "applies the recommended draft"));
    }
    var write =
        new Next("apply_patch", "run_id", runId, "with a `patch` or `edits` that you write");
    return recommended.filter(Option::changesNothing).isPresent()
        ? List.of(new Next("classify", "run_id", runId, "the other hotspots"), write)
        : List.of(write);
  }
}

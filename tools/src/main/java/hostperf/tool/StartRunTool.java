package hostperf.tool;

import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.RunOutcome;
import hostperf.agent.Tool;
import hostperf.run.Starting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// `start_run`: begins a campaign on this checkout.
final class StartRunTool implements Tool<StartRunTool.Input> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  record Input(
      @Param("What the run is to achieve, for the report.") Optional<String> goal,
      @Param("How many patches may be tried; the configuration's `max_rounds` by default.")
          Optional<Integer> maxRounds,
      @Param(
              value = "`optimization_handoff` of `detect_host_overhead` or `compare_traces`.",
              keys = "recommended_first_target")
          Optional<Map<String, Object>> handoff,
      @Param("Seconds to wait for a person, at most 50.") Optional<Integer> waitS) {}

  private final Starting starting;
  private final Background background;

  StartRunTool(Starting starting, Background background) {
    this.starting = starting;
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "start_run",
        "Start a run",
        "Begins a run on this checkout: locks hostperf.yaml, the primary metric and the base"
            + " commit. Call it once, after `detect_host_overhead` said YES where there is a trace."
            + " A configuration new to this checkout needs a person's approval: on `pending`, make the"
            + " same call again once they have answered.",
        Effect.LAUNCHES,
        Input.class,
        RunOutcome.RunStarted.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    var until = Answers.until("start_run", input.waitS(), background.clock());
    return background.write(
        Background.of("start_run"),
        Optional.of(Background.LONGEST_WAIT),
        caller,
        _ -> {
          var started =
              starting.start(
                  input.goal(),
                  input.maxRounds(),
                  input.handoff().map(JSON::writeValueAsString),
                  caller.approver(),
                  until);
          return switch (started) {
            case Starting.Started.Begun begun -> begun(begun);
            case Starting.Started.NotAllowed not ->
                Answers.waiting(
                    not.approval(),
                    not.decision(),
                    new Next(
                        "start_run",
                        "make the same call again, with all the arguments that you gave"));
          };
        });
  }

  private static Outcome begun(Starting.Started.Begun begun) {
    var run = begun.run();
    var setup = run.setup();
    return new RunOutcome.RunStarted(
        run.id().value(),
        setup.base().branch(),
        setup.base().commit(),
        setup.configuration().primaryMetric(),
        setup.environment(),
        begun.functions().stream().findFirst().orElse(""),
        List.of(
            new Next(
                "profile", "run_id", run.id().value(), "takes the baseline profile and metrics")));
  }
}

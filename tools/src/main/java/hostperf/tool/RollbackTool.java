package hostperf.tool;

import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Outcome;
import hostperf.agent.Param;
import hostperf.agent.RunOutcome;
import hostperf.agent.Tool;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.run.RollingBack;
import java.util.Optional;

/// `rollback`: takes the open patch out, exactly.
final class RollbackTool implements Tool<RollbackTool.Input> {
  record Input(
      @Param("Run whose open patch is taken out, as named by `start_run`.") RunId runId,
      @Param("Why, for the report.") String reason) {}

  private final RollingBack rollingBack;
  private final Runs runs;
  private final Background background;

  RollbackTool(RollingBack rollingBack, Runs runs, Background background) {
    this.rollingBack = rollingBack;
    this.runs = runs;
    this.background = background;
  }

  @Override
  public Declaration<Input> declaration() {
    return new Declaration<>(
        "rollback",
        "Roll back",
        "Returns the code byte for byte to the checkpoint before this round's patch, and checks"
            + " that it did. Your other changes stay; the patch's commit is kept for the record.",
        Effect.DISCARDS_CODE,
        Input.class,
        RunOutcome.RolledBack.class);
  }

  @Override
  public Outcome call(Input input, Caller caller) {
    // An unknown run is told before the checkout is taken.
    var _ = runs.load(input.runId());
    return background.write(
        Background.of("rollback", input.runId()),
        Optional.of(Background.LONGEST_WAIT),
        caller,
        _ -> rolledBack(input));
  }

  private Outcome rolledBack(Input input) {
    var done = rollingBack.rollBack(runs.load(input.runId()), input.reason());
    return new RunOutcome.RolledBack(
        done.change().code().checkpoint(),
        done.change().code().files(),
        done.verified(),
        NextMoves.afterRollback(done.run()));
  }
}

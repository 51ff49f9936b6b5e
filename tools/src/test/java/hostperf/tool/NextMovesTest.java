package hostperf.tool;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.agent.Next;
import hostperf.journal.Event;
import hostperf.journal.Run;
import hostperf.journal.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NextMovesTest {
  private static Run rolledBack(Run run, String patch) {
    return run.after(new Event.RollbackIntended(patch, "slower", Samples.INTENT))
        .after(new Event.RolledBack(patch));
  }

  @Test
  void triesTheSameHotspotOrAnotherWhileThereAreRounds() {
    var run = rolledBack(Samples.patched(), "patch-1");
    assertThat(NextMoves.afterRollback(run))
        .extracting(Next::tool)
        .containsExactly("classify", "apply_patch");
    var proposed = run.after(new Event.Proposed("p0", "h2", "A", Optional.empty()));
    assertThat(NextMoves.afterRollback(proposed).getFirst())
        .satisfies(n -> assertThat(n.tool()).isEqualTo("propose_options"))
        .satisfies(n -> assertThat(n.arguments()).containsEntry("hotspot_id", "h2"));
  }

  @Test
  void reportsWhereAllRoundsAreUsed() {
    var run =
        rolledBack(
            rolledBack(Samples.patched(), "patch-1")
                .after(new Event.PatchIntended(Samples.change(2)))
                .after(new Event.Patched("patch-2")),
            "patch-2");
    assertThat(NextMoves.afterRollback(run)).extracting(Next::tool).isEqualTo(List.of("report"));
  }
}

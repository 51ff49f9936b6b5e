package hostperf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTest {
  @Test
  void refusesAMoveThatDoesNotFitNamingThoseThatDo() {
    assertThatThrownBy(() -> Samples.patched().require(Move.VALIDATE))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("stage `patched`, where `validate` is not possible")
        .hasMessageContaining("`run_unit_tests`");
  }

  @Test
  void namesNoToolThatEndsARun() {
    assertThatThrownBy(() -> Samples.begun().require(Move.VALIDATE))
        .hasMessageContaining("possible are `profile`, `report`, or a person ends it with")
        .hasMessageContaining("`hostperf finish run-")
        .hasMessageNotContaining("`finish`");
  }

  @Test
  void allowsValidationOnlyAfterTestsThatPass() {
    var tested = Samples.patched().after(new Event.Tested("patch-1", Samples.tests("test_a")));
    assertThat(tested.stage().moves()).doesNotContain(Move.VALIDATE);
    var passed = Samples.patched().after(new Event.Tested("patch-1", Samples.tests()));
    assertThat(passed.stage().moves()).contains(Move.VALIDATE);
  }

  @Test
  void countsNoTestsAtAllAsNotPassed() {
    var none =
        new TestSummary(
            0,
            0,
            4,
            List.of(),
            List.of(),
            List.of(),
            "log",
            new TestSummary.Basis("code", List.of()));
    assertThat(none.passes()).isFalse();
  }

  @Test
  void refusesAPatchWhenTheRoundsAreUsed() {
    var run = Samples.patched();
    for (int round = 1; round <= 2; round++) {
      run =
          run.after(new Event.RollbackIntended("patch-" + round, "slower", Samples.INTENT))
              .after(new Event.RolledBack("patch-" + round));
      if (round == 1) {
        run =
            run.after(new Event.PatchIntended(Samples.change(2)))
                .after(new Event.Patched("patch-2"));
      }
    }
    var used = run;
    assertThatThrownBy(() -> used.require(Move.APPLY)).hasMessageContaining("All 2 rounds");
  }

  @Test
  void aMeasurementThatLeavesAPatchOpenIsNoLostRound() {
    var open =
        new Ruling(
            "inconclusive",
            Ruling.Decision.MEASURE_MORE,
            0.01,
            "open",
            Optional.of("p1"),
            "samples/1");
    var run =
        Samples.patched()
            .after(new Event.Tested("patch-1", Samples.tests()))
            .after(new Event.Validated("patch-1", open));
    assertThat(run.stage().moves()).contains(Move.VALIDATE, Move.ROLL_BACK);
    assertThat(run.openChange()).isPresent();
    var back =
        run.after(new Event.RollbackIntended("patch-1", "open", Samples.INTENT))
            .after(new Event.RolledBack("patch-1"));
    assertThat(back.decided()).isZero();
    assertThat(back.rounds()).hasSize(1);
  }

  @Test
  void standsAtTheCommitOfTheLastPatchThatIsIn() {
    var run = Samples.patched();
    assertThat(run.tip()).isEqualTo("commit-1");
    var back =
        run.after(new Event.RollbackIntended("patch-1", "slower", Samples.INTENT))
            .after(new Event.RolledBack("patch-1"));
    assertThat(back.tip()).isEqualTo("base");
    assertThat(back.rounds().getFirst().rolledBack()).contains("slower");
  }

  @Test
  void keepsTheEarlierAnalysisAfterARollback() {
    var back =
        Samples.patched()
            .after(new Event.RollbackIntended("patch-1", "slower", Samples.INTENT))
            .after(new Event.RolledBack("patch-1"));
    assertThat(back.currentProfile()).contains("p0");
    assertThat(back.stage().moves()).contains(Move.APPLY, Move.PROPOSE);
  }

  @Test
  void aKeptPatchLeavesNoProfileOfTheCodeAsItIsUntilOneIsTaken() {
    var kept = new Ruling("improved", Ruling.Decision.KEEP, 0.1, "", Optional.empty(), "samples/1");
    var run =
        Samples.patched()
            .after(new Event.Tested("patch-1", Samples.tests()))
            .after(new Event.Validated("patch-1", kept));
    assertThat(run.currentProfile()).isEmpty();
    assertThat(run.lastProfile()).contains("p0");
    assertThat(run.stage().moves()).contains(Move.APPLY, Move.PROFILE);

    var blind = Samples.unprofiled(2);
    var back =
        run.after(new Event.PatchIntended(blind))
            .after(new Event.Patched("patch-2"))
            .after(new Event.RollbackIntended("patch-2", "slower", Samples.INTENT))
            .after(new Event.RolledBack("patch-2"));
    assertThat(back.currentProfile()).as("the code is that of patch-1").isEmpty();
    assertThat(back.lastProfile()).contains("p0");

    var withdrawn =
        run.after(new Event.PatchIntended(blind))
            .after(new Event.PatchWithdrawn("patch-2", "a crash"));
    assertThat(withdrawn.stage()).isEqualTo(run.stage());
  }

  @Test
  void forgetsAPatchThatNeverCameToBe() {
    var run =
        Samples.after(
            new Event.Profiled("p0", "baseline"),
            new Event.Analyzed("p0", 3),
            new Event.PatchIntended(Samples.change(1)),
            new Event.PatchWithdrawn("patch-1", "a crash"));
    assertThat(run.rounds()).isEmpty();
    assertThat(run.nextRound()).isEqualTo(1);
    assertThat(run.moving()).isEmpty();
  }

  @Test
  void letsAPersonDecideAboutASuspiciousGain() {
    var held =
        Samples.patched()
            .after(new Event.Tested("patch-1", Samples.tests()))
            .after(new Event.Validated("patch-1", Samples.ruling(Ruling.Decision.HOLD)));
    assertThat(held.openChange()).isPresent();
    var kept = held.after(new Event.HoldDecided("patch-1", true, "a person"));
    assertThat(kept.rounds().getFirst().isKept()).isTrue();
    assertThat(kept.openChange()).isEmpty();
  }

  @Test
  void takesAnEventThatDoesNotFitForADefect() {
    var run = Samples.begun();
    assertThatThrownBy(() -> run.after(new Event.Patched("patch-1")))
        .isInstanceOf(IllegalStateException.class);
  }
}

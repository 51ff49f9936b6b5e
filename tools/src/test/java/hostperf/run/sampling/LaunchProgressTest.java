package hostperf.run.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.measure.Slot;
import hostperf.verdict.Plan;
import hostperf.verdict.Side;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Pairs are counted, since a launch that is taken again is none more of the plan.
class LaunchProgressTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private String after(LaunchProgress progress, int seconds, Slot slot) {
    now = now.plusSeconds(seconds);
    return progress.next(slot);
  }

  @Test
  void saysWhichPairItIsAndWhatIsLeftAtThePaceSoFar() {
    var progress = new LaunchProgress("", false, new Plan(1, 10, 10), 0, () -> now);
    assertThat(after(progress, 0, new Slot(0, 1, Side.BASE)))
        .isEqualTo("launch 1: warm-up; 10 pairs, up to 20 where these leave it open");
    assertThat(after(progress, 10, new Slot(1, 1, Side.BASE)))
        .isEqualTo("launch 2: pair 1 of 10, base");
    assertThat(after(progress, 10, new Slot(1, 1, Side.CANDIDATE)))
        .isEqualTo("launch 3: pair 1 of 10, candidate; about 3 min left");
    assertThat(after(progress, 40, new Slot(10, 15, Side.BASE)))
        .isEqualTo("launch 4: pair 10 of 10, base, try 15; about 40 s left");
    assertThat(after(progress, 10, new Slot(11, 1, Side.BASE)))
        .isEqualTo("launch 5: pair 11 of 20, base; about 6 min left");
  }

  @Test
  void aLaunchOfASwapIsOfBothVersions() {
    var progress = new LaunchProgress("", true, new Plan(0, 1, 0), 0, () -> now);
    assertThat(progress.next(new Slot(1, 1, Side.BASE))).isEqualTo("launch 1: both versions");
    assertThat(progress.next(new Slot(2, 1, Side.CANDIDATE))).isEqualTo("launch 2: both versions");
  }

  @Test
  void saysThatTheMachineItselfIsMeasuredAndGoesOnCounting() {
    var progress =
        new LaunchProgress("base against base: ", false, new Plan(1, 6, 0), 3, () -> now);
    assertThat(progress.next(new Slot(2, 1, Side.BASE)))
        .isEqualTo("base against base: launch 4: pair 2 of 6, base");
  }
}

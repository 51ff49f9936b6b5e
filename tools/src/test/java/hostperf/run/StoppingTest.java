package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.journal.Event;
import hostperf.journal.Ruling;
import hostperf.journal.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoppingTest {
  /// Inconclusive is a verdict, and a round that failed its tests has none but counts.
  @Test
  void saysWhichRoundsDoNotCount() {
    var open =
        new Ruling(
            "inconclusive", Ruling.Decision.ROLL_BACK, 0.01, "open", Optional.empty(), "samples/1");
    var run =
        Samples.patched()
            .after(new Event.Tested("patch-1", Samples.tests()))
            .after(new Event.Validated("patch-1", open))
            .after(new Event.RollbackIntended("patch-1", "open", Samples.INTENT))
            .after(new Event.RolledBack("patch-1"));
    assertThat(Stopping.used(run))
        .isEqualTo("0 of 2 rounds are used (1 inconclusive, not counted)");
  }
}

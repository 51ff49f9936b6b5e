package hostperf.classify;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.fact.Facts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HotspotTest {
  private static final Hotspot CALL =
      new Hotspot(
          "h1",
          new Hotspot.Place("Engine.step", "engine.py", 3, "mask = self.mask(rows)"),
          new Hotspot.Cost(100, 0.1, 0.4, Optional.empty()),
          new Hotspot.Judgement(
              HotspotType.FUNCALL,
              List.of(HotspotType.DEAD_WORK, HotspotType.HOIST),
              false,
              Scope.PER_STEP,
              0.42,
              new Hotspot.Because(
                  List.of("`self.mask(rows)` is called"), HotspotType.FUNCALL.pages())),
          Facts.NONE);

  @Test
  void aReadersTypeKeepsWhatTheRulesSaid() {
    var read = CALL.readAs(HotspotType.HOIST).judgement();
    assertThat(read.type()).isEqualTo(HotspotType.HOIST);
    assertThat(read.also()).containsExactly(HotspotType.FUNCALL, HotspotType.DEAD_WORK);
    assertThat(read.because().evidence())
        .containsExactly(
            "A reader of the code names it HOIST; it was taken for FUNCALL (confidence 0.42)",
            "`self.mask(rows)` is called");
    assertThat(read.because().references()).contains("patterns/loop-iteration.md");
  }

  @Test
  void theSameTypeChangesNothing() {
    assertThat(CALL.readAs(HotspotType.FUNCALL)).isSameAs(CALL);
  }
}

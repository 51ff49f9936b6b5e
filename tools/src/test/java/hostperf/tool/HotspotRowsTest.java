package hostperf.tool;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.Hotspot;
import hostperf.classify.facts.Scope;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HotspotRowsTest {
  /// Beside a time by samples, the line profiler's figure for a hit contradicts it.
  @Test
  void theLineProfilersTimeOfAHitIsGivenWhereThereAreNoSamples() {
    assertThat(perHit(Optional.empty())).contains(20.0);
    assertThat(perHit(Optional.of(new Hotspot.Whole("Engine.step", 2.0)))).isEmpty();
  }

  private static Optional<Double> perHit(Optional<Hotspot.Whole> whole) {
    var hotspot =
        new Hotspot(
            "h1",
            new Hotspot.Place("f", "engine.py", 3, "x = 1"),
            new Hotspot.Cost(100, 0.002, 0.1, whole),
            new Hotspot.Judgement(
                Hotspot.Mark.TARGET,
                Scope.UNKNOWN,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty()));
    return AnalysisRows.rows(List.of(hotspot)).getFirst().perHitUs();
  }
}

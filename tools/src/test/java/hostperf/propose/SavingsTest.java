package hostperf.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.classify.Hotspot;
import hostperf.classify.facts.Fact;
import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.Known;
import hostperf.fact.Facts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an option is said to save.
class SavingsTest extends Proposals {
  @Test
  void neverSavesMoreThanTheHotspotHas() throws IOException {
    for (var type : HotspotType.values()) {
      var hotspot = hotspot(HOT, type, 6400, 0.5, 0.2, false);
      assertThat(propose(LOOP, hotspot).options())
          .allSatisfy(o -> assertThat(o.savings().seconds()).isBetween(0.0, 0.5))
          .allSatisfy(o -> assertThat(o.savings().share()).isBetween(0.0, 0.2));
    }
  }

  /// The line profiler's seconds are no seconds of the step.
  @Test
  void whereSamplesCountNoSecondsOnlyTheShareIsSaid() throws IOException {
    var counted = hotspot(HOT, HotspotType.HOIST, 6400, 0.5, 0.2, false);
    var sampled =
        new Hotspot(
            counted.id(),
            counted.place(),
            new Hotspot.Cost(6400, 0.5, 0.2, Optional.of(new Hotspot.Whole("Engine.step", 0))),
            counted.judgement());
    var proposal = propose(LOOP, sampled);
    assertThat(recommended(proposal).savings().seconds()).isZero();
    assertThat(proposal.reasoning())
        .containsPattern("saves up to [0-9.]+% of the time in Engine.step")
        .doesNotContainPattern("[0-9] m?s ");
  }

  @Test
  void hoistingSavesAllButOneTurnACall() throws IOException {
    var hotspot = hotspot(HOT, HotspotType.HOIST, 200, 1.0, 0.2, false); // 2 turns a call
    var hoist = recommended(propose(LOOP, hotspot));
    assertThat(hoist.savings().seconds()).isEqualTo(1.0 * (1 - 100.0 / 200) * 0.9);
  }

  @Test
  void turnsInsideTheLineSaveHalfAtLeast() throws IOException {
    var source =
        """
        import torch

        def lengths(counts: torch.Tensor, requests):
            return [counts[i].item() for i in range(len(requests))]
        """;
    var hotspot = hotspot(4, HotspotType.HOST_SYNC, 100, 1.0, 0.2, false); // 1 hit a call
    var proposal = propose(source, hotspot);
    var readback = recommended(proposal);
    assertThat(readback.pattern()).isEqualTo("batched-readback");
    assertThat(readback.savings().seconds()).isEqualTo(1.0 * 0.5 * 0.95);
  }

  @Test
  void aLoopOfOneTurnHasNothingToHoistFrom() throws IOException {
    var hotspot = hotspot(HOT, HotspotType.HOIST, 100, 1.0, 0.2, false); // 1 turn a call
    assertThat(propose(LOOP, hotspot).options())
        .extracting(Option::pattern)
        .doesNotContain("hoist-invariant");
  }

  @Test
  void collectionsAreSparedNoMoreThanTheyTook() throws IOException {
    var hotspot = hotspot(HOT, HotspotType.GC, 6400, 0.5, 0.2, false);
    var collects = new Fact(Known.DID_COLLECT, Fact.Source.MEASURED, "1 collection began here");
    var some = recommended(propose(LOOP, with(hotspot, collects), collecting(0.05)));
    assertThat(some.pattern()).isEqualTo("gc-thresholds");
    assertThat(some.savings().share()).isCloseTo(0.8 * 0.05, within(1e-9));
    var all = recommended(propose(LOOP, with(hotspot, collects), collecting(0.9)));
    assertThat(all.savings().share()).isCloseTo(0.8 * 0.2, within(1e-9));
    for (var none : List.of(collecting(0.000_012), Facts.NONE)) {
      assertThat(propose(LOOP, with(hotspot, collects), none).options())
          .extracting(Option::pattern)
          .doesNotContain("gc-thresholds");
    }
  }

  @Test
  void leavesAloneWhatIsTooSmallToMeasure() throws IOException {
    var proposal = propose(LOOP, hotspot(HOT, HotspotType.HOIST, 6400, 0.0001, 0.0005, false));
    assertThat(recommended(proposal).pattern()).isEqualTo("leave-it");
    assertThat(proposal.options()).hasSize(1);
  }
}

package hostperf.propose;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.catalog.Catalog;
import hostperf.classify.Hotspot;
import hostperf.classify.HotspotType;
import hostperf.classify.Scope;
import hostperf.profile.FunctionProfile;
import hostperf.profile.LineCost;
import hostperf.profile.LineProfile;
import hostperf.propose.Option.Seen;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProposerTest {
  private static final String LOOP =
      """
      def clip(engine, requests):
          out = []
          for r in requests:
              out.append(min(r, engine.config.limits.max_len))
          return out
      """;

  @TempDir private Path checkout;

  private final Catalog catalog = Catalog.read(Golden.root().resolve("references"));

  @Test
  void offersTheDraftThatFitsTheLine() throws IOException {
    var proposal = propose(LOOP, hotspot(4, HotspotType.HOIST, 6400, 0.5, 0.2, false));
    var best = recommended(proposal);
    assertThat(best.pattern()).isEqualTo("hoist-invariant");
    assertThat(best.draft().orElseThrow().changes().getFirst().after())
        .contains("    max_len = engine.config.limits.max_len\n    for r in requests:");
    assertThat(proposal.reasoning()).contains("its edit is drafted");
  }

  @Test
  void anOptionThatNothingWasSeenForIsNotSaidToSave() throws IOException {
    var code = "def f(self):\n    return [n for n in self.nodes if self.is_leaf(n)]\n";
    var proposal = propose(code, hotspot(2, HotspotType.REDUNDANT_ITER, 1000, 4.0, 0.3, false));
    assertThat(recommended(proposal).draft()).isEmpty();
    assertThat(proposal.reasoning())
        .contains("whether it fits here is not seen")
        .doesNotContain("is estimated to save");
  }

  @Test
  void givesUpTo4OptionsZeroRiskFirstUnderLettersInOrder() throws IOException {
    for (var type : HotspotType.values()) {
      var options = propose(LOOP, hotspot(4, type, 6400, 0.5, 0.2, false)).options();
      assertThat(options).hasSizeBetween(1, 4);
      assertThat(options).extracting(o -> o.advice().risk()).isSorted();
      assertThat(String.join("", options.stream().map(Option::id).toList()))
          .isEqualTo("ABCD".substring(0, options.size()));
    }
  }

  @Test
  void neverSavesMoreThanTheHotspotHas() throws IOException {
    for (var type : HotspotType.values()) {
      var hotspot = hotspot(4, type, 6400, 0.5, 0.2, false);
      assertThat(propose(LOOP, hotspot).options())
          .allSatisfy(o -> assertThat(o.savings().seconds()).isBetween(0.0, 0.5))
          .allSatisfy(o -> assertThat(o.savings().share()).isBetween(0.0, 0.2));
    }
  }

  @Test
  void hoistingSavesAllButOneTurnACall() throws IOException {
    var hotspot = hotspot(4, HotspotType.HOIST, 200, 1.0, 0.2, false); // 2 turns a call
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
    var hotspot = hotspot(4, HotspotType.HOIST, 100, 1.0, 0.2, false); // 1 turn a call
    var proposal = propose(LOOP, hotspot);
    assertThat(proposal.options())
        .filteredOn(o -> o.pattern().equals("hoist-invariant"))
        .allSatisfy(o -> assertThat(o.savings().seconds()).isZero());
  }

  @Test
  void aDraftForAnotherTypeStepsBackWhereTheTypeIsSure() throws IOException {
    var source = LOOP.replace("min(r,", "min(r.item(),");
    var options =
        propose(source, hotspot(4, HotspotType.HOST_SYNC, 6400, 0.5, 0.2, false)).options();
    assertThat(options).extracting(Option::pattern).doesNotContain("hoist-invariant");
  }

  @Test
  void saysOfEachFactWhetherItWasSeen() throws IOException {
    var best = recommended(propose(LOOP, hotspot(4, HotspotType.HOIST, 6400, 0.5, 0.2, false)));
    assertThat(best.advice().mustHold())
        .extracting(Option.MustHold::seen)
        .contains(Seen.SEEN, Seen.UNKNOWN)
        .doesNotContain(Seen.NOT_SEEN);
  }

  @Test
  void aRefusedDraftNamesTheFactThatWasNotSeen() throws IOException {
    var guarded = LOOP.replace("        out.append", "        if r:\n            out.append");
    var options = propose(guarded, hotspot(5, HotspotType.HOIST, 6400, 0.5, 0.2, false)).options();
    var hoist = options.stream().filter(o -> o.pattern().equals("hoist-invariant")).findFirst();
    assertThat(hoist.orElseThrow().draft()).isEmpty();
    assertThat(hoist.orElseThrow().advice().description()).contains("only under a condition");
    assertThat(hoist.orElseThrow().advice().mustHold())
        .extracting(Option.MustHold::seen)
        .contains(Seen.NOT_SEEN);
  }

  @Test
  void leavesADeliberateWaitAlone() throws IOException {
    var proposal = propose(LOOP, hotspot(4, HotspotType.SYNC, 100, 5, 0.6, true));
    assertThat(recommended(proposal).pattern()).isEqualTo("leave-it");
    assertThat(proposal.reasoning()).contains("on purpose");
  }

  @Test
  void leavesAloneWhatIsTooSmallToMeasure() throws IOException {
    var proposal = propose(LOOP, hotspot(4, HotspotType.HOIST, 6400, 0.0001, 0.0005, false));
    assertThat(recommended(proposal).pattern()).isEqualTo("leave-it");
    assertThat(proposal.options()).hasSizeGreaterThan(1);
  }

  @Test
  void withoutTheSourceThereAreOptionsAndNoDrafts() throws IOException {
    var proposal =
        new Proposer(List.of())
            .propose(
                hotspot(4, HotspotType.CONTAINER, 6400, 0.5, 0.2, false),
                new LineProfile(List.of()),
                new Sources(checkout),
                catalog);
    assertThat(proposal.options()).hasSizeBetween(2, 4).allMatch(o -> o.draft().isEmpty());
  }

  @Test
  void nothingIsOfferedThatNothingAtTheLineSpeaksFor() throws IOException {
    var code = "def f(self, seq):\n    out = self._schedule(seq)\n    return out\n";
    var proposal = propose(code, hotspot(2, HotspotType.FUNCALL, 188, 0.5, 0.57, false));
    assertThat(proposal.options()).extracting(Option::pattern).containsExactly("leave-it");
  }

  @Test
  void pitfallsAreNeverProposed() throws IOException {
    for (var type : HotspotType.values()) {
      assertThat(propose(LOOP, hotspot(4, type, 6400, 0.5, 0.2, false)).options())
          .noneMatch(o -> o.pattern().startsWith("pitfall"));
    }
  }

  private Proposal propose(String source, Hotspot hotspot) throws IOException {
    Files.writeString(checkout.resolve("engine.py"), source);
    var lines =
        List.of(
            new LineCost(2, 100, 0.001, "out = []"),
            new LineCost(4, 6400, 0.5, "append"),
            new LineCost(5, 100, 0.001, "return out"));
    var profile =
        new LineProfile(List.of(new FunctionProfile("clip", "/app/engine.py", 1, 0.5, lines)));
    return new Proposer(List.of()).propose(hotspot, profile, new Sources(checkout), catalog);
  }

  private static Option recommended(Proposal proposal) {
    return proposal.options().stream()
        .filter(o -> o.id().equals(proposal.recommended()))
        .findFirst()
        .orElseThrow();
  }

  private static Hotspot hotspot(
      int line, HotspotType type, long hits, double seconds, double share, boolean waits) {
    return new Hotspot(
        "h1",
        new Hotspot.Place(
            "clip", "engine.py", line, "out.append(min(r, engine.config.limits.max_len))"),
        new Hotspot.Cost(hits, seconds, share, Optional.empty()),
        new Hotspot.Judgement(
            waits ? Hotspot.Mark.WAITS : Hotspot.Mark.TARGET,
            Scope.PER_REQUEST,
            List.of(),
            List.of(new Hotspot.Candidate(type, List.of(), List.of(), List.of())),
            List.of(),
            Optional.of(new Hotspot.Decision(type, Hotspot.Decision.By.FACTS, List.of())),
            Optional.empty()));
  }
}

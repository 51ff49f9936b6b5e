package hostperf.propose;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.facts.Fact;
import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.Known;
import hostperf.lines.LineProfile;
import hostperf.profile.Observed;
import hostperf.propose.Option.Seen;
import hostperf.source.Sources;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which options a hotspot gets, and why.
class ProposerTest extends Proposals {
  @Test
  void offersTheDraftThatFitsTheLine() throws IOException {
    var proposal = propose(LOOP, hotspot(HOT, HotspotType.HOIST, 6400, 0.5, 0.2, false));
    var best = recommended(proposal);
    assertThat(best.pattern()).isEqualTo("hoist-invariant");
    assertThat(best.draft().orElseThrow().changes().getFirst().after())
        .contains("    config_max_len = engine.config.max_len\n    for r in requests:");
    assertThat(proposal.reasoning()).contains("its edit is drafted");
  }

  @Test
  void whereNothingFitsTheAgentWritesAndIsGivenWhatTheFunctionIsTiedTo() throws IOException {
    var code =
        """
        class Tree:
            def is_leaf(self, n):
                return n in self.leaves

            def f(self):
                return [n for n in self.nodes if self.is_leaf(n)]

            def g(self):
                return self.f()
        """;
    var proposal = propose(code, hotspot(6, HotspotType.REDUNDANT_ITER, 1000, 4.0, 0.3, false));
    assertThat(proposal.options()).extracting(Option::pattern).containsExactly("write-your-own");
    assertThat(proposal.reasoning()).startsWith("No pattern of the catalogue fits");
    var context = proposal.context().orElseThrow();
    assertThat(context.callers()).extracting(Context.Related::function).containsExactly("Tree.g");
    assertThat(context.callees())
        .extracting(Context.Related::function)
        .containsExactly("Tree.is_leaf");
    assertThat(context.reads()).contains("self.nodes");
  }

  /// Outside of a loop there are no elements that could be spared the test.
  @Test
  void aRareCaseIsTakenOutOfALoopOnly() throws IOException {
    var rare = new Fact(Known.SELDOM_TRUE, Fact.Source.MEASURED, "The test was never true");
    var inLoop = new Fact(Known.IN_LOOP, Fact.Source.SEEN, "It is in the loop at line 11");
    var hotspot = hotspot(HOT, HotspotType.DEAD_WORK, 1000, 0.5, 0.2, false);
    assertThat(propose(LOOP, with(hotspot, rare)).options())
        .extracting(Option::pattern)
        .doesNotContain("rare-case-apart");
    assertThat(propose(LOOP, with(hotspot, rare, inLoop)).options())
        .extracting(Option::pattern)
        .contains("rare-case-apart");
  }

  /// The line profiler counts what a line calls for the line, and an object whose method is called
  /// is read.
  @Test
  void aLineProfileGivesNoOwnTimeAndObjectsThatAreCalledOnAreRead() throws IOException {
    var code =
        """
        class Tree:
            def f(self):
                return [self.policy.rank(n) for n in self.nodes]
        """;
    var proposal = propose(code, hotspot(3, HotspotType.PYLOOP, 1000, 4.0, 0.3, false));
    assertThat(proposal.reasoning())
        .contains("4.00 s under the line profiler (30.0% of the profiled time)")
        .doesNotContain("own time");
    assertThat(proposal.context().orElseThrow().reads())
        .containsExactly("self.nodes", "self.policy");
  }

  @Test
  void anUnknownClassGivesNoDraftAndNoFactThatIsSeen() throws IOException {
    var unknown = LOOP.replace("engine: Engine", "engine");
    var options =
        propose(unknown, hotspot(HOT, HotspotType.HOIST, 6400, 0.5, 0.2, false)).options();
    assertThat(options).allMatch(o -> o.draft().isEmpty());
    assertThat(options)
        .flatExtracting(o -> o.advice().mustHold())
        .noneMatch(m -> m.seen() == Seen.SEEN);
  }

  @Test
  void givesAtMostThreeOptionsZeroRiskFirstUnderLettersInOrder() throws IOException {
    for (var type : HotspotType.values()) {
      var options = propose(LOOP, hotspot(HOT, type, 6400, 0.5, 0.2, false)).options();
      assertThat(options).hasSizeBetween(1, 3);
      assertThat(options).extracting(o -> o.advice().risk()).isSorted();
      assertThat(String.join("", options.stream().map(Option::id).toList()))
          .isEqualTo("ABC".substring(0, options.size()));
    }
  }

  @Test
  void aPlainAttributeIsNoOptionOnALineWhoseTimeIsElsewhere() throws IOException {
    var plain =
        LOOP.replace(
            "    @property\n    def max_len(self):\n        return sum([1 for _ in range(500)])\n",
            "    max_len: int\n\n\n");
    var proposal = propose(plain, hotspot(HOT, HotspotType.HOIST, 6400, 0.5, 0.2, false));
    assertThat(proposal.options()).extracting(Option::pattern).containsExactly("write-your-own");
  }

  @Test
  void aDraftForAnotherTypeIsNoOptionWhereTheTypeIsSettled() throws IOException {
    var options =
        propose(LOOP, hotspot(HOT, HotspotType.HOST_SYNC, 6400, 0.5, 0.2, false)).options();
    assertThat(options).extracting(Option::pattern).doesNotContain("hoist-invariant");
  }

  @Test
  void saysOfEachFactWhetherItWasSeen() throws IOException {
    var best = recommended(propose(LOOP, hotspot(HOT, HotspotType.HOIST, 6400, 0.5, 0.2, false)));
    assertThat(best.advice().mustHold())
        .extracting(Option.MustHold::seen)
        .contains(Seen.SEEN, Seen.UNKNOWN)
        .doesNotContain(Seen.NOT_SEEN);
  }

  @Test
  void aPatternThatAFactSpeaksForIsOfferedWithThatFact() throws IOException {
    var hotspot = hotspot(HOT, HotspotType.GC, 6400, 0.5, 0.2, false);
    var collects = new Fact(Known.DID_COLLECT, Fact.Source.MEASURED, "3 collections began here");
    var best = recommended(propose(LOOP, with(hotspot, collects), collecting(0.4)));
    assertThat(best.pattern()).isEqualTo("gc-thresholds");
    assertThat(best.advice().description()).contains("3 collections began here");
    var named = new Fact(Known.DID_COLLECT, Fact.Source.NAMED, "by its name");
    assertThat(recommended(propose(LOOP, with(hotspot, named), collecting(0.4))).pattern())
        .isEqualTo("write-your-own");
  }

  private static final String LOG =
      """
      import logging
      logger = logging.getLogger("engine")

      def release(reqs):
          for req in reqs:
              if req.released:
                  logger.info(f"release req id {req.request_id}")
          return reqs
      """;

  /// A guard saves nothing where the line was seen to log.
  @Test
  void aLogThatIsOnIsNoCaseForAGuard() throws IOException {
    var hotspot = hotspot(7, HotspotType.DEAD_WORK, 1600, 0.5, 0.2, false);
    var eager = new Fact(Known.EAGER_LOG, Fact.Source.SEEN, "evaluates its arguments before");
    assertThat(recommended(propose(LOG, with(hotspot, eager))).pattern()).isEqualTo("lazy-log");
    var on = new Fact(Known.DID_LOG, Fact.Source.MEASURED, "logs at INFO, which is on");
    assertThat(propose(LOG, with(hotspot, eager, on)).options())
        .extracting(Option::pattern)
        .doesNotContain("lazy-log");
  }

  /// What is inside a function of the checkout is judged there; what is inside Python's own library
  /// is the line's.
  @Test
  void aCallIsLeftAloneOnlyWhereItsCalleeCanBeJudged() throws IOException {
    var code =
        """
        from multiprocessing import shared_memory

        def attach(name):
            return Segment(name)

        class Segment:
            def __init__(self, name):
                shm = shared_memory.SharedMemory(name=name)
                self.arr = shm.buf
        """;
    var call = new Fact(Known.PROGRAM_CALL, Fact.Source.SEEN, "it is called");
    var open = with(unsettled(4), call);
    assertThat(propose(code, open).reasoning())
        .contains("the time is spent inside `Segment.__init__`");
    var library = with(unsettled(8), call);
    assertThat(propose(code, library).options())
        .extracting(Option::pattern)
        .containsExactly("write-your-own");
  }

  @Test
  void leavesADeliberateWaitAlone() throws IOException {
    var proposal = propose(LOOP, hotspot(HOT, HotspotType.SYNC, 100, 5, 0.6, true));
    assertThat(recommended(proposal).pattern()).isEqualTo("leave-it");
    assertThat(proposal.reasoning()).contains("on purpose");
  }

  @Test
  void withoutTheSourceThereAreNoDraftsAndNothingIsGuessed() {
    var proposal =
        new Proposer(List.of())
            .propose(
                hotspot(HOT, HotspotType.CONTAINER, 6400, 0.5, 0.2, false),
                Observed.of(new LineProfile(List.of())),
                new Sources(checkout),
                catalog);
    assertThat(proposal.options()).extracting(Option::pattern).containsExactly("write-your-own");
    assertThat(proposal.context()).isEmpty();
  }

  @Test
  void headsNameOnlyFactsThatThereAre() {
    var known = Arrays.stream(Known.values()).map(Known::word).toList();
    assertThat(catalog.patterns())
        .flatExtracting(
            p ->
                Stream.concat(
                        p.head().fit().when().stream().flatMap(List::stream),
                        p.head().fit().unless().stream())
                    .toList())
        .allMatch(word -> known.contains(word) || Sights.WORDS.contains(word));
  }

  @Test
  void pitfallsAreNeverProposed() throws IOException {
    for (var type : HotspotType.values()) {
      assertThat(propose(LOOP, hotspot(HOT, type, 6400, 0.5, 0.2, false)).options())
          .noneMatch(o -> o.pattern().startsWith("pitfall"));
    }
  }
}

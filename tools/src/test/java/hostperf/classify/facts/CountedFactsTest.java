package hostperf.classify.facts;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.Classifier;
import hostperf.classify.Hotspot;
import hostperf.classify.Marked;
import hostperf.fact.CallFact;
import hostperf.fact.Counted;
import hostperf.fact.Facts;
import hostperf.fact.LineFact;
import hostperf.fact.LoopFact;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.profile.Observed;
import hostperf.source.PythonFile;
import hostperf.source.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the passes counted is told, and asks what reading cannot answer by itself.
class CountedFactsTest {
  private static final String TEXT =
      """
      class Engine:
          def step(self, rows):
              n = len(rows)
              for row in rows:
                  if row.special:
                      self.handle(row)
                  self.key(row)
              return n

          def key(self, row):
              return (row.a, row.b)
      """;

  private static final Map<Integer, Long> HITS =
      Map.of(3, 100L, 4, 6_500L, 5, 6_400L, 6, 7L, 7, 6_400L, 8, 100L);

  private static Hotspot at(int line, Facts facts) {
    var file = PythonFile.of("engine.py", TEXT);
    var lines = new ArrayList<LineCost>();
    for (int i = 2; i <= 8; i++) {
      long hits = HITS.getOrDefault(i, 0L);
      lines.add(new LineCost(i, hits, hits * 1e-6, file.line(i)));
    }
    var step = new FunctionProfile("Engine.step", "engine.py", 2, 0.02, lines);
    var observed =
        new Observed(
            Optional.empty(),
            new LineProfile(List.of(step)),
            facts,
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of());
    return new Classifier(Marked.HEADS)
        .hotspots(observed, Sources.of(file), Marked.target("generic"), 20).stream()
            .filter(h -> h.place().line() == line)
            .findFirst()
            .orElseThrow();
  }

  private static Facts facts(List<CallFact> calls, List<LoopFact> loops) {
    return new Facts(Counted.in(100, 1), List.of(), calls, loops, Map.of());
  }

  private static List<String> texts(Hotspot hotspot) {
    return hotspot.judgement().facts().stream().map(Fact::text).toList();
  }

  @Test
  void saysHowOftenALineAndItsLoopRun() {
    assertThat(texts(at(7, Facts.NONE)))
        .contains(
            "It ran 6,400 times, 64 times per call of `step`",
            "The loop over `rows` at line 4 turns 64 times each time it is reached");
  }

  @Test
  void aTestThatIsSeldomTrueAsksWhatMakesItTrue() {
    var test = at(5, Facts.NONE);
    assertThat(texts(test)).contains("The test was true 7 of 6,400 times");
    assertThat(test.judgement().question().orElseThrow()).contains("What makes `row.special` true");
    assertThat(test.typeWords()).isEqualTo("DEAD_WORK?");
  }

  @Test
  void whatRepeatsInACalleeIsToldWhereItIsCalled() {
    var place = new LineFact.Place("engine.py", 10, "Engine.key");
    var again = new CallFact(place, 6_400, 6_000, 5_000, 5_500, 0, false);
    var call = at(7, facts(List.of(again), List.of()));
    assertThat(texts(call))
        .contains(
            "`Engine.key` had the arguments and the result of an earlier call of the same step in 5,000 of 6,000 calls that could be compared, of 6,400 that were looked at");
    assertThat(call.typeWords()).isEqualTo("HOIST?");
    assertThat(call.judgement().question().orElseThrow()).contains("stale");
  }

  @Test
  void aResultThatNeverDiffersAsksWhenItWould() {
    var place = new LineFact.Place("engine.py", 10, "Engine.key");
    var one = new CallFact(place, 6_400, 6_400, 0, 0, 0, true);
    var call = at(7, facts(List.of(one), List.of()));
    assertThat(texts(call))
        .contains("`Engine.key` gave the same result in all 6,400 calls that were looked at");
    assertThat(call.judgement().question().orElseThrow())
        .isEqualTo(
            "In which case does `Engine.key` give another result, and is that known before it is called?");
  }

  @Test
  void aLoopOverTheSameItemsIsTold() {
    var place = new LineFact.Place("engine.py", 4, "Engine.step");
    var loop = at(4, facts(List.of(), List.of(new LoopFact(place, 100, 99, 98))));
    assertThat(texts(loop))
        .contains(
            "Line 4: 98 of 99 runs of this loop had the same items as the run compared before it");
    assertThat(loop.typeWords()).contains("REDUNDANT_ITER");
  }

  /// Where a pass looked, a name that may be a tensor's is no news.
  @Test
  void aNameAloneIsNoCandidateWhereAPassLooked() {
    var text = "def f(self, next_tokens):\n    out = next_tokens.tolist()  # hot\n    return out\n";
    var marked = Marked.of(text);
    var looked =
        new Observed(
            Optional.empty(),
            marked.profile(),
            facts(List.of(), List.of()),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of());
    var hotspot =
        new Classifier(Marked.HEADS)
            .hotspots(looked, Sources.of(marked.file()), Marked.target("generic"), 5).stream()
                .filter(h -> h.place().line() == 2)
                .findFirst()
                .orElseThrow();
    assertThat(marked.first().typeWords()).contains("HOST_SYNC");
    assertThat(hotspot.typeWords()).doesNotContain("HOST_SYNC");
  }
}

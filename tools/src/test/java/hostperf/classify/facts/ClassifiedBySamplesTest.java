package hostperf.classify.facts;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.Classifier;
import hostperf.classify.Hotspot;
import hostperf.classify.Marked;
import hostperf.fact.Counted;
import hostperf.fact.Facts;
import hostperf.fact.LineFact;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.profile.Observed;
import hostperf.source.PythonFile;
import hostperf.source.Sources;
import hostperf.stacks.Frame;
import hostperf.stacks.Own;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import hostperf.stacks.Stack;
import hostperf.stacks.StackProfile;
import hostperf.stacks.ThreadStacks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// The line profiler gives the calling line all of its callee's time, and cheap lines of hot loops
/// more than their due. Samples know better.
class ClassifiedBySamplesTest {
  private static final String TEXT =
      """
      class Engine:
          def step(self, rows):
              out = self.render(rows)
              for row in rows:
                  self.count += 1
              return out

          def draw(self, rows):
              return sorted(rows)
      """;

  private static final LineProfile LINES =
      new LineProfile(
          List.of(
              new FunctionProfile(
                  "Engine.step",
                  "engine.py",
                  2,
                  2.0,
                  List.of(
                      cost(3, 100, 0.9, "        out = self.render(rows)"),
                      cost(4, 10_100, 0.5, "        for row in rows:"),
                      cost(5, 10_000, 0.6, "            self.count += 1"),
                      cost(6, 100, 0.0001, "        return out"))),
              new FunctionProfile(
                  "Engine.draw",
                  "engine.py",
                  8,
                  0.8,
                  // Called from elsewhere too, so that its hits do not show what called it.
                  List.of(cost(9, 140, 0.8, "        return sorted(rows)")))));

  private static LineCost cost(int line, long hits, double seconds, String source) {
    return new LineCost(line, hits, seconds, source);
  }

  private static Ranking ranking() {
    return ranking(1);
  }

  private static Ranking ranking(double factor) {
    var step = new Frame("Engine.step", "engine.py", 3);
    List<Stack> stacks = new ArrayList<>();
    add(stacks, 80, step, new Frame("Engine.draw", "engine.py", 9));
    add(stacks, 5, step);
    add(stacks, 8, new Frame("Engine.step", "engine.py", 4));
    add(stacks, 7, new Frame("Engine.step", "engine.py", 5));
    return ranking(
        stacks.stream().map(stack -> new Stack(stack.frames(), stack.weight() * factor)).toList());
  }

  private static Ranking ranking(List<Stack> stacks) {
    var root = new Root("Engine.step", "engine.py", Root.How.CONFIGURED);
    return Ranking.of(
        new StackProfile(
            List.of(new ThreadStacks(1, "main", stacks, false)), StackProfile.Unit.SAMPLES, "test"),
        Optional.empty(),
        root,
        new Own(Path.of(""), root));
  }

  private static void add(List<Stack> stacks, int times, Frame... frames) {
    stacks.add(new Stack(List.of(frames), times));
  }

  private static List<Hotspot> hotspots(Optional<Ranking> ranking, Facts facts) {
    return hotspots(ranking, LINES, facts, TEXT);
  }

  private static List<Hotspot> hotspots(
      Optional<Ranking> ranking, LineProfile lines, Facts facts, String text) {
    return new Classifier(Marked.HEADS)
        .hotspots(
            new Observed(ranking, lines, facts, List.of(), List.of(), Optional.empty(), Map.of()),
            Sources.of(PythonFile.of("engine.py", text)),
            Marked.target("generic"),
            20);
  }

  /// What a benchmark calls once is no step.
  @Test
  void whatRunsWithinARootThatIsCalledOnceIsNotCountedByTheStep() {
    var once =
        new LineProfile(
            List.of(
                new FunctionProfile(
                    "Engine.step",
                    "engine.py",
                    2,
                    2.0,
                    List.of(
                        cost(3, 1, 0.9, "        out = self.render(rows)"),
                        cost(4, 10_001, 0.5, "        for row in rows:"),
                        cost(5, 10_000, 0.6, "            self.count += 1"),
                        cost(6, 1, 0.0001, "        return out")))));
    var facts =
        hotspots(Optional.of(ranking(10)), once, Facts.NONE, TEXT).stream()
            .flatMap(h -> h.judgement().facts().stream())
            .map(Fact::text)
            .toList();
    assertThat(facts).contains("It ran 10,000 times").noneMatch(f -> f.contains("a step"));
  }

  /// Something held the process up at line 4 once, for longer than any line takes in all.
  @Test
  void oneLongStretchAtALineDoesNotRankItFirst() {
    var root = new Root("Engine.step", "engine.py", Root.How.CONFIGURED);
    var stacks = new ArrayList<Stack>();
    for (int i = 0; i < 200; i++) {
      stacks.add(new Stack(List.of(new Frame("Engine.step", "engine.py", 3)), 0.005));
      stacks.add(new Stack(List.of(new Frame("Engine.step", "engine.py", 5)), 0.005));
      stacks.add(new Stack(List.of(new Frame("Engine.step", "engine.py", 3)), 0.005));
      if (i == 120) {
        for (int n = 0; n < 500; n++) {
          stacks.add(new Stack(List.of(new Frame("Engine.step", "engine.py", 4)), 0.005));
        }
      }
    }
    var ranking =
        Ranking.of(
            new StackProfile(
                List.of(new ThreadStacks(1, "main", stacks, true)),
                StackProfile.Unit.SECONDS,
                "test"),
            Optional.empty(),
            root,
            new Own(Path.of(""), root));
    var hotspots = hotspots(Optional.of(ranking), Facts.NONE);
    assertThat(hotspots).extracting(h -> h.place().line()).startsWith(3, 5, 4);
    assertThat(hotspots.get(2).cost().share()).isGreaterThan(hotspots.getFirst().cost().share());
    assertThat(hotspots.get(2).judgement().facts())
        .extracting(Fact::text)
        .anyMatch(t -> t.startsWith("2500 ms of its samples are in a row, "));
  }

  /// 40 of the 140 calls of `draw` come from elsewhere: no step makes them.
  @Test
  void callsFromOutsideTheStepsAreNotOfAStep() {
    var lines =
        LINES.functions().stream()
            .map(
                f ->
                    new FunctionProfile(
                        f.name(),
                        f.file(),
                        f.line(),
                        f.seconds(),
                        f.lines().stream()
                            .map(
                                l ->
                                    new LineCost(
                                        l.line(),
                                        l.hits(),
                                        l.seconds(),
                                        l.source().replace("render", "draw")))
                            .toList()))
            .toList();
    var texts =
        hotspots(
                Optional.of(ranking(10)),
                new LineProfile(lines),
                Facts.NONE,
                TEXT.replace("render", "draw"))
            .stream()
            .filter(h -> h.place().line() == 9)
            .flatMap(h -> h.judgement().facts().stream())
            .map(Fact::text)
            .toList();
    assertThat(texts)
        .contains("It ran 140 times in all, within the steps and outside them")
        .noneMatch(t -> t.contains("1.4 times a step"));
  }

  @Test
  void whatTextCostsIsOfTheLineThatWantsIt() {
    var text =
        """
        class Engine:
            def step(self, rows):
                logger.debug(f"rows {rows}")
                return self.row

        class Row:
            def __repr__(self):
                return str(self.ids)
        """;
    List<Stack> stacks = new ArrayList<>();
    add(
        stacks,
        700,
        new Frame("Engine.step", "engine.py", 3),
        new Frame("Row.__repr__", "engine.py", 8));
    add(stacks, 300, new Frame("Engine.step", "engine.py", 4));
    var hotspots =
        hotspots(Optional.of(ranking(stacks)), new LineProfile(List.of()), Facts.NONE, text);
    assertThat(hotspots).extracting(h -> h.place().line()).containsExactly(3, 4);
    assertThat(hotspots.getFirst().cost().share()).isCloseTo(0.7, Offset.offset(1e-9));
  }

  @Test
  void aCalleesTimeIsItsOwnWhateverNameItGoesBy() {
    assertThat(hotspots(Optional.empty(), Facts.NONE))
        .filteredOn(h -> h.place().line() == 3)
        .allSatisfy(h -> assertThat(h.cost().share()).isGreaterThan(0.3));
    var hotspots = hotspots(Optional.of(ranking()), Facts.NONE);
    assertThat(hotspots.getFirst().place().line()).isEqualTo(9);
    assertThat(hotspots.getFirst().cost().share()).isCloseTo(0.8, Offset.offset(1e-9));
    assertThat(hotspots)
        .filteredOn(h -> h.place().line() == 3)
        .singleElement()
        .satisfies(h -> assertThat(h.cost().share()).isCloseTo(0.05, Offset.offset(1e-9)));
    assertThat(hotspots.stream().mapToDouble(h -> h.cost().share()).sum())
        .isCloseTo(1, Offset.offset(1e-9));
  }

  @Test
  void withoutHitsSamplesRankAndHowOftenIsNotClaimed() {
    var hotspots = hotspots(Optional.of(ranking()), new LineProfile(List.of()), Facts.NONE, TEXT);
    assertThat(hotspots).extracting(h -> h.place().line()).containsExactly(9, 4, 5, 3);
    assertThat(hotspots).allSatisfy(h -> assertThat(h.cost().hits()).isZero());
    assertThat(hotspots.stream().flatMap(h -> h.judgement().facts().stream()))
        .extracting(Fact::known)
        .doesNotContain(Known.RUNS, Known.TURNS, Known.SLOW_HIT, Known.SELDOM_TRUE);
    assertThat(hotspots.getLast().judgement().facts())
        .extracting(Fact::text)
        .contains("It calls `Engine.draw` (80.0%)");
  }

  @Test
  void aFunctionThatThePassLeftOutIsJudgedBesideThoseItCounted() {
    var step = LINES.functions().getFirst();
    var hotspots =
        hotspots(Optional.of(ranking()), new LineProfile(List.of(step)), Facts.NONE, TEXT);
    assertThat(hotspots.getFirst().place().function()).isEqualTo("Engine.draw");
    assertThat(hotspots.getFirst().cost().hits()).isZero();
    assertThat(hotspots.get(1).cost().hits()).isEqualTo(10_100);
  }

  @Test
  void saysWhatSharesAreOf() {
    assertThat(hotspots(Optional.of(ranking()), Facts.NONE).getFirst().cost().ofWhat())
        .isEqualTo("the time in Engine.step");
    assertThat(hotspots(Optional.empty(), Facts.NONE).getFirst().cost().ofWhat())
        .isEqualTo("the profiled time");
  }

  @Test
  void aHandfulOfSamplesRanksNothing() {
    assertThat(hotspots(Optional.of(ranking(0.1)), Facts.NONE).getFirst().cost().ofWhat())
        .isEqualTo("the profiled time");
  }

  @Test
  void aLineWithoutSamplesIsShownForWhatItDoes() {
    var fact =
        new LineFact(
            LineFact.Kind.READ_BACK,
            new LineFact.Place("/src/engine.py", 6, "Engine.step"),
            "",
            100,
            0,
            0);
    var facts = new Facts(Counted.in(100, 1), List.of(fact), List.of(), List.of(), Map.of());
    assertThat(hotspots(Optional.of(ranking()), Facts.NONE)).noneMatch(h -> h.place().line() == 6);
    assertThat(hotspots(Optional.of(ranking()), facts))
        .filteredOn(h -> h.place().line() == 6)
        .singleElement()
        .satisfies(h -> assertThat(h.type()).contains(HotspotType.HOST_SYNC));
  }

  /// 140,000 hits in 100 steps, of a function that no loop of its own repeats.
  @Test
  void aLineThatRunsManyTimesAStepIsNotOfTheStep() {
    assertThat(scopeOfDraw(100)).isEqualTo(Scope.PER_STEP);
    assertThat(scopeOfDraw(140)).isEqualTo(Scope.UNKNOWN);
    assertThat(scopeOfDraw(140_000)).isEqualTo(Scope.UNKNOWN);
  }

  private static Scope scopeOfDraw(long hits) {
    var step =
        List.of(
            cost(2, 0, 0, "    def step(self, rows):"),
            cost(3, 100, 0.9, "        out = self.render(rows)"),
            cost(6, 100, 0.0001, "        return out"));
    var draw =
        List.of(
            cost(8, 0, 0, "    def draw(self, rows):"),
            cost(9, hits, 0.8, "        return sorted(rows)"));
    var lines =
        new LineProfile(
            List.of(
                new FunctionProfile("Engine.step", "engine.py", 2, 2.0, step),
                new FunctionProfile("Engine.draw", "engine.py", 8, 0.8, draw)));
    var observed =
        new Observed(
            Optional.of(ranking()),
            lines,
            Facts.NONE,
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of());
    return new Classifier(Marked.HEADS)
            .hotspots(
                observed,
                Sources.of(PythonFile.of("engine.py", TEXT)),
                Marked.target("generic"),
                10)
            .stream()
            .filter(h -> h.place().line() == 9)
            .map(h -> h.judgement().scope())
            .findFirst()
            .orElseThrow();
  }
}

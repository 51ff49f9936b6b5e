package hostperf.report;

import static hostperf.report.ProfiledRuns.STEP;
import static hostperf.report.ProfiledRuns.function;
import static hostperf.report.ProfiledRuns.profiled;
import static org.assertj.core.api.Assertions.assertThat;

import hostperf.agent.Profiled;
import hostperf.agent.Profiled.DifferenceRow;
import hostperf.agent.Profiled.FactRow;
import hostperf.agent.Profiled.FunctionRow;
import hostperf.agent.Profiled.LineRow;
import hostperf.agent.Profiled.PlaceRow;
import hostperf.agent.Profiled.RankFactRow;
import hostperf.agent.Profiled.RankRow;
import hostperf.agent.Profiled.RootRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProfiledTextTest {
  @Test
  void saysWhatTheSlowestAndTheMedianRankDo() {
    var plain = profiled(Optional.of(STEP), List.of(function("hash_block", 0.5, 12)), List.of());
    var work = List.of(new PlaceRow("engine.py", 0, "work", 0.6));
    var text =
        ProfiledText.of(
            ranked(
                plain,
                List.of(
                    new RankRow(12, "2", Optional.of("n2"), Optional.of("slowest"), work),
                    new RankRow(11, "1", Optional.of("n1"), Optional.of("median"), work),
                    new RankRow(10, "", Optional.empty(), Optional.empty(), work)),
                List.of(
                    new DifferenceRow(
                        12, "2", new PlaceRow("engine.py", 27, "work", 0.3), 0.1, false),
                    new DifferenceRow(
                        10, "", new PlaceRow("engine.py", 30, "meet", 0.5), 0.4, true)),
                List.of(
                    new RankFactRow(12, "2", "engine.py", 30, "meet", "Barrier.wait takes less"),
                    new RankFactRow(77, "", "", 0, "", "garbage collection takes more"))));
    assertThat(text)
        .contains(
            """
            Rank 2 on n2, the slowest: work 60.0%.
            Rank 1 on n1, nearest to the median: work 60.0%.
            Process 10: work 60.0%.
            … and 1 rank more
            Rank 2 spends 30.0% of the median process's time at engine.py:27 in work; the median process, 10.0%.
            Process 10 spends 50.0% of the median process's time at engine.py:30 in meet, where it waits; the median process, 40.0%.
            Rank 2 at engine.py:30 in meet: Barrier.wait takes less.
            In the pass `facts`, process 77: garbage collection takes more.
            """);
  }

  private static Profiled ranked(
      Profiled p, List<RankRow> ranks, List<DifferenceRow> differences, List<RankFactRow> facts) {
    return copy(p, p.tree(), ranks, ranks.size() + 1, differences, facts);
  }

  private static Profiled withTree(Profiled p, List<Profiled.TreeRow> tree) {
    return copy(p, tree, p.ranks(), p.ranksTotal(), p.rankDifferences(), p.rankFacts());
  }

  private static Profiled copy(
      Profiled p,
      List<Profiled.TreeRow> tree,
      List<RankRow> ranks,
      int ranksTotal,
      List<DifferenceRow> differences,
      List<RankFactRow> facts) {
    return new Profiled(
        p.profileId(),
        p.suffix(),
        p.root(),
        tree,
        p.treeHidden(),
        p.functions(),
        p.functionsTotal(),
        p.linesTotal(),
        p.callees(),
        p.calleesTotal(),
        p.facts(),
        p.factsTotal(),
        p.outside(),
        p.threads(),
        p.threadsTotal(),
        ranks,
        ranksTotal,
        differences,
        facts,
        p.drillDown(),
        p.coverage(),
        p.metrics(),
        p.distortion(),
        p.notLookedFor(),
        p.warnings(),
        p.files(),
        p.next());
  }

  @Test
  void putsASlowPassFirstThenTheTreeThenStatementsWithWhatTheyDid() {
    var facts =
        List.of(
            new FactRow("/src/engine.py", 12, "hash_block", "pickle.dumps, 40 times", "measured"),
            new FactRow("/src/engine.py", 99, "close", "sleep, once", "measured"));
    assertThat(
            ProfiledText.of(
                profiled(Optional.of(STEP), List.of(function("hash_block", 0.5, 12)), facts)))
        .isEqualTo(
            """
            The pass `lines` made the workload 4.1 times slower: take counts from it, not times.
            Profile p3. Shares are of the time in Engine.step (found where the busiest thread's time divides; `workload.root` in hostperf.yaml names another): 4.20 s in 840 samples. Own time includes the libraries and builtins that a function calls. The first 5.0% of it differ and are left out as warm-up. Slower under the passes, by one launch each: lines 4.1 times.
            throughput without a pass: 5.00 tok/s

             total     own  calls a step  function, where it is defined
            100.0%    3.0%  1             Engine.step  engine.py:10
             50.0%   50.0%  41              hash_block  engine.py:10  (25.0% here, 2 callers met; waits, or native code: holds the lock 1.0%)
            … and 2 functions more with 12.0% of their own, each at most 3.0% in total but for those that only lead on to others

            Own time by statement (±1.7 points by chance at 50.0%):
             50.0%  engine.py:12  hash_block, 1,200 hits
                    `return sha(data)`
                    · pickle.dumps, 40 times
             50.0%  in 3 statements more
            hash_block takes 50.0%, called from 2 lines: allocate:30 (30.0%), free:44 (20.0%)
            /src/engine.py:99 close: sleep, once
            … and 1 fact more
            Between the calls of Engine.step: 10.0% of the thread's time, at bench.py:3 main (10.0%).
            Thread poller of process 7 was mostly at engine.py:40 poll (99.0%).
            Hits are counted in functions with 93.0% of the time.
            Not looked for: exceptions (needs Python 3.12 or newer).
            File: profiles/profile.7.speedscope.json
            """);
  }

  /// A function that a benchmark calls once is no step, however it was found.
  @Test
  void countsNoCallsByTheStepWhereTheRootRanOnce() {
    var plain = profiled(Optional.of(STEP), List.of(function("hash_block", 0.5, 12)), List.of());
    var tree =
        plain.tree().stream()
            .map(
                row ->
                    new Profiled.TreeRow(
                        row.depth(),
                        row.name(),
                        row.file(),
                        row.line(),
                        row.selfShare(),
                        row.totalShare(),
                        row.callsPerStep().map(Double::longValue),
                        Optional.empty(),
                        row.holdsLock(),
                        Optional.empty(),
                        row.fromCaller(),
                        row.recursive()))
            .toList();
    assertThat(ProfiledText.of(withTree(plain, tree)))
        .contains("Engine.step ran once, so it is not a step: calls are those of the whole launch.")
        .contains("own  calls  function, where it is defined")
        .contains("(25.0% here; waits, or native code")
        .doesNotContain("a step ");
  }

  @Test
  void saysThatTheRankingIsDistortedWithoutSamples() {
    var function =
        new FunctionRow(
            "step",
            "engine.py",
            Optional.of(1),
            Optional.empty(),
            Optional.empty(),
            Optional.of(2L),
            Optional.of(1.0),
            Optional.empty(),
            List.of(
                new LineRow(
                    2,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(10L),
                    Optional.of(50_000.0),
                    "x = f()")));
    assertThat(ProfiledText.of(profiled(Optional.empty(), List.of(function), List.of())))
        .contains("There are no samples, so the ranking is distorted")
        .contains("step (engine.py:1): 1.00 s under the line profiler, in 2 calls")
        .contains("50.0% of it  line 2, 10 hits, 50.0 ms each: `x = f()`");
  }

  @Test
  void staysShortAndCountsWhatItLeavesOut() {
    var functions =
        IntStream.range(0, 18).mapToObj(i -> function("function_" + i, 0.05, 12 + i)).toList();
    var facts =
        IntStream.range(0, 60)
            .mapToObj(i -> new FactRow("engine.py", 200 + i, "f", "a fact ".repeat(12), "measured"))
            .toList();
    var text = ProfiledText.of(profiled(Optional.of(STEP), functions, facts));
    assertThat(text.length()).isLessThanOrEqualTo(5_700);
    assertThat(text).containsPattern("… and \\d+ facts more").contains("function_0");
  }

  @Test
  void functionsThatTakeMuchStayInAShortenedAnswerThoughNoneOfTheLinesIsTheirs() {
    var functions =
        Stream.of(
                Stream.of(without("schedule", 0.15, 0.6, "own")),
                IntStream.range(0, 18).mapToObj(i -> function("function_" + i, 0.05, 12 + i)),
                Stream.of(without("update_from_output", 0.004, 0.34, "total")))
            .flatMap(rows -> rows)
            .toList();
    var facts =
        IntStream.range(0, 60)
            .mapToObj(i -> new FactRow("engine.py", 200 + i, "f", "a fact ".repeat(12), "measured"))
            .toList();
    var text = ProfiledText.of(profiled(Optional.of(STEP), functions, facts));
    assertThat(text.length()).isLessThanOrEqualTo(5_700);
    assertThat(text)
        .containsPattern("60\\.0% +15\\.0% +41 +schedule")
        .containsPattern("34\\.0% +0\\.4% +41 +update_from_output");
  }

  private static FunctionRow without(String name, double own, double total, String by) {
    return new FunctionRow(
        name,
        "engine.py",
        Optional.of(400),
        Optional.of(own),
        Optional.of(total),
        Optional.empty(),
        Optional.of(1.4),
        Optional.of(by),
        List.of());
  }

  @Test
  void ofSharesWithoutSamplesNoErrorIsSaid() {
    assertThat(textOf(Optional.of(4.2), 0)).doesNotContain("by chance");
  }

  /// Late samples tell neither seconds nor how sure a share is.
  @Test
  void ofLateSamplesNoErrorIsSaid() {
    assertThat(textOf(Optional.of(4.2), 840)).contains("points by chance");
    assertThat(textOf(Optional.empty(), 840))
        .contains(
            "(found where the busiest thread's time divides; `workload.root` in hostperf.yaml names another): 840 samples.")
        .doesNotContain("by chance");
  }

  private static String textOf(Optional<Double> seconds, long samples) {
    var root =
        new RootRow("Engine.step", "engine.py", "found", seconds, samples, Optional.empty(), 0);
    var rows = List.of(function("hash_block", 0.5, 12));
    return ProfiledText.of(profiled(Optional.of(root), rows, List.of()));
  }

  @Test
  void aCommandSaysByWhatItsPassesAreJudgedAndTheSlowOneFirst() {
    var run = profiled(Optional.of(STEP), List.of(function("hash_block", 0.5, 12)), List.of());
    assertThat(ProfiledText.of(ofCommand(run, run.distortion())))
        .startsWith("The pass `lines` made the workload 4.1 times slower: take counts from it")
        .contains("Slower under the passes, by the mean time of these calls: lines 4.1 times.");
  }

  /// It counts nothing, and every share is of it.
  @Test
  void ofASlowPassOfSamplesSharesHold() {
    var run = profiled(Optional.of(STEP), List.of(function("hash_block", 0.5, 12)), List.of());
    assertThat(ProfiledText.of(ofCommand(run, Map.of("samples", 7.5))))
        .startsWith(
            "The pass `samples` made the workload 7.5 times slower: take shares from it, not times.");
  }

  private static Profiled ofCommand(Profiled run, Map<String, Double> distortion) {
    return new Profiled(
        Optional.empty(),
        Optional.empty(),
        run.root(),
        run.tree(),
        run.treeHidden(),
        run.functions(),
        run.functionsTotal(),
        run.linesTotal(),
        run.callees(),
        run.calleesTotal(),
        run.facts(),
        run.factsTotal(),
        run.outside(),
        run.threads(),
        run.threadsTotal(),
        run.ranks(),
        run.ranksTotal(),
        run.rankDifferences(),
        run.rankFacts(),
        run.drillDown(),
        run.coverage(),
        List.of(),
        distortion,
        run.notLookedFor(),
        run.warnings(),
        run.files(),
        run.next());
  }

  @Test
  void ofAFlatProfileItSaysThatNoStatementStandsOut() {
    var rows = IntStream.range(0, 6).mapToObj(i -> function("f" + i, 0.019, 12 + i)).toList();
    assertThat(ProfiledText.of(profiled(Optional.of(STEP), rows, List.of())))
        .contains(
            "No statement stands out: the most expensive takes 1.9% of its own (±0.5 points by"
                + " chance). In no sure order:\n  1.9%  engine.py:12, 1,200 hits  `return sha(data)`\n");
  }
}

package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.stacks.Frame;
import hostperf.stacks.Ranking;
import hostperf.stacks.Rankings;
import hostperf.stacks.Root;
import hostperf.stacks.Shares;
import hostperf.stacks.Stack;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchmarkShareTest {
  private static final Frame ROOT = new Frame("main", "/repo/bench.py", 10);
  private static final Frame STEP = new Frame("Engine.step", "/repo/engine/core.py", 5);

  private static Ranking ranking(double inBenchmark, double inEngine) {
    var shares =
        Shares.of(
            List.of(
                new Stack(List.of(ROOT), inBenchmark), new Stack(List.of(ROOT, STEP), inEngine)));
    return ranking(shares, shares, inBenchmark, inEngine);
  }

  private static Ranking ranking(Shares shares, Shares own, double inBenchmark, double inEngine) {
    return Rankings.of(
        new Root("main", "/repo/bench.py", Root.How.FOUND), shares, own, inBenchmark + inEngine);
  }

  @Test
  void tellsWhatTheBenchmarkTakesOfTheRootsTime() {
    assertThat(BenchmarkShare.remark(ranking(30, 70), Set.of("bench.py"), Path.of("/repo")))
        .hasValue(
            "The benchmark's own code (bench.py) takes 30.0% of the root's time; no patch of the"
                + " engine removes it.");
  }

  /// What it calls of the standard library is its own, as in the table beside.
  @Test
  void countsTheLibrariesThatTheBenchmarkCalls() {
    var random = new Frame("Random.randrange", "/usr/lib/python3.11/random.py", 300);
    var shares =
        Shares.of(
            List.of(new Stack(List.of(ROOT, random), 20), new Stack(List.of(ROOT, STEP), 80)));
    var own = Shares.of(List.of(new Stack(List.of(ROOT), 20), new Stack(List.of(ROOT, STEP), 80)));
    assertThat(
            BenchmarkShare.remark(
                ranking(shares, own, 20, 80), Set.of("bench.py"), Path.of("/repo")))
        .hasValueSatisfying(text -> assertThat(text).contains("takes 20.0% of the root's time"));
  }

  @Test
  void saysNothingOfLittle() {
    assertThat(BenchmarkShare.remark(ranking(0.5, 99.5), Set.of("bench.py"), Path.of("/repo")))
        .isEmpty();
  }
}

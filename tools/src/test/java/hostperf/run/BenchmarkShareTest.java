package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.stacks.Frame;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import hostperf.stacks.Shares;
import hostperf.stacks.Stack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchmarkShareTest {
  private static Ranking ranking(double inBenchmark, double inEngine) {
    var root = new Frame("main", "/repo/bench.py", 10);
    var step = new Frame("Engine.step", "/repo/engine/core.py", 5);
    var shares =
        Shares.of(
            List.of(
                new Stack(List.of(root), inBenchmark), new Stack(List.of(root, step), inEngine)));
    return new Ranking(
        new Root("main", "/repo/bench.py", Root.How.FOUND),
        shares,
        shares,
        inBenchmark + inEngine,
        100,
        1,
        0,
        List.of(),
        0,
        Map.of(),
        List.of(),
        Map.of(),
        List.of());
  }

  @Test
  void tellsWhatTheBenchmarkTakesOfTheRootsTime() {
    assertThat(BenchmarkShare.remark(ranking(30, 70), Set.of("bench.py"), Path.of("/repo")))
        .hasValue(
            "The benchmark's own code (bench.py) takes 30.0% of the root's time; no patch of the"
                + " engine removes it.");
  }

  @Test
  void saysNothingOfLittle() {
    assertThat(BenchmarkShare.remark(ranking(0.5, 99.5), Set.of("bench.py"), Path.of("/repo")))
        .isEmpty();
  }
}

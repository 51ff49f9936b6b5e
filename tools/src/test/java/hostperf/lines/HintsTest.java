package hostperf.lines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HintsTest {
  @Test
  void seesALoopOverOneElementOnBothWaysOfCountingTheHeader() {
    for (long header : new long[] {10, 20}) {
      FunctionProfile function =
          function(
              line(0, 0, "def f(xs):"),
              line(10, 1, "    out = 0"),
              line(header, 1, "    for x in xs:"),
              line(10, 1, "        out += x"),
              line(10, 1, "    return out"));

      assertThat(Hints.of(function))
          .containsExactly(new Hint.LoopOverOne(function.lines().get(2), 10));
    }
  }

  @Test
  void seesALoopWithinALoopWithItsTurns() {
    FunctionProfile function =
        function(
            line(0, 0, "def f(xs):"),
            line(2, 1, "    out = 0"),
            line(20, 1, "    for x in xs:"),
            line(100, 1, "        for y in x:"),
            line(80, 5, "            out += y"),
            line(2, 1, "    return out"));

    assertThat(Hints.of(function))
        .containsExactly(new Hint.NestedLoop(function.lines().get(4), 40, 4));
  }

  @Test
  void addsUpEqualLines() {
    FunctionProfile function =
        function(
            line(0, 0, "def f(r):"),
            line(4, 3, "    n = r.tokens()"),
            line(4, 10, "    work(n)"),
            line(4, 3, "    n = r.tokens()"));

    assertThat(Hints.of(function))
        .containsExactly(
            new Hint.RepeatedLines(
                List.of(function.lines().get(1), function.lines().get(3)), 6, 6.0 / 16));
  }

  @Test
  void saysNothingOfAPlainLoop() {
    assertThat(
            Hints.of(
                function(
                    line(0, 0, "def f(xs):"),
                    line(3, 1, "    out = 0"),
                    line(33, 1, "    for x in xs:"),
                    line(30, 1, "        out += x"))))
        .isEmpty();
  }

  @Test
  void callsAreThoseOfTheOutermostBlockAndNotOfARareBranch() {
    assertThat(
            function(
                    line(0, 0, "def f(xs):"),
                    line(300, 1, "    out = 0"),
                    line(300, 1, "    if out:"),
                    line(3, 1, "        rare()"),
                    line(9_000, 1, "    ids = [x for x in xs]"),
                    line(9_300, 1, "    for x in xs:"),
                    line(9_000, 1, "        out += x"))
                .calls())
        .isEqualTo(300);
  }

  @Test
  void callsAreTheLeastHitsWhereTheSourceIsNotShown() {
    assertThat(function(line(40, 1, ""), line(4, 1, ""), line(0, 0, "")).calls()).isEqualTo(4);
  }

  private static LineCost line(long hits, double seconds, String source) {
    return new LineCost(0, hits, seconds, source);
  }

  private static FunctionProfile function(LineCost... lines) {
    List<LineCost> numbered =
        IntStream.range(0, lines.length)
            .mapToObj(
                i -> new LineCost(i + 1, lines[i].hits(), lines[i].seconds(), lines[i].source()))
            .toList();
    double seconds = numbered.stream().mapToDouble(LineCost::seconds).sum();
    return new FunctionProfile("f", "f.py", 1, seconds, numbered);
  }
}

package hostperf.tool;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.stacks.Frame;
import hostperf.stacks.Ranking;
import hostperf.stacks.Rankings;
import hostperf.stacks.Root;
import hostperf.stacks.Shares;
import hostperf.stacks.Shares.FunctionShare;
import hostperf.stacks.Stack;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A step whose largest part spends its time in small functions.
class ShownTest {
  private static Stack stack(double weight, String... functions) {
    return new Stack(
        Stream.of(functions).map(f -> new Frame(f, "engine.py", f.hashCode() & 0xFFF)).toList(),
        weight);
  }

  private static Ranking ranking(Stack... stacks) {
    var shares = Shares.of(List.of(stacks));
    return Rankings.of(new Root("step", "engine.py", Root.How.FOUND), shares, shares, 1);
  }

  private static final Ranking STEP =
      ranking(
          stack(15, "step", "run", "schedule", "allocate"),
          stack(13, "step", "run", "schedule", "hash"),
          stack(12, "step", "run", "schedule"),
          stack(11, "step", "run", "free"),
          stack(10, "step", "run", "log"),
          stack(9, "step", "run", "update", "append"),
          stack(8, "step", "run", "update", "check"),
          stack(7, "step", "run", "update", "stop"),
          stack(6, "step", "run", "update"),
          stack(9, "step", "run", "finish", "collect"));

  private static List<String> names(List<FunctionShare> functions) {
    return functions.stream().map(FunctionShare::function).toList();
  }

  /// `step` is the root, `run` is not: it divides. `finish` leads to `collect` alone.
  @Test
  void fiveByOwnTimeAndThenWhatTakesMuchWithWhatItCalls() {
    var shown = Shown.of(STEP, _ -> false);
    assertThat(names(shown.byOwn())).containsExactly("allocate", "hash", "schedule", "free", "log");
    assertThat(names(shown.byTotal())).containsExactly("run", "update", "append");
  }

  @Test
  void aChainOfSingleCallsToAFunctionIsNotShown() {
    var chain =
        ranking(
            stack(50, "step", "run", "loop", "update", "append"),
            stack(45, "step", "run", "loop", "update", "check"),
            stack(5, "step", "run", "loop"));
    var shown = Shown.of(chain, _ -> false);
    assertThat(names(shown.byOwn())).containsExactly("append", "check", "loop");
    assertThat(names(shown.byTotal())).containsExactly("update");
  }

  @Test
  void aFunctionWithALineThatIsShownCountsByItsOwnTimeAndIsShownOnce() {
    var shown = Shown.of(STEP, f -> f.function().equals("update"));
    assertThat(names(shown.byOwn())).endsWith("log", "update");
    assertThat(names(shown.byTotal())).doesNotContain("update").startsWith("run");
  }
}

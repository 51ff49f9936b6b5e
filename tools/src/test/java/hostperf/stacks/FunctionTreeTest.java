package hostperf.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FunctionTreeTest {
  private static Stack stack(double weight, String path) {
    return new Stack(
        Stream.of(path.split(";"))
            .map(f -> new Frame(f, "engine.py", Math.abs(f.hashCode() % 900) + 1))
            .toList(),
        weight);
  }

  private static FunctionTree tree(int most, Stack... stacks) {
    return FunctionTree.of(
        Shares.of(List.of(stacks)), new Root("step", "engine.py", Root.How.FOUND), most);
  }

  /// As it is read: two blanks a level, total and own in percent.
  private static List<String> shown(FunctionTree tree) {
    return tree.rows().stream()
        .map(
            row ->
                "%s%s %.0f %.0f"
                    .formatted(
                        "  ".repeat(row.depth()),
                        row.function().function(),
                        100 * row.function().total(),
                        100 * row.function().own()))
        .toList();
  }

  @Test
  void eachFunctionStandsOnceBelowTheCallerThatSpendsMostInItWithItsTotal() {
    var tree =
        tree(
            30,
            stack(10, "step"),
            stack(20, "step;schedule"),
            stack(26, "step;schedule;hash"),
            stack(15, "step;update;hash"),
            stack(29, "step;update"));
    assertThat(shown(tree))
        .containsExactly("step 100 10", "  schedule 46 20", "    hash 41 41", "  update 44 29");
    var hash = tree.rows().get(2);
    assertThat(hash.callers()).isEqualTo(2);
    assertThat(hash.fromCaller()).isEqualTo(0.26);
    assertThat(tree.hidden()).isZero();
  }

  @Test
  void whatCallsItselfIsCountedOnceAndMarked() {
    var tree =
        tree(
            30,
            stack(40, "step;walk;walk;walk"),
            stack(30, "step;walk;visit;walk"),
            stack(30, "step;walk;visit"));
    assertThat(shown(tree)).containsExactly("step 100 0", "  walk 100 70", "    visit 60 30");
    assertThat(tree.rows())
        .extracting(FunctionTree.Row::recursive)
        .containsExactly(false, true, false);
  }

  @Test
  void whatOnlyPassesACallOnIsLeftOut() {
    var tree =
        tree(
            30,
            stack(60, "step;__call__;_call_impl;forward"),
            stack(35, "step;__call__;_call_impl;forward;draw"),
            stack(5, "step"));
    assertThat(shown(tree)).containsExactly("step 100 5", "  forward 95 60", "    draw 35 35");
  }

  @Test
  void whatIsCalledByWayOfOneThatIsLeftOutHasThatOneForACaller() {
    var tree =
        tree(
            30,
            stack(40, "step;prefill;helper;evict"),
            stack(20, "step;decode;helper;evict"),
            stack(20, "step;prefill"),
            stack(20, "step;decode"));
    assertThat(shown(tree))
        .containsExactly("step 100 0", "  prefill 60 20", "    evict 60 60", "  decode 40 20");
    var evict = tree.rows().get(2);
    assertThat(evict.fromCaller()).isEqualTo(0.4);
    assertThat(evict.callers()).isEqualTo(1);
  }

  @Test
  void theSmallestAreLeftOutAndCounted() {
    var stacks =
        IntStream.range(0, 40).mapToObj(i -> stack(100 + i, "step;f" + i)).toArray(Stack[]::new);
    var tree = tree(10, stacks);
    assertThat(tree.rows()).hasSize(10);
    assertThat(tree.rows().get(1).function().function()).isEqualTo("f39");
    assertThat(tree.hidden()).isEqualTo(31);
    double shown = tree.rows().stream().mapToDouble(row -> row.function().own()).sum();
    assertThat(tree.hiddenOwn() + shown).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(tree.hiddenMost()).isLessThan(tree.rows().getLast().function().total());
  }

  /// The largest total that is named is of those that are counted.
  @Test
  void whatPassesACallOnIsCountedButNotAmongTheSmall() {
    var tree =
        tree(
            3,
            stack(5, "step;run"),
            stack(995, "step;run;forward"),
            stack(3, "step;log"),
            stack(2, "step;log;write"));
    assertThat(shown(tree)).containsExactly("step 100 0", "  forward 99 99");
    assertThat(tree.hidden()).isEqualTo(3);
    assertThat(tree.hiddenMost()).isLessThan(0.01);
  }

  /// As cProfile's results: there is no root, and functions call each other in a circle.
  @Test
  void withoutARootThoseThatNobodyCallsStandOnTop() {
    var shares =
        Shares.of(List.of(stack(50, "main;a;b;a"), stack(30, "other;b"), stack(20, "main")));
    var tree = FunctionTree.of(shares, new Root("", "", Root.How.WHOLE), 30);
    assertThat(shown(tree)).containsExactly("main 70 20", "  a 50 50", "    b 80 30", "other 30 0");
  }

  @Test
  void thousandsOfCallsDeepIsNoTrouble() {
    var deep =
        String.join(";", IntStream.range(0, 3_000).mapToObj(i -> "f" + i).toArray(String[]::new));
    var tree = tree(30, stack(90, "step;" + deep), stack(10, "step"));
    assertThat(shown(tree)).startsWith("step 100 10").hasSize(2);
  }
}

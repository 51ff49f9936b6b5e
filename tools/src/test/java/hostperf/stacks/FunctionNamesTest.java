package hostperf.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionNamesTest {
  @TempDir Path temp;

  private Frame module(Path file) {
    return new Frame("<module>", file.toString(), 1);
  }

  @Test
  void qualifiesNamesBySourceAndLeavesWhatOnlyImportsRun() throws IOException {
    Path file = temp.resolve("engine.py");
    Files.writeString(file, "class Engine:\n    def step(self):\n        pass\n");
    var step = new Frame("step", file.toString(), 3);
    var imported = new Frame("step", file.toString(), 2);
    var ran = new Stack(List.of(module(file), step), 1);
    var importing = new Stack(List.of(module(file), module(file), step, module(file), imported), 1);
    var named =
        new FunctionNames(new Sources(temp))
            .in(Tracks.profile(Tracks.main(List.of(ran, importing))));
    var stacks = named.tracks().getFirst().stacks();
    assertThat(stacks.getFirst().frames().getLast().function()).isEqualTo("Engine.step");
    assertThat(stacks.getLast().frames().getLast().function()).isEqualTo("step");
  }

  /// Others call it than the function that made it.
  @Test
  void aLambdaIsAFunctionOfItsOwn() throws IOException {
    Path file = temp.resolve("keys.py");
    Files.writeString(file, "def key_of(page):\n    return lambda ids: ids[:page]\n");
    var walk = new Frame("walk", file.toString(), 0);
    var called = new Frame("<lambda>", file.toString(), 2);
    var named =
        new FunctionNames(new Sources(temp))
            .in(Tracks.profile(Tracks.main(List.of(new Stack(List.of(walk, called), 1)))));
    assertThat(named.tracks().getFirst().stacks().getFirst().frames().getLast().function())
        .isEqualTo("key_of.<lambda>");
  }

  /// It runs in the function around it, and is given its name by the profiler.
  @Test
  void theLineOfADefIsOfTheFunctionAroundIt() throws IOException {
    Path file = temp.resolve("sampling.py");
    Files.writeString(
        file,
        """
        def make(rows):
            def least(rows):
                return min(rows)
            return least(rows)
        """);
    var walk = new Frame("walk", file.toString(), 0);
    var making = new Stack(List.of(walk, new Frame("make", file.toString(), 2)), 1);
    var called = new Stack(List.of(walk, new Frame("least", file.toString(), 3)), 1);
    var named =
        new FunctionNames(new Sources(temp))
            .in(Tracks.profile(Tracks.main(List.of(making, called))));
    assertThat(named.tracks().getFirst().stacks())
        .extracting(stack -> stack.frames().getLast().function())
        .containsExactly("make", "make.least");
  }

  @Test
  void knowsWhichFunctionsStandWithinOthers() throws IOException {
    Path file = temp.resolve("blocks.py");
    Files.writeString(
        file,
        """
        class Blocks:
            def evict(self):
                def __evict_for_seq(seq):
                    return seq
                return __evict_for_seq(1)
        """);
    var names = new FunctionNames(new Sources(temp));
    assertThat(names.isNested(file.toString(), "Blocks.evict.__evict_for_seq")).isTrue();
    assertThat(names.isNested(file.toString(), "Blocks.evict")).isFalse();
  }
}

package hostperf.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.profile.Observed;
import hostperf.profile.Passes;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An engine that is installed beside the checkout, under a line profiler too.
class SpentLinesTest {
  private static final String SOURCE =
      """
      def size(blocks):
          return len(blocks)

      def step(requests):
          total = sum(
              size(r)
              for r in requests
          )
          return total
      """;

  @TempDir Path folder;

  private List<SpentLine> spent(String engine) throws IOException {
    // A call and the comprehension within it are on two lines, and entering a function on its
    // `def`.
    var stacks =
        Files.writeString(
            folder.resolve("raw.txt"),
            """
            step (%1$s:5) 10
            step (%1$s:5);<genexpr> (%1$s:6) 40
            step (%1$s:5);<genexpr> (%1$s:6);size (%1$s:1) 30
            step (%1$s:9) 20
            """
                .formatted(engine));
    var hits =
        Files.writeString(
            folder.resolve("lines.txt"),
            """
            Timer unit: 1e-06 s

            Total time: 0.0001 s
            File: %s
            Function: size at line 1

            Line #      Hits         Time  Per Hit   %% Time  Line Contents
            ==============================================================
                 1                                           def size(blocks):
                 2       700        100.0      0.1    100.0      return len(blocks)
            """
                .formatted(engine));
    var sources = new Sources(Files.createDirectories(folder.resolve("checkout")));
    var profiles = ExistingProfiles.read(List.of(stacks, hits));
    var result = Passes.ofExisting(profiles, sources, Optional.of("step"), List.of());
    return Observed.of(result, sources).spent();
  }

  @Test
  void statementsAreWholeWhereverTheirSourceLies() throws IOException {
    var site = folder.resolve("lib/python3.11/site-packages/engine");
    var engine = Files.writeString(Files.createDirectories(site).resolve("core.py"), SOURCE);
    var spent = spent(engine.toString());
    assertThat(spent).hasSize(3);
    assertThat(spent.getFirst().place().line()).isEqualTo(5);
    assertThat(spent.getFirst().own()).isCloseTo(0.5, within(1e-9));
    assertThat(spent.getFirst().source()).isEqualTo("total = sum( size(r) for r in requests )");
  }

  /// A statement without its end would read as if that were all.
  @Test
  void aLongStatementSaysThatItIsCut() throws IOException {
    var engine =
        Files.writeString(
            folder.resolve("long.py"),
            "def step(a):\n    return f(\n" + "        a,\n".repeat(5) + "    )\n");
    var stacks =
        Files.writeString(folder.resolve("long.txt"), "step (%s:2) 10\n".formatted(engine));
    var sources = new Sources(folder);
    var result =
        Passes.ofExisting(
            ExistingProfiles.read(List.of(stacks)), sources, Optional.of("step"), List.of());
    assertThat(Observed.of(result, sources).spent().getFirst().source())
        .isEqualTo("return f( a, a, a, a, …");
  }

  @Test
  void theLineOfADefRunsAsOftenAsItsFunctionIsCalled() throws IOException {
    assertThat(spent("/nowhere/core.py").get(1).place().function()).isEqualTo("size");
    assertThat(spent("/nowhere/core.py").get(1).hits()).contains(700L);
  }

  @Test
  void withoutASourceALineIsOneStatementWhoeverRunsIt() throws IOException {
    var stacks =
        Files.writeString(
            folder.resolve("raw.txt"), "step (e.py:5) 3\nstep (e.py:5);<genexpr> (e.py:5) 4\n");
    var sources = new Sources(folder);
    var result =
        Passes.ofExisting(
            ExistingProfiles.read(List.of(stacks)), sources, Optional.of("step"), List.of());
    var spent = Observed.of(result, sources).spent();
    assertThat(spent).hasSize(1);
    assertThat(spent.getFirst().place().function()).isEqualTo("step");
    assertThat(spent.getFirst().own()).isCloseTo(1, within(1e-9));
  }
}

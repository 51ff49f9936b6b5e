package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.lines.ExistingProfiles;
import hostperf.source.Sources;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import hostperf.stacks.Shares.FunctionShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Profiles that tools wrote of one small engine, cut to what matters. What is expected was counted
/// in the files by other means: a script that splits their rows.
class ProfilesOfToolsTest {
  private static final String ENGINE = "engine.py";

  @TempDir Path folder;

  private static Path file(String name) {
    return Path.of(
        Objects.requireNonNull(ProfilesOfToolsTest.class.getResource("/stacks/tools/" + name))
            .getPath());
  }

  private Observed observed(Path file, Optional<String> root) throws IOException {
    if (!Files.exists(folder.resolve(ENGINE))) {
      Files.copy(file(ENGINE), folder.resolve(ENGINE));
    }
    var sources = new Sources(folder);
    var profiles = ExistingProfiles.read(List.of(file));
    return Observed.of(Passes.ofExisting(profiles, sources, root, List.of()), sources);
  }

  private Ranking ranking(String file, String root) throws IOException {
    return observed(file(file), Optional.of(root)).ranking().orElseThrow();
  }

  private static double total(Ranking ranking, String function) {
    return ranking.shares().functions().stream()
        .filter(f -> f.function().equals(function))
        .mapToDouble(FunctionShare::total)
        .sum();
  }

  /// In percent.
  private static double own(Ranking ranking, String function) {
    return 100 * ranking.own().function(function, ENGINE).map(FunctionShare::own).orElse(0.0);
  }

  /// Percent of the time in the step: of two functions, comprehensions included, of a third and its
  /// lambda, then of the statement of four lines that hashes.
  @ParameterizedTest
  @CsvSource({
    "py-spy-0.4.2.raw, 207, 82.6, 10.6, 6.3, 79.2",
    "py-spy-0.4.2.speedscope.json, 105, 87.6, 6.7, 4.8, 84.8",
    "py-spy-0.4.2-threads.speedscope.json, 110, 84.5, 11.8, 3.6, 83.6",
    "austin-3.7.0.txt.gz, 170, 84.4, 11.9, 3.2, 80.1"
  })
  void findsTheStepAndWhereItsTimeGoes(
      String name, long samples, double hash, double plan, double order, double digest)
      throws IOException {
    var observed = observed(file(name), Optional.empty());
    var ranking = observed.ranking().orElseThrow();
    assertThat(ranking.root().function()).isEqualTo("Engine.step");
    assertThat(ranking.root().how()).isEqualTo(Root.How.FOUND);
    assertThat(ranking.samples()).isEqualTo(samples);
    var shares = List.of(hash, plan, order);
    var names = List.of("block_hash", "Engine.plan", "Engine.order");
    for (int i = 0; i < names.size(); i++) {
      assertThat(own(ranking, names.get(i)) + own(ranking, names.get(i) + ".<lambda>"))
          .as(names.get(i))
          .isCloseTo(shares.get(i), within(0.06));
    }
    assertThat(observed.spent().getFirst().place().line()).isEqualTo(11);
    assertThat(100 * observed.spent().getFirst().own()).isCloseTo(digest, within(0.06));
    assertThat(ranking.threads()).filteredOn(t -> !t.root()).allMatch(t -> t.most().line() == 45);
  }

  /// Rows that are added up have the program's start and end among them.
  @Test
  void withoutAnOrderOfTimeNothingIsBetweenTheCalls() throws IOException {
    var raw = observed(file("py-spy-0.4.2.raw"), Optional.empty()).ranking().orElseThrow();
    assertThat(raw.outsideShare()).isZero();
    assertThat(raw.outside()).isEmpty();
  }

  /// Its rows stand in the order of time, unlike those of other collapsed stacks.
  @Test
  void austinsRowsAreSamplesInOrder() throws IOException {
    var ranking = observed(file("austin-3.7.0.txt.gz"), Optional.empty()).ranking().orElseThrow();
    assertThat(ranking.seconds()).isCloseTo(1.999719, within(1e-6));
    assertThat(ranking.evenness()).isLessThan(1);
  }

  /// As Austin 3.7.0 wrote them where it could not read a stack, and while the interpreter starts.
  @Test
  void whatAustinCouldNotReadIsNoRoot() throws IOException {
    var text =
        """
        # austin: 3.7.0
        # interval: 1000
        # mode: wall

        P18775;T0:18775;:INVALID: 12009
        P18775;T0:18775;:INVALID:;<frozen importlib._bootstrap_external>:spec_from_file_location:846 4645
        P18714;T0:18714;<frozen importlib._bootstrap>:_install:1354;<frozen importlib._bootstrap>:_setup:1337 4644
        """;
    var step = "P18775;T0:18775;engine.py:<module>:60;engine.py:main:54;engine.py:step:3";
    var rows = (step + "8 1100\n" + step + "9;engine.py:prepare:27 1000\n").repeat(20);
    var file = Files.writeString(folder.resolve("austin.txt"), text + rows);
    var ranking = observed(file, Optional.empty()).ranking().orElseThrow();
    assertThat(ranking.root().function()).isEqualTo("Engine.step");
    assertThat(ranking.shares().functions())
        .extracting(FunctionShare::function)
        .doesNotContain(":INVALID:");
  }

  /// As py-spy writes it of a process that ran no Python code for four samples.
  @Test
  void aRowMayHaveNoStack() throws IOException {
    var file = Files.writeString(folder.resolve("py-spy.raw"), "<module> (engine.py:60) 8\n 4\n");
    assertThat(ExistingProfiles.read(List.of(file)).stacks().orElseThrow().weight()).isEqualTo(12);
  }

  @Test
  void readsAsyncProfilersStacks() throws IOException {
    var ranking = ranking("async-profiler-4.2.collapsed.gz", "Engine.step");
    assertThat(ranking.samples()).isEqualTo(162);
    assertThat(100 * total(ranking, "Engine.hash")).isCloseTo(55.6, within(0.06));
    assertThat(100 * total(ranking, "Engine.order")).isCloseTo(43.8, within(0.06));
    assertThat(100 * total(ranking, "java/util/TimSort.mergeAt")).isCloseTo(30.9, within(0.06));
  }

  /// A source's number stands behind each name: `hash (file:///srv/engine/page.html:2:14)[11]`.
  @Test
  void readsWhatFirefoxItselfWrites() throws IOException {
    var ranking = ranking("firefox-153.json.gz", "step");
    assertThat(ranking.samples()).isEqualTo(56);
    var hash = ranking.own().function("hash", "/srv/engine/page.html").orElseThrow();
    assertThat(hash.own()).isCloseTo(45.0 / 56, within(1e-9));
  }

  /// The script that folds perf's stacks adds up periods in nanoseconds: 70 of 5,025,125 here.
  @Test
  void periodsAreNoCounts() throws IOException {
    var observed = observed(file("perf-6.1.collapsed"), Optional.empty());
    var profiles = ExistingProfiles.read(List.of(file("perf-6.1.collapsed")));
    assertThat(profiles.stacks().orElseThrow().weight()).isEqualTo(70);
    assertThat(observed.ranking().orElseThrow().samples()).isBetween(1L, 70L);
    assertThat(observed.spent()).as("it names no lines").isEmpty();
    var cycles = Files.writeString(folder.resolve("cycles.txt"), "main;step 81231\nmain 2417\n");
    assertThat(observed(cycles, Optional.empty()).ranking().orElseThrow().samples()).isZero();
  }

  @Test
  void pythonsFramesInPerfAreTheEngines() throws IOException {
    var engine = folder.resolve(ENGINE);
    var file =
        Files.writeString(
            folder.resolve("perf.txt"),
            "python3;py::Engine.step:%s;py::Engine.plan.<locals>.<listcomp>:%s 3\n"
                .formatted(engine, engine));
    var shares = observed(file, Optional.of("step")).ranking().orElseThrow().shares();
    assertThat(shares.functions()).extracting(FunctionShare::file).containsOnly(engine.toString());
  }
}

package hostperf.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hostperf.Refusal;
import hostperf.profile.Passes;
import hostperf.profile.Targets;
import hostperf.source.Sources;
import hostperf.stacks.Root;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExistingProfilesTest {
  @TempDir Path folder;

  private static Path resource(String name) {
    return Path.of(Objects.requireNonNull(ExistingProfilesTest.class.getResource(name)).getPath());
  }

  private static final Path PSTATS = resource("/stacks/cprofile-3.12.1.pstats");
  private static final Path LINES = resource("/profile/release-5.txt");

  private Passes.Result result(Path... files) {
    return Passes.ofExisting(
        ExistingProfiles.read(List.of(files)), new Sources(folder), Optional.empty(), List.of());
  }

  private Path written(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void ranksFunctionsOfACallGraphAndSaysWhatItCannotTell() {
    var result = result(PSTATS);
    var ranking = result.ranking().orElseThrow();
    assertThat(ranking.root().how()).isEqualTo(Root.How.WHOLE);
    assertThat(ranking.shares().lines()).isEmpty();
    assertThat(ranking.shares().functions().getFirst().own()).isBetween(0.3, 0.9);
    assertThat(result.remarks().getFirst())
        .startsWith("cProfile's results cannot tell which lines");
  }

  /// `cProfile` has a comprehension and a lambda as functions of their own.
  @Test
  void aFunctionOfACallGraphHasTheTimeOfItsComprehensions() throws Exception {
    var engine = resource("/stacks/tools/engine.py");
    Files.copy(engine, folder.resolve("engine.py"));
    var sum =
        """
        import pstats
        stats = pstats.Stats("engine.pstats").stats
        print(sum(v[2] for k, v in stats.items() if k[0].endswith("engine.py") and 29 <= k[1] <= 33))
        """;
    run("-m", "cProfile", "-o", "engine.pstats", "engine.py", "0.3");
    double own = Double.parseDouble(run("-c", sum).strip());
    var ranking = result(folder.resolve("engine.pstats")).ranking().orElseThrow();
    var plan =
        ranking.shares().functions().stream()
            .filter(f -> f.function().equals("Engine.plan"))
            .toList();
    assertThat(plan).hasSize(1);
    assertThat(plan.getFirst().own() * ranking.seconds()).isCloseTo(own, within(1e-6));
    assertThat(ranking.shares().calls())
        .noneMatch(c -> c.from().function().contains("sum") && c.function().equals("Engine.plan"));
  }

  private String run(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(Targets.python().toString()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).directory(folder.toFile()).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void addsUpFilesOfOneKind() {
    double one = result(PSTATS).ranking().orElseThrow().seconds();
    assertThat(result(PSTATS, PSTATS).ranking().orElseThrow().seconds()).isEqualTo(2 * one);
    var hits = result(LINES, LINES).hits().orElseThrow().functions().getFirst().lines();
    var half = result(LINES).hits().orElseThrow().functions().getFirst().lines();
    assertThat(hits.getLast().hits()).isEqualTo(2 * half.getLast().hits());
  }

  @Test
  void marksALineProfileAloneAsDistorted() {
    var result = result(LINES);
    assertThat(result.ranking()).isEmpty();
    assertThat(result.hits()).isPresent();
    assertThat(result.remarks().getFirst()).contains("Take samples before acting on the order");
  }

  @Test
  void laysHitsOverStacks() throws IOException {
    var report = result(LINES).hits().orElseThrow().functions().getFirst();
    var line = report.lines().stream().filter(l -> l.hits() > 0).findFirst().orElseThrow();
    var stacks =
        written(
            "raw.txt",
            "%s (%s:%d) 30\n%s (%s:%d);other (x.py:3) 20\n"
                .formatted(
                    report.name(),
                    report.file(),
                    line.line(),
                    report.name(),
                    report.file(),
                    line.line()));
    var result = result(stacks, LINES);
    assertThat(result.ranking().orElseThrow().root().how()).isEqualTo(Root.How.FOUND);
    assertThat(result.hits()).isPresent();
    assertThat(result.remarks()).isEmpty();
  }

  @Test
  void findsAReportFarDownInALog() throws IOException {
    var log = written("run.log", "a line of the engine\n".repeat(10_000) + Files.readString(LINES));
    assertThat(result(log).hits()).isPresent();
  }

  @Test
  void refusesWhatDoesNotGoTogether() throws IOException {
    var stacks = written("raw.txt", "main (w.py:1) 3\n");
    var seconds = written("austin.txt", "# mode: wall\nP1;T1;w.py:main:1 3\n");
    assertThatThrownBy(() -> result(PSTATS, stacks))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("pstats files cannot be combined with the others");
    assertThatThrownBy(() -> result(PSTATS, LINES)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> result(stacks, seconds))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("are in seconds and some in samples");
  }

  @Test
  void refusesALogWithoutAProfileByItsFirstLine() throws IOException {
    var log = written("run.log", "Starting the engine.\nDone\n");
    assertThatThrownBy(() -> result(log))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("line 1, 'Starting the engine.', has no count at its end");
  }
}

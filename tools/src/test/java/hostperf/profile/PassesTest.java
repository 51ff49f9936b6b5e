package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import hostperf.host.Processes;
import hostperf.python.PySpy;
import hostperf.source.Sources;
import hostperf.stacks.Shares.CallShare;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassesTest {
  @TempDir Path temp;

  /// No line of its callers has most of their time in it, so following the costly lines would miss
  /// it.
  @Test
  void findsACostThatIsSpreadOverThreeCallersInOneLaunchOfLines() {
    var processes = new Counting(new LocalProcesses());
    var launcher = new Launcher(processes, temp, Map.of());
    var pySpy = new PySpy(processes, System.getenv());
    var sampler = new Sampler(processes, launcher, pySpy, Targets.python());
    var sources = new Sources(Targets.folder("spread"));
    var request =
        new Passes.Request(
            Set.of(Pass.SAMPLES, Pass.LINES),
            Profiling.Attach.INJECT,
            Optional.of("spread.Engine.step"),
            List.of(),
            Passes.Look.at(List.of()),
            Optional.of(Duration.ofSeconds(5)));
    var said = new ArrayList<String>();
    var result =
        new Passes(launcher, sampler, sources)
            .take(
                Targets.workload("spread", List.of(), "spread.py", "800"),
                "spread",
                request,
                said::add,
                _ -> {});
    assertThat(processes.launches).as(result.remarks().toString()).hasSize(2);
    assertThat(said).filteredOn(line -> line.startsWith("pass lines")).hasSize(1);
    assertThat(result.coverage()).isGreaterThan(0.9);
    assertThat(result.functions()).contains("__main__.digest", "__main__.burn");
    var ranking = result.ranking().orElseThrow();
    assertThat(ranking.own().functions().stream().limit(2).map(f -> f.function()))
        .containsExactlyInAnyOrder("digest", "burn");
    assertThat(ranking.shares().calls())
        .filteredOn(call -> call.function().equals("digest"))
        .extracting(call -> call.from().function())
        .containsExactlyInAnyOrder("Engine.admit", "Engine.prepare", "Engine.update");
    assertThat(ranking.shares().calls())
        .filteredOn(call -> call.function().equals("digest"))
        .extracting(CallShare::total)
        .allSatisfy(share -> assertThat(share).isBetween(0.08, 0.3));
    assertThat(result.hits().orElseThrow().functions().stream().map(f -> f.name()))
        .contains("digest");
  }

  /// Lines of a step that has a hundred samples would be ranked by chance.
  @Test
  void aLaunchWhoseStepsAreShortHasEnoughSamplesInOneLaunch() {
    var processes = new Counting(new LocalProcesses());
    var launcher = new Launcher(processes, temp, Map.of());
    var sampler =
        new Sampler(processes, launcher, new PySpy(processes, System.getenv()), Targets.python());
    var request =
        new Passes.Request(
            Set.of(Pass.SAMPLES),
            Profiling.Attach.INJECT,
            Optional.of("spread.Engine.step"),
            List.of(),
            Passes.Look.at(List.of()),
            Optional.of(Duration.ofSeconds(5)));
    var result =
        new Passes(launcher, sampler, new Sources(Targets.folder("spread")))
            .take(
                Targets.workload("spread", List.of(), "spread.py", "200"),
                "short",
                request,
                _ -> {},
                _ -> {});
    assertThat(processes.launches).hasSize(1);
    var ranking = result.ranking().orElseThrow();
    assertThat(ranking.samples() / ranking.seconds())
        .as("samples a second")
        .isGreaterThan(2.0 * Attachments.RATE);
  }

  /// The program prints no figure of how fast it is.
  @Test
  void theRootsCallsSayWhatEachPassCosts() {
    var launcher = new Launcher(new LocalProcesses(), temp, Map.of());
    var pySpy = new PySpy(new LocalProcesses(), System.getenv());
    var request =
        new Passes.Request(
            Set.of(Pass.values()),
            Profiling.Attach.INJECT,
            Optional.of("spread.Engine.step"),
            List.of(),
            Passes.Look.at(List.of()),
            Optional.of(Duration.ofSeconds(5)));
    var result =
        new Passes(
                launcher,
                new Sampler(new LocalProcesses(), launcher, pySpy, Targets.python()),
                new Sources(Targets.folder("spread")))
            .take(
                Targets.workload("spread", List.of(), "spread.py", "400"),
                "costs",
                request,
                _ -> {},
                _ -> {});
    var root = result.lines().orElseThrow().launch().profile().orElseThrow().root();
    assertThat(root.calls()).isEqualTo(result.facts().orElseThrow().calls()).isEqualTo(400);
    assertThat(root.steps().count()).as("without the warm-up").isEqualTo(395);
    var slowdowns = Slowdowns.of(result);
    assertThat(slowdowns).as("%s", result.remarks()).containsKeys(Pass.LINES, Pass.FACTS);
    var alone = result.facts().orElseThrow().facts().counted().alone();
    assertThat(slowdowns.get(Pass.LINES))
        .isEqualTo(root.steps().mean() / alone.mean())
        .as("other programs run meanwhile")
        .isGreaterThan(0.6);
    assertThat(slowdowns.get(Pass.FACTS)).isBetween(0.6, 3.0);
  }

  private static final class Counting implements Processes {
    private final Processes others;
    private final List<List<String>> launches = new ArrayList<>();

    private Counting(Processes others) {
      this.others = others;
    }

    @Override
    public Finished run(Command command, Consumer<String> lines) {
      if (command.arguments().contains("spread.py")) {
        launches.add(command.arguments());
      }
      return others.run(command, lines);
    }
  }
}

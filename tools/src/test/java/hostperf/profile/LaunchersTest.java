package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import hostperf.host.LocalProcesses;
import hostperf.python.PySpy;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the passes see of ranks that others start.
class LaunchersTest {
  private static final Path MPIRUN = Path.of("/usr/bin/mpirun");

  @TempDir Path temp;

  private Passes.Result profiled(String... command) {
    var processes = new LocalProcesses();
    var launcher = new Launcher(processes, temp.resolve("run"), System.getenv());
    var pySpy = new PySpy(processes, System.getenv());
    var sampler = new Sampler(processes, launcher, pySpy, Targets.python()).elsewhere();
    var workload =
        new Workload(
            List.of(command),
            Targets.folder("launchers"),
            Map.of("PYTHONDONTWRITEBYTECODE", "1"),
            Duration.ofMinutes(1),
            Optional.empty(),
            List.of());
    var request =
        new Passes.Request(
            Set.of(Pass.values()),
            Profiling.Attach.INJECT,
            Optional.of("ranks.Engine.step"),
            List.of(),
            Passes.Look.at(List.of("ranks.Engine.work")),
            Optional.empty());
    return new Passes(launcher, sampler, new Sources(Targets.folder("launchers")))
        .take(workload, "ranks", request, _ -> {}, _ -> {});
  }

  /// As ssh would, the agent starts the processes of another node without our variables. On one
  /// machine Open MPI's daemons are in each other's way, hence `^hwloc` and a TMPDIR for each.
  @Test
  void mpirunPassesTheVariablesThatAreNamed() throws IOException {
    assumeThat(MPIRUN).exists();
    var agent =
        Files.writeString(
            temp.resolve("agent"),
            """
            #!/bin/sh
            while :; do case $1 in -*) shift ;; *) break ;; esac; done
            shift
            exec env -i PATH="$PATH" HOME="$HOME" TMPDIR="$(mktemp -d -p "${0%/*}")" sh -c "$*"
            """);
    assertThat(agent.toFile().setExecutable(true)).isTrue();
    var result =
        profiled(
            "sh",
            "-c",
            """
            exec mpirun -n 4 --host n1:2,n2:2 --allow-run-as-root --mca plm_rsh_agent "$0" --mca rtc ^hwloc \
              $(env | sed -n 's/^\\(PYTHONPATH\\|TLLM_HOSTPERF_[A-Z_]*\\)=.*/-x \\1/p') "$@"
            """,
            agent.toString(),
            Targets.python().toString(),
            "ranks.py",
            "0.3");
    assertThat(result.sampled().orElseThrow().launch().finished().succeeded())
        .as(result.sampled().orElseThrow().launch().finished().output())
        .isTrue();
    assertThat(result.sampled().orElseThrow().processes().values())
        .extracting(SampledProcess::rank)
        .containsExactlyInAnyOrder("0", "1", "2", "3");
    assertThat(result.sampled().orElseThrow().files()).hasSize(4);
    assertThat(result.facts().orElseThrow().files()).hasSize(4);
    assertThat(result.lines().orElseThrow().launch().profile().orElseThrow().reports()).hasSize(4);
    assertThat(result.remarks()).noneMatch(remark -> remark.startsWith("Of 4 ranks"));
  }

  @Test
  void aRankThatIsKilledLeavesWhatItHad() {
    var result =
        profiled(
            "sh",
            "-c",
            "WORLD_SIZE=2 RANK=0 \"$@\"; WORLD_SIZE=2 RANK=1 \"$@\" killed; true",
            "sh",
            Targets.python().toString(),
            "ranks.py",
            "0.8");
    assertThat(result.sampled().orElseThrow().files()).hasSize(2);
    assertThat(result.facts().orElseThrow().files()).hasSize(2);
    assertThat(result.lines().orElseThrow().launch().profile().orElseThrow().missing())
        .singleElement()
        .asString()
        .contains("was killed before it wrote");
    assertThat(result.remarks())
        .filteredOn(remark -> remark.startsWith("Of 2 ranks"))
        .as(Arrays.toString(result.remarks().toArray()))
        .isEmpty();
  }
}

package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.execution.Execution;
import hostperf.execution.PrefixExecutor;
import hostperf.host.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentReaderTest {
  private static final Workload WORKLOAD = Targets.workload("ranks", List.of(), "ranks.py");
  @TempDir Path temp;

  @Test
  void readsThisMachineWithoutNamingIt() throws IOException {
    var reader = new EnvironmentReader(new LocalProcesses(), System.getenv());
    var identity = reader.identity(WORKLOAD);
    var conditions = reader.conditions();

    assertThat(identity)
        .containsKeys("cpu", "affinity", "numa_nodes", "governor", "kernel", "packages");
    assertThat(identity.get("python")).matches("3\\.\\d+\\.\\d+ cpython");
    assertThat(identity).containsKey("package.line_profiler");
    assertThat(conditions).containsKeys("load_1min", "memory_available");
    String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    assertThat(identity + " " + conditions).doesNotContain(host);
  }

  @Test
  void namesTheProcessThatUsesTheCpus() throws IOException {
    var busy = new ProcessBuilder("python3", "-c", "while True: pass").start();
    try {
      var reader = new EnvironmentReader(new LocalProcesses(), System.getenv());
      var named = "process %d (python3".formatted(busy.pid());
      // Its interpreter starts meanwhile, and others may be busier for a second.
      assertThat(
              IntStream.range(0, 10)
                  .mapToObj(_ -> reader.cpuUsers())
                  .flatMap(List::stream)
                  .anyMatch(user -> user.startsWith(named) && user.matches(".*\\) \\d+%")))
          .isTrue();
    } finally {
      busy.destroyForcibly();
    }
  }

  @Test
  void readsAffinityGovernorAndLoadAsTheSystemHasThem() throws IOException {
    file("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-3,8\nMems_allowed_list:\t0\n");
    file("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
    file("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave\n");
    file("proc/loadavg", "3.21 1.43 0.61 5/105 10901\n");

    var reader = new EnvironmentReader(new LocalProcesses(), System.getenv(), temp);
    var identity = reader.identity(WORKLOAD);
    var conditions = reader.conditions();

    assertThat(identity)
        .containsEntry("affinity", "0-3,8")
        .containsEntry("governor", "performance, powersave")
        .containsEntry("numa_nodes", "unknown: no /sys/devices/system/node/online");
    assertThat(conditions).containsEntry("load_1min", "3.21").containsEntry("running", "5");
    file("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0\nMems_allowed_list:\t0\n");
    assertThat(reader.affinity()).containsEntry("affinity", "0");
  }

  @Test
  void readsGpusFromNvidiaSmi() throws IOException {
    program(
        """
        case "$1" in
        *driver*) echo "0, NVIDIA H100 80GB HBM3, 570.86.15, 700.00 W"
                  echo "1, NVIDIA H100 80GB HBM3, 570.86.15, 700.00 W";;
        *) echo "0, 1980 MHz, 2619 MHz, 41, 118.32 W, 0 %";;
        esac
        """);
    var reader = new EnvironmentReader(new LocalProcesses(), withPath());
    var identity = reader.identity(WORKLOAD);
    var conditions = reader.conditions();

    assertThat(identity)
        .containsEntry("gpu1.name", "NVIDIA H100 80GB HBM3")
        .containsEntry("gpu0.driver_version", "570.86.15");
    assertThat(conditions)
        .containsEntry("gpu0.clocks.sm", "1980 MHz")
        .containsEntry("gpu0.temperature.gpu", "41");
  }

  @Test
  void saysWhenNvidiaSmiFailsAndWhenThereIsNone() throws IOException {
    program("echo 'Driver/library version mismatch'; exit 18");

    assertThat(new EnvironmentReader(new LocalProcesses(), withPath()).identity(WORKLOAD))
        .containsEntry("gpus", "unknown: nvidia-smi failed");
    assertThat(new EnvironmentReader(new LocalProcesses(), Map.of()).identity(WORKLOAD))
        .containsEntry("gpus", "unknown: no nvidia-smi on the PATH");
  }

  /// What the login node has says nothing of the nodes.
  @Test
  void asksTheMachineWhereTheLaunchesRun() throws IOException {
    program("echo \"0, NVIDIA H200, 580.1, 700.00 W\"; echo asked >> " + temp.resolve("asked"));
    assertThat(elsewhere(temp.resolve("bin") + ":/usr/bin:/bin").identity(WORKLOAD))
        .containsEntry("gpu0.name", "NVIDIA H200");
    program("echo asked >> " + temp.resolve("asked") + "; exit 9");
    Files.delete(temp.resolve("asked"));
    var failing = elsewhere(temp.resolve("bin") + ":/usr/bin:/bin");
    assertThat(failing.identity(WORKLOAD))
        .containsEntry("gpus", "unknown: nvidia-smi is missing or failed where the launches run");
    assertThat(failing.conditions()).containsKey("gpus");
    assertThat(failing.gpuUsers()).isEmpty();
    assertThat(temp.resolve("asked")).hasContent("asked");
  }

  private static EnvironmentReader elsewhere(String path) {
    var there = new Execution.Prefix(List.of("env", "PATH=" + path), Map.of());
    return EnvironmentReader.of(
        new PrefixExecutor(there, new LocalProcesses()), _ -> {}, System.getenv());
  }

  private Map<String, String> withPath() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PATH", temp.resolve("bin") + ":" + System.getenv("PATH"));
    return environment;
  }

  private void program(String script) throws IOException {
    Path file = file("bin/nvidia-smi", "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path file(String name, String content) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return Files.writeString(file, content);
  }
}

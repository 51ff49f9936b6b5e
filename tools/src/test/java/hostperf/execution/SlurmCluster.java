package hostperf.execution;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import hostperf.host.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A real Slurm of virtual nodes on this machine, with an authentication of its own: two in the
/// partitions `all` and `high`, whose jobs preempt those of `all`, and one in `aside`. Needs root
/// and Debian's `slurm-wlm` and `munge`.
public final class SlurmCluster implements AutoCloseable {
  private static final List<String> NODES = List.of("n1", "n2", "n3");
  private static final String IDLE = String.join("\n", Collections.nCopies(NODES.size(), "idle"));
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Path folder;
  private final LocalProcesses processes = new LocalProcesses();

  private SlurmCluster(Path folder) {
    this.folder = folder;
  }

  /// Whether this machine has what a cluster takes.
  public static boolean isPossible() {
    return "root".equals(System.getProperty("user.name"))
        && Stream.of("munged", "slurmctld", "slurmd")
            .allMatch(p -> Files.isExecutable(Path.of("/usr/sbin", p)));
  }

  /// @param folder short, since it holds sockets
  public static SlurmCluster start(Path folder) throws IOException {
    var cluster = new SlurmCluster(folder);
    for (var name : List.of("state", "log", "munge")) {
      Files.createDirectories(folder.resolve(name));
    }
    var key = new byte[128];
    new SecureRandom().nextBytes(key);
    Files.write(folder.resolve("munge/key"), key);
    Files.setPosixFilePermissions(
        folder.resolve("munge/key"), PosixFilePermissions.fromString("r--------"));
    Files.setPosixFilePermissions(
        folder.resolve("munge"), PosixFilePermissions.fromString("rwx------"));
    Files.writeString(folder.resolve("slurm.conf"), configuration(folder));
    cluster.daemon(
        "/usr/sbin/munged",
        "--force",
        "--key-file=" + folder.resolve("munge/key"),
        "--socket=" + folder.resolve("munge/socket"),
        "--pid-file=" + folder.resolve("munge/pid"),
        "--log-file=" + folder.resolve("munge/log"),
        "--seed-file=" + folder.resolve("munge/seed"));
    cluster.startController();
    for (var node : NODES) {
      cluster.daemon("/usr/sbin/slurmd", "-N", node);
    }
    cluster.awaitIdle();
    return cluster;
  }

  /// What every command that speaks to it needs in its environment.
  public Map<String, String> environment() {
    return Map.of("SLURM_CONF", folder.resolve("slurm.conf").toString());
  }

  /// Processes that speak to this cluster.
  public Processes processes() {
    return (command, lines) -> processes.run(here(command), lines);
  }

  /// One of Slurm's commands; its output.
  public String slurm(String... words) {
    Finished finished = processes().run(new Command(folder, LIMIT, words));
    if (!finished.succeeded()) {
      throw new IllegalStateException(String.join(" ", words) + ": " + finished.output());
    }
    return finished.output().strip();
  }

  /// The numbers of jobs that are not over.
  public List<String> jobs() {
    return jobs("all,high,aside");
  }

  /// Those of some partitions.
  public List<String> jobs(String partitions) {
    return slurm("squeue", "--noheader", "--partition=" + partitions, "--format=%A")
        .lines()
        .map(String::strip)
        .toList();
  }

  public void startController() {
    daemon("/usr/sbin/slurmctld");
  }

  public void stopController() {
    kill("slurmctld.pid");
  }

  /// The number of steps that run in some partitions.
  long steps(String partitions) {
    return slurm("squeue", "--steps", "--noheader", "--partition=" + partitions, "--format=%i")
        .lines()
        .filter(line -> !line.contains("batch"))
        .filter(line -> !line.isBlank())
        .count();
  }

  void node(String name, String state) {
    slurm("scontrol", "update", "NodeName=" + name, "State=" + state, "Reason=test");
  }

  /// A job that has all nodes.
  String blocker(String... options) {
    var words =
        new ArrayList<>(
            List.of("sbatch", "--parsable", "--nodes=2", "--exclusive", "--output=/dev/null"));
    words.addAll(List.of(options));
    words.add("--wrap=sleep 60");
    var job = slurm(words.toArray(String[]::new));
    awaited(() -> slurm("squeue", "-h", "-j", job, "-o", "%T").equals("RUNNING"));
    return job;
  }

  void restartController() {
    stopController();
    pause();
    startController();
  }

  static void awaited(BooleanSupplier condition) {
    for (int i = 0; i < 150 && !condition.getAsBoolean(); i++) {
      pause();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Override
  public void close() {
    NODES.forEach(node -> kill("slurmd-" + node + ".pid"));
    kill("slurmctld.pid");
    kill("munge/pid");
  }

  private Command here(Command command) {
    var environment = new java.util.HashMap<>(command.environment());
    environment.putAll(environment());
    return new Command(
        command.arguments(), command.directory(), environment, command.limit(), command.log());
  }

  /// Daemons stay, so they are not started as processes that are cleared away.
  private void daemon(String... words) {
    var builder = new ProcessBuilder(new ArrayList<>(List.of(words)));
    builder.environment().putAll(environment());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log/daemons").toFile());
    try {
      int code = builder.start().waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            String.join(" ", words) + ": " + Files.readString(folder.resolve("log/daemons")));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitIdle() {
    for (int i = 0; i < 150; i++) {
      if (slurm("sinfo", "--noheader", "--Node", "--partition=all,aside", "--format=%T")
          .equals(IDLE)) {
        return;
      }
      pause();
    }
    throw new IllegalStateException(
        "the nodes are not idle: " + slurm("sinfo", "--Node", "--long"));
  }

  private void kill(String pidFile) {
    var file = folder.resolve(pidFile);
    try {
      if (Files.exists(file)) {
        ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
            .ifPresent(
                p -> {
                  p.destroy();
                  p.onExit().join();
                });
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String configuration(Path folder) throws IOException {
    var host = InetAddress.getLocalHost().getHostName().replaceFirst("\\..*", "");
    var nodes = new StringBuilder();
    for (var node : NODES) {
      nodes.append(
          "NodeName=%s NodeHostname=%s NodeAddr=127.0.0.1 Port=%d CPUs=4 CoresPerSocket=4 State=UNKNOWN\n"
              .formatted(node, host, freePort()));
    }
    return """
    ClusterName=hostperf
    SlurmctldHost=%s(127.0.0.1)
    SlurmUser=root
    SlurmctldPort=%d
    AuthType=auth/munge
    AuthInfo=socket=%s/munge/socket
    CryptoType=crypto/munge
    MpiDefault=none
    ProctrackType=proctrack/linuxproc
    TaskPlugin=task/none
    ReturnToService=2
    SlurmctldPidFile=%s/slurmctld.pid
    SlurmdPidFile=%s/slurmd-%%n.pid
    SlurmdSpoolDir=%s/spool-%%n
    StateSaveLocation=%s/state
    SlurmctldLogFile=%s/log/slurmctld.log
    SlurmdLogFile=%s/log/slurmd-%%n.log
    SwitchType=switch/none
    SelectType=select/cons_tres
    SelectTypeParameters=CR_Core
    JobAcctGatherType=jobacct_gather/none
    AccountingStorageType=accounting_storage/none
    KillWait=1
    OverTimeLimit=0
    SlurmdParameters=config_overrides
    PropagateResourceLimits=NONE
    PreemptType=preempt/partition_prio
    PreemptMode=CANCEL
    %sPartitionName=all Nodes=n1,n2 Default=YES MaxTime=60 PriorityTier=1 State=UP
    PartitionName=high Nodes=n1,n2 MaxTime=60 PriorityTier=10 State=UP
    PartitionName=aside Nodes=n3 MaxTime=60 State=UP
    """
        .formatted(host, freePort(), folder, folder, folder, folder, folder, folder, folder, nodes);
  }
}

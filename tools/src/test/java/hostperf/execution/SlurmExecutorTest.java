package hostperf.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Against a real Slurm of two nodes, and a third for what takes long.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlurmExecutorTest {
  @TempDir(cleanup = CleanupMode.NEVER)
  static Path home;

  private static SlurmCluster cluster;
  private static CompletableFuture<Finished> limited;

  @TempDir Path checkout;
  private SlurmLaunches launches;

  @BeforeAll
  static void start() throws IOException {
    assumeThat(SlurmCluster.isPossible()).as("root, with Debian's slurm-wlm and munge").isTrue();
    cluster = SlurmCluster.start(home);
    limited = SlurmLaunches.inBackground(() -> SlurmLaunches.limited(cluster, home));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void fresh() {
    launches = new SlurmLaunches(cluster, checkout);
  }

  @AfterEach
  void leaveNothing() {
    launches.executor().release();
    SlurmCluster.awaited(() -> launches.jobs().isEmpty());
  }

  @Test
  void launchesEveryTaskInOneJobThatStays() {
    var first = launches.run("echo $SLURM_JOB_ID $SLURM_PROCID $SLURMD_NODENAME $HOW $PWD");
    var second = launches.run("echo $SLURM_JOB_ID");
    assertThat(first.succeeded()).isTrue();
    var job = launches.jobs().getFirst();
    assertThat(first.output().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith(job + " ") && line.endsWith(" much " + checkout))
        .anyMatch(line -> line.contains(" 0 n1 "))
        .anyMatch(line -> line.contains(" n2 "));
    assertThat(second.output().lines()).containsOnly(job);
    assertThat(launches.said())
        .last()
        .asString()
        .startsWith("Slurm job " + job + " runs on n[1-2]");
    assertThat(launches.executor().placement().keySet())
        .hasSize(2)
        .allMatch(place -> place.matches("n[12], CPUs [-,0-9]+, memory [-,0-9]+"));
    assertThat(String.join(", ", launches.executor().placement().values()))
        .satisfies(
            tasks ->
                assertThat(tasks.replaceAll("(\\d)-(\\d)", "$1, $2").split(", "))
                    .contains("0", "3"));
  }

  @Test
  void runsTestsAsOneTask() {
    var finished =
        launches
            .executor()
            .single(launches.said()::add)
            .run(new Command(checkout, Duration.ofMinutes(1), "sh", "-c", "echo $SLURM_NTASKS"));
    assertThat(finished.output().strip()).isEqualTo("1");
  }

  @Test
  void aWorkloadThatFailsIsAFailureOfItsOwn() {
    var finished = launches.run("echo broken; exit $((3 + SLURM_PROCID))");
    assertThat(finished.end()).isEqualTo(Finished.End.EXITED);
    assertThat(finished.exitCode()).isNotZero();
    assertThat(finished.output()).contains("broken");
    assertThat(launches.jobs()).hasSize(1);
  }

  @Test
  void aJobThatSomebodyCancelsIsNoFailureOfTheCode() {
    var cancelled = launches.launched();
    cluster.slurm("scancel", launches.jobs().getFirst());
    assertNotCounted(cancelled, "was cancelled by someone else");
    assertThat(launches.run("true").succeeded()).isTrue();
  }

  @Test
  void aNodeThatGoesDownIsNoFailureOfTheCode() {
    var cut = launches.launched();
    cluster.node("n2", "DOWN");
    assertNotCounted(cut, "lost a node");
    assertThat(launches.run("true").succeeded()).isTrue();
  }

  @Test
  void aNodeThatIsDrainedServesUntilTheJobIsOver() {
    var launch = SlurmLaunches.inBackground(() -> launches.run("sleep 1; echo done"));
    SlurmCluster.awaited(() -> launches.steps() > 0);
    cluster.node("n2", "DRAIN");
    assertThat(launch.join().output()).contains("done");
    assertThat(launches.run("true").succeeded()).isTrue();
    launches.executor().release();
    launches.use(List.of(), Duration.ofSeconds(2), Duration.ofMinutes(1));
    assertThatThrownBy(() -> launches.run("true"))
        .hasMessageContaining("still waits in the queue (")
        .hasMessageContaining("DRAINED");
    cluster.node("n2", "RESUME");
  }

  @Test
  void aJobOfHigherPriorityIsNoFailureOfTheCode() {
    var cut = launches.launched();
    var other = cluster.blocker("--partition=high");
    assertNotCounted(cut, "was preempted by a job of higher priority");
    cluster.slurm("scancel", other);
  }

  @Test
  void aJobThatIsPutBackIsNoFailureOfTheCode() {
    launches.use(List.of("--requeue"), Duration.ofMinutes(1), Duration.ofMinutes(1));
    var cut = launches.launched();
    cluster.slurm("scontrol", "requeue", launches.jobs().getFirst());
    assertNotCounted(cut, "was put back into the queue");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void aTimeLimitIsNoFailureOfTheCode() {
    assertNotCounted(limited, "reached its time limit");
    SlurmCluster.awaited(() -> cluster.jobs("aside").isEmpty());
  }

  private static void assertNotCounted(CompletableFuture<Finished> launch, String why) {
    assertThatThrownBy(launch::get)
        .hasRootCauseInstanceOf(Refusal.class)
        .rootCause()
        .hasMessageContaining(why)
        .hasMessageContaining(", so this launch does not count");
  }

  @Test
  void saysWhatItWaitsForAndGivesUpInTime() {
    var blocker = cluster.blocker();
    launches.use(List.of(), Duration.ofSeconds(3), Duration.ofMinutes(1));
    assertThatThrownBy(() -> launches.run("true"))
        .hasMessageContaining("still waits in the queue")
        .hasMessageContaining("it was cancelled");
    assertThat(launches.said()).anyMatch(line -> line.contains("waits in the queue"));
    assertThat(launches.jobs()).containsExactly(blocker);
    launches.use(List.of(), Duration.ofMinutes(1), Duration.ofMinutes(1));
    var cancelled = SlurmLaunches.inBackground(() -> launches.run("true"));
    SlurmCluster.awaited(() -> launches.jobs().size() == 2);
    cluster.slurm("scancel", "--state=PENDING", "--user=root");
    assertThatThrownBy(cancelled::get)
        .hasMessageContaining("was cancelled by someone else before it began");
    cluster.slurm("scancel", blocker);
  }

  @Test
  void anInterruptEndsTheLaunchAndLeavesNoStep() throws Exception {
    var thread = new CompletableFuture<Thread>();
    var launch =
        SlurmLaunches.inBackground(
            () -> {
              thread.complete(Thread.currentThread());
              return launches.run("sleep 50");
            });
    SlurmCluster.awaited(() -> launches.steps() > 0);
    thread.join().interrupt();
    assertThat(launch.get().end()).isEqualTo(Finished.End.CANCELLED);
    SlurmCluster.awaited(() -> launches.steps() == 0);
  }

  /// Away when the job is submitted, while it waits, and while it runs.
  @Test
  void aControllerThatRestartsIsWaitedFor() {
    var blocker = cluster.blocker();
    cluster.stopController();
    var launch = SlurmLaunches.inBackground(() -> launches.run("sleep 2; echo done"));
    SlurmCluster.pause();
    cluster.startController();
    SlurmCluster.awaited(
        () -> launches.said().stream().anyMatch(line -> line.contains("waits in the queue")));
    cluster.restartController();
    cluster.slurm("scancel", blocker);
    SlurmCluster.awaited(() -> launches.steps() > 0);
    cluster.restartController();
    assertThat(launch.join().output()).contains("done");
    assertThat(launches.jobs()).hasSize(1);
  }

  @Test
  void whatAKilledServerHeldIsFoundByName() {
    assertThat(launches.run("true").succeeded()).isTrue();
    assertThat(launches.held().recover(cluster.processes(), checkout)).isEmpty();
    var next = launches.held("next");
    assertThat(next.recover(cluster.processes(), checkout))
        .singleElement()
        .asString()
        .contains("of a server that ended was cancelled");
    SlurmCluster.awaited(() -> launches.jobs().isEmpty());
    assertThat(next.recover(cluster.processes(), checkout)).isEmpty();
  }

  @Test
  void aJobThatNobodyUsesEndsByItself() {
    launches.use(List.of(), Duration.ofMinutes(1), Duration.ofSeconds(3));
    assertThat(launches.run("true").succeeded()).isTrue();
    assertThat(launches.jobs()).hasSize(1);
    SlurmCluster.awaited(() -> launches.jobs().isEmpty());
    assertThat(launches.run("true").succeeded()).isTrue();
    assertThat(launches.said()).anyMatch(line -> line.contains("was unused for a while"));
  }

  @Test
  void passesOptionsToEveryStepAndPutsItsWordsBeforeEveryTask() {
    var steps =
        new Execution.Steps(List.of("--label"), Optional.empty(), List.of("env", "BEHIND=yes"));
    launches.use(
        new Execution.Slurm(2, 4, List.of(), steps, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    assertThat(launches.run("echo $BEHIND $HOW").output().lines())
        .containsExactlyInAnyOrder("0: yes much", "1: yes much", "2: yes much", "3: yes much");
  }

  /// What pyxis would take is taken away before Slurm sees it.
  @Test
  void asksPyxisForTheImageTheFolderAndOurVariables() {
    var pyxis = new ArrayList<String>();
    Processes without =
        (command, lines) -> {
          command.arguments().stream()
              .filter(w -> w.startsWith("--container-"))
              .forEach(pyxis::add);
          var words =
              command.arguments().stream().filter(w -> !w.startsWith("--container-")).toList();
          return cluster
              .processes()
              .run(
                  new Command(
                      words,
                      command.directory(),
                      command.environment(),
                      command.limit(),
                      command.log()),
                  lines);
        };
    var steps =
        new Execution.Steps(
            List.of("--container-mounts=/a:/a"), Optional.of("nvcr.io/image"), List.of());
    launches.use(
        without,
        new Execution.Slurm(1, 1, List.of(), steps, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    assertThat(launches.run("echo up").output().strip()).isEqualTo("up");
    assertThat(pyxis)
        .containsExactly(
            "--container-mounts=/a:/a",
            "--container-image=nvcr.io/image",
            "--container-workdir=" + checkout,
            "--container-env=HOW");
  }

  @Test
  void whatSlurmRefusesIsSaid() {
    launches.use(List.of("--partition=none"), Duration.ofMinutes(1), Duration.ofMinutes(1));
    assertThatThrownBy(() -> launches.run("true"))
        .hasMessageContaining("Slurm refused the allocation")
        .hasMessageContaining("partition");
  }
}

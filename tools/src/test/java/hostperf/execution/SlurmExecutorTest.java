package hostperf.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.seal.SealedFolder;
import hostperf.seal.UserState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Against a real Slurm of two nodes.
class SlurmExecutorTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path home;

  private static SlurmCluster cluster;

  @TempDir Path checkout;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private HeldJobs held;
  private SlurmExecutor executor;

  @BeforeAll
  static void start() throws IOException {
    assumeThat(SlurmCluster.isPossible()).as("root, with Debian's slurm-wlm and munge").isTrue();
    cluster = SlurmCluster.start(home);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void fresh() {
    held = held("mine");
    executor = executor(List.of(), Duration.ofMinutes(1), Duration.ofMinutes(1));
  }

  @AfterEach
  void leaveNothing() {
    executor.release();
    awaited(() -> cluster.jobs().isEmpty());
  }

  private HeldJobs held(String mark) {
    SealedFolder folder = new UserState(checkout.resolve("state")).in(checkout, ".hostperf");
    try {
      Files.createDirectories(checkout.resolve(".hostperf/slurm"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new HeldJobs(folder.folder("slurm"), mark);
  }

  private SlurmExecutor executor(List<String> request, Duration patience, Duration hold) {
    return new SlurmExecutor(
        new Execution.Slurm(2, 4, request, Optional.empty(), patience, hold),
        cluster.processes(),
        checkout,
        held,
        () -> "hostperf-test-" + NUMBER.incrementAndGet());
  }

  private Finished run(String script) {
    return executor
        .workload(said::add)
        .run(
            new Command(
                List.of("sh", "-c", script),
                checkout,
                Map.of("HOW", "much"),
                Duration.ofMinutes(1),
                Optional.empty()));
  }

  private static void awaited(BooleanSupplier condition) {
    for (int i = 0; i < 150 && !condition.getAsBoolean(); i++) {
      SlurmCluster.pause();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void launchesEveryTaskInOneJobThatStays() {
    var first = run("echo $SLURM_JOB_ID $SLURM_PROCID $SLURMD_NODENAME $HOW $PWD");
    var second = run("echo $SLURM_JOB_ID");
    assertThat(first.succeeded()).isTrue();
    var job = cluster.jobs().getFirst();
    assertThat(first.output().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith(job + " ") && line.endsWith(" much " + checkout))
        .anyMatch(line -> line.contains(" 0 n1 "))
        .anyMatch(line -> line.contains(" n2 "));
    assertThat(second.output().lines()).containsOnly(job);
    assertThat(said).last().asString().startsWith("Slurm job " + job + " runs on n[1-2]");
    assertThat(executor.placement().keySet())
        .hasSize(2)
        .allMatch(place -> place.matches("n[12], CPUs [-,0-9]+, memory [-,0-9]+"));
    assertThat(String.join(", ", executor.placement().values()))
        .satisfies(
            tasks ->
                assertThat(tasks.replaceAll("(\\d)-(\\d)", "$1, $2").split(", "))
                    .contains("0", "3"));
  }

  @Test
  void runsTestsAsOneTask() {
    var finished =
        executor
            .single(said::add)
            .run(new Command(checkout, Duration.ofMinutes(1), "sh", "-c", "echo $SLURM_NTASKS"));
    assertThat(finished.output().strip()).isEqualTo("1");
  }

  @Test
  void aWorkloadThatFailsIsAFailureOfItsOwn() {
    var finished = run("echo broken; exit $((3 + SLURM_PROCID))");
    assertThat(finished.end()).isEqualTo(Finished.End.EXITED);
    assertThat(finished.exitCode()).isNotZero();
    assertThat(finished.output()).contains("broken");
    assertThat(cluster.jobs()).hasSize(1);
  }

  @Test
  void aJobThatSomebodyCancelsIsNoFailureOfTheCode() {
    var cancelled = inBackground(() -> run("echo up; sleep 50"));
    awaited(() -> steps() > 0);
    cluster.slurm("scancel", cluster.jobs().getFirst());
    assertThatThrownBy(cancelled::get)
        .hasCauseInstanceOf(Refusal.class)
        .hasMessageContaining("was cancelled by someone else, so this launch does not count");
    assertThat(run("true").succeeded()).isTrue();
  }

  @Test
  void saysWhatItWaitsForAndGivesUpInTime() {
    var blocker =
        cluster.slurm(
            "sbatch",
            "--parsable",
            "--nodes=2",
            "--exclusive",
            "--output=/dev/null",
            "--wrap=sleep 60");
    awaited(() -> cluster.slurm("squeue", "-h", "-j", blocker, "-o", "%T").equals("RUNNING"));
    executor = executor(List.of(), Duration.ofSeconds(4), Duration.ofMinutes(1));
    assertThatThrownBy(() -> run("true"))
        .hasMessageContaining("still waits in the queue")
        .hasMessageContaining("it was cancelled");
    assertThat(said).anyMatch(line -> line.contains("waits in the queue"));
    assertThat(cluster.jobs()).containsExactly(blocker);
    cluster.slurm("scancel", blocker);
  }

  @Test
  void anInterruptEndsTheLaunchAndLeavesNoStep() throws Exception {
    var thread = new CompletableFuture<Thread>();
    var launch =
        inBackground(
            () -> {
              thread.complete(Thread.currentThread());
              return run("sleep 50");
            });
    awaited(() -> steps() > 0);
    thread.join().interrupt();
    assertThat(launch.get().end()).isEqualTo(Finished.End.CANCELLED);
    awaited(() -> steps() == 0);
  }

  @Test
  void aControllerThatRestartsIsWaitedFor() {
    assertThat(run("true").succeeded()).isTrue();
    var job = cluster.jobs().getFirst();
    cluster.stopController();
    var asked =
        inBackground(
            () ->
                new SlurmCommands(cluster.processes(), checkout).job(Long.parseLong(job)).state());
    SlurmCluster.pause();
    cluster.startController();
    assertThat(asked.join()).isEqualTo("RUNNING");
  }

  @Test
  void whatAKilledServerHeldIsFoundByName() {
    assertThat(run("true").succeeded()).isTrue();
    assertThat(held.recover(cluster.processes(), checkout)).isEmpty();
    var next = held("next");
    assertThat(next.recover(cluster.processes(), checkout))
        .singleElement()
        .asString()
        .contains("of a server that ended was cancelled");
    awaited(() -> cluster.jobs().isEmpty());
    assertThat(next.recover(cluster.processes(), checkout)).isEmpty();
  }

  @Test
  void aJobThatNobodyUsesEndsByItself() {
    executor = executor(List.of(), Duration.ofMinutes(1), Duration.ofSeconds(3));
    assertThat(run("true").succeeded()).isTrue();
    assertThat(cluster.jobs()).hasSize(1);
    awaited(() -> cluster.jobs().isEmpty());
    assertThat(run("true").succeeded()).isTrue();
    assertThat(said).anyMatch(line -> line.contains("was unused for a while"));
  }

  @Test
  void whatSlurmRefusesIsSaid() {
    executor = executor(List.of("--partition=none"), Duration.ofMinutes(1), Duration.ofMinutes(1));
    assertThatThrownBy(() -> run("true"))
        .hasMessageContaining("Slurm refused the allocation")
        .hasMessageContaining("partition");
  }

  private static long steps() {
    return cluster
        .slurm("squeue", "--steps", "--noheader", "--format=%i")
        .lines()
        .filter(line -> !line.contains("batch"))
        .filter(line -> !line.isBlank())
        .count();
  }

  private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work);
  }
}

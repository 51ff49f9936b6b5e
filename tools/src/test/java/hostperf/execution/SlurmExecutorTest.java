package hostperf.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Against a real Slurm of two nodes, and a third for what takes long.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlurmExecutorTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path home;

  private static SlurmCluster cluster;
  private static CompletableFuture<Finished> limited;

  @TempDir Path checkout;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private HeldJobs held;
  private SlurmExecutor executor;

  @BeforeAll
  static void start() throws IOException {
    assumeThat(SlurmCluster.isPossible()).as("root, with Debian's slurm-wlm and munge").isTrue();
    cluster = SlurmCluster.start(home);
    limited = inBackground(() -> limited());
  }

  /// Slurm looks at time limits every half minute: meanwhile the other tests run.
  private static Finished limited() {
    var folder = home.resolve("limited");
    var job = inBackground(() -> onlyOf("aside"));
    var launch =
        inBackground(
            () ->
                new SlurmExecutor(
                        new Execution.Slurm(
                            1,
                            1,
                            List.of("--partition=aside"),
                            Execution.Steps.PLAIN,
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(1)),
                        cluster.processes(),
                        folder,
                        held(folder, "mine"),
                        () -> "hostperf-test-limited")
                    .workload(_ -> {})
                    .run(new Command(folder, Duration.ofMinutes(2), "sleep", "100")));
    cluster.slurm("scontrol", "update", "JobId=" + job.join(), "EndTime=now+1");
    return launch.join();
  }

  private static String onlyOf(String partition) {
    awaited(() -> steps(partition) > 0);
    return cluster.jobs(partition).getFirst();
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
    awaited(() -> jobs().isEmpty());
  }

  private HeldJobs held(String mark) {
    return held(checkout, mark);
  }

  private static HeldJobs held(Path checkout, String mark) {
    try {
      Files.createDirectories(checkout.resolve(".hostperf/slurm"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    SealedFolder folder = new UserState(checkout.resolve("state")).in(checkout, ".hostperf");
    return new HeldJobs(folder.folder("slurm"), mark);
  }

  private SlurmExecutor executor(List<String> request, Duration patience, Duration hold) {
    return executor(new Execution.Slurm(2, 4, request, Execution.Steps.PLAIN, patience, hold));
  }

  private SlurmExecutor executor(Execution.Slurm settings) {
    return executor(cluster.processes(), settings);
  }

  private SlurmExecutor executor(Processes processes, Execution.Slurm settings) {
    return new SlurmExecutor(
        settings, processes, checkout, held, () -> "hostperf-test-" + NUMBER.incrementAndGet());
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
    var job = jobs().getFirst();
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
    assertThat(jobs()).hasSize(1);
  }

  @Test
  void aJobThatSomebodyCancelsIsNoFailureOfTheCode() {
    var cancelled = launched();
    cluster.slurm("scancel", jobs().getFirst());
    assertNotCounted(cancelled, "was cancelled by someone else");
    assertThat(run("true").succeeded()).isTrue();
  }

  @Test
  void aNodeThatGoesDownIsNoFailureOfTheCode() {
    var cut = launched();
    node("n2", "DOWN");
    assertNotCounted(cut, "lost a node");
    assertThat(run("true").succeeded()).isTrue();
  }

  @Test
  void aNodeThatIsDrainedServesUntilTheJobIsOver() {
    var launch = inBackground(() -> run("sleep 1; echo done"));
    awaited(() -> steps() > 0);
    node("n2", "DRAIN");
    assertThat(launch.join().output()).contains("done");
    assertThat(run("true").succeeded()).isTrue();
    executor.release();
    executor = executor(List.of(), Duration.ofSeconds(2), Duration.ofMinutes(1));
    assertThatThrownBy(() -> run("true"))
        .hasMessageContaining("still waits in the queue (")
        .hasMessageContaining("DRAINED");
    node("n2", "RESUME");
  }

  @Test
  void aJobOfHigherPriorityIsNoFailureOfTheCode() {
    var cut = launched();
    var other = blocker("--partition=high");
    assertNotCounted(cut, "was preempted by a job of higher priority");
    cluster.slurm("scancel", other);
  }

  @Test
  void aJobThatIsPutBackIsNoFailureOfTheCode() {
    executor = executor(List.of("--requeue"), Duration.ofMinutes(1), Duration.ofMinutes(1));
    var cut = launched();
    cluster.slurm("scontrol", "requeue", jobs().getFirst());
    assertNotCounted(cut, "was put back into the queue");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void aTimeLimitIsNoFailureOfTheCode() {
    assertNotCounted(limited, "reached its time limit");
    awaited(() -> cluster.jobs("aside").isEmpty());
  }

  private CompletableFuture<Finished> launched() {
    var launch = inBackground(() -> run("echo up; sleep 50"));
    awaited(() -> steps() > 0);
    return launch;
  }

  private static void assertNotCounted(CompletableFuture<Finished> launch, String why) {
    assertThatThrownBy(launch::get)
        .hasRootCauseInstanceOf(Refusal.class)
        .rootCause()
        .hasMessageContaining(why)
        .hasMessageContaining(", so this launch does not count");
  }

  private static void node(String name, String state) {
    cluster.slurm("scontrol", "update", "NodeName=" + name, "State=" + state, "Reason=test");
  }

  /// A job that has all nodes.
  private static String blocker(String... options) {
    var words =
        new ArrayList<>(
            List.of("sbatch", "--parsable", "--nodes=2", "--exclusive", "--output=/dev/null"));
    words.addAll(List.of(options));
    words.add("--wrap=sleep 60");
    var job = cluster.slurm(words.toArray(String[]::new));
    awaited(() -> cluster.slurm("squeue", "-h", "-j", job, "-o", "%T").equals("RUNNING"));
    return job;
  }

  @Test
  void saysWhatItWaitsForAndGivesUpInTime() {
    var blocker = blocker();
    executor = executor(List.of(), Duration.ofSeconds(3), Duration.ofMinutes(1));
    assertThatThrownBy(() -> run("true"))
        .hasMessageContaining("still waits in the queue")
        .hasMessageContaining("it was cancelled");
    assertThat(said).anyMatch(line -> line.contains("waits in the queue"));
    assertThat(jobs()).containsExactly(blocker);
    executor = executor(List.of(), Duration.ofMinutes(1), Duration.ofMinutes(1));
    var cancelled = inBackground(() -> run("true"));
    awaited(() -> jobs().size() == 2);
    cluster.slurm("scancel", "--state=PENDING", "--user=root");
    assertThatThrownBy(cancelled::get)
        .hasMessageContaining("was cancelled by someone else before it began");
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

  /// Away when the job is submitted, while it waits, and while it runs.
  @Test
  void aControllerThatRestartsIsWaitedFor() {
    var blocker = blocker();
    cluster.stopController();
    var launch = inBackground(() -> run("sleep 2; echo done"));
    SlurmCluster.pause();
    cluster.startController();
    awaited(() -> said.stream().anyMatch(line -> line.contains("waits in the queue")));
    restartController();
    cluster.slurm("scancel", blocker);
    awaited(() -> steps() > 0);
    restartController();
    assertThat(launch.join().output()).contains("done");
    assertThat(jobs()).hasSize(1);
  }

  private static void restartController() {
    cluster.stopController();
    SlurmCluster.pause();
    cluster.startController();
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
    awaited(() -> jobs().isEmpty());
    assertThat(next.recover(cluster.processes(), checkout)).isEmpty();
  }

  @Test
  void aJobThatNobodyUsesEndsByItself() {
    executor = executor(List.of(), Duration.ofMinutes(1), Duration.ofSeconds(3));
    assertThat(run("true").succeeded()).isTrue();
    assertThat(jobs()).hasSize(1);
    awaited(() -> jobs().isEmpty());
    assertThat(run("true").succeeded()).isTrue();
    assertThat(said).anyMatch(line -> line.contains("was unused for a while"));
  }

  @Test
  void passesOptionsToEveryStepAndPutsItsWordsBeforeEveryTask() {
    var steps =
        new Execution.Steps(List.of("--label"), Optional.empty(), List.of("env", "BEHIND=yes"));
    executor =
        executor(
            new Execution.Slurm(
                2, 4, List.of(), steps, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    assertThat(run("echo $BEHIND $HOW").output().lines())
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
    executor =
        executor(
            without,
            new Execution.Slurm(
                1, 1, List.of(), steps, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    assertThat(run("echo up").output().strip()).isEqualTo("up");
    assertThat(pyxis)
        .containsExactly(
            "--container-mounts=/a:/a",
            "--container-image=nvcr.io/image",
            "--container-workdir=" + checkout,
            "--container-env=HOW");
  }

  @Test
  void whatSlurmRefusesIsSaid() {
    executor = executor(List.of("--partition=none"), Duration.ofMinutes(1), Duration.ofMinutes(1));
    assertThatThrownBy(() -> run("true"))
        .hasMessageContaining("Slurm refused the allocation")
        .hasMessageContaining("partition");
  }

  private static List<String> jobs() {
    return cluster.jobs("all,high");
  }

  private static long steps() {
    return steps("all,high");
  }

  private static long steps(String partitions) {
    return cluster
        .slurm("squeue", "--steps", "--noheader", "--partition=" + partitions, "--format=%i")
        .lines()
        .filter(line -> !line.contains("batch"))
        .filter(line -> !line.isBlank())
        .count();
  }

  private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
  }
}

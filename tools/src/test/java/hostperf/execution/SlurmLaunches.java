package hostperf.execution;

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
import java.util.function.Supplier;

/// Launches of one executor on a cluster.
final class SlurmLaunches {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final SlurmCluster cluster;
  private final Path checkout;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final HeldJobs held;
  private SlurmExecutor executor;

  SlurmLaunches(SlurmCluster cluster, Path checkout) {
    this.cluster = cluster;
    this.checkout = checkout;
    this.held = held("mine");
    this.executor =
        made(
            cluster.processes(), settings(List.of(), Duration.ofMinutes(1), Duration.ofMinutes(1)));
  }

  HeldJobs held() {
    return held;
  }

  SlurmExecutor executor() {
    return executor;
  }

  /// What was said of the progress.
  List<String> said() {
    return said;
  }

  HeldJobs held(String mark) {
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

  void use(List<String> request, Duration patience, Duration hold) {
    use(settings(request, patience, hold));
  }

  void use(Execution.Slurm settings) {
    use(cluster.processes(), settings);
  }

  void use(Processes processes, Execution.Slurm settings) {
    executor = made(processes, settings);
  }

  private static Execution.Slurm settings(List<String> request, Duration patience, Duration hold) {
    return new Execution.Slurm(2, 4, request, Execution.Steps.PLAIN, patience, hold);
  }

  private SlurmExecutor made(Processes processes, Execution.Slurm settings) {
    return new SlurmExecutor(
        settings, processes, checkout, held, () -> "hostperf-test-" + NUMBER.incrementAndGet());
  }

  Finished run(String script) {
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

  CompletableFuture<Finished> launched() {
    var launch = inBackground(() -> run("echo up; sleep 50"));
    SlurmCluster.awaited(() -> steps() > 0);
    return launch;
  }

  List<String> jobs() {
    return cluster.jobs("all,high");
  }

  long steps() {
    return cluster.steps("all,high");
  }

  static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
  }

  /// Slurm looks at time limits every half minute: meanwhile the other tests run.
  static Finished limited(SlurmCluster cluster, Path home) {
    var folder = home.resolve("limited");
    var job = inBackground(() -> onlyOf(cluster, "aside"));
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

  private static String onlyOf(SlurmCluster cluster, String partition) {
    SlurmCluster.awaited(() -> cluster.steps(partition) > 0);
    return cluster.jobs(partition).getFirst();
  }
}

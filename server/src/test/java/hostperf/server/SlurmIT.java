package hostperf.server;

import static hostperf.server.CheckedCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import hostperf.Golden;
import hostperf.execution.SlurmCluster;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.server.client.ServerSession;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A whole run whose launches are four ranks on two nodes of a real Slurm.
@Order(2)
@ResourceLock("the machine, for measuring")
class SlurmIT {
  private static final String ENGINE = "tiny/engine.py";

  /// Rank 2 does in `check` what the others do not.
  private static final String BENCH =
      """
      import os
      import time

      from tiny.engine import Config, Engine

      rank = int(os.environ["SLURM_PROCID"])
      engine = Engine(Config(list(range(60))))
      engine.late = rank == 2
      begin = time.perf_counter()
      kept = [engine.step(list(range(40))) for _ in range(4000)]
      seconds = time.perf_counter() - begin
      if rank == 0:
          with open("tokens.txt", "w") as out:
              out.write(str(kept))
          print(f"throughput={4000 / seconds:.2f}")
      """;

  /// While `alternating` lies beside it, every second launch has one CPU.
  private static final String PINNING =
      """
      [ -e "$(dirname "$0")/alternating" ] && [ $((SLURM_STEP_ID % 2)) = 1 ] && exec taskset -c 0 "$@"
      exec "$@"
      """;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path cluster;

  @TempDir Path folder;
  private SlurmCluster slurm;
  private TinyCheckout checkout;
  private Path pinning;
  private ServerSession server;

  @BeforeEach
  void start() throws IOException {
    assumeThat(SlurmCluster.isPossible()).as("root, with Debian's slurm-wlm and munge").isTrue();
    slurm = SlurmCluster.start(cluster);
    checkout = TinyCheckout.in(folder);
    Files.writeString(checkout.root().resolve("bench.py"), BENCH);
    var engine = checkout.root().resolve(ENGINE);
    Files.writeString(
        engine,
        checkout
            .read(ENGINE)
            .replace(
                "        self.steps += 1\n",
                "        self.steps += 1\n        if self.late:\n            sum(range(40000))\n")
            .replace(
                "        self.steps = 0\n", "        self.steps = 0\n        self.late = False\n"));
    pinning = Files.writeString(folder.resolve("pinning"), PINNING);
    var configuration = checkout.root().resolve("hostperf.yaml");
    Files.writeString(
        configuration,
        checkout
                .read("hostperf.yaml")
                .replace("  timeout: 1m\n", "  timeout: 1m\n  root: tiny.engine.Engine.step\n")
            + "execution: {kind: slurm, nodes: 2, ntasks: 4, time: 20m, hold: 2m, command: [sh, %s]}\n"
                .formatted(pinning));
    checkout.git("add", ".");
    checkout.commit("Ranks");
    server = connect();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    if (slurm != null) {
      slurm.close();
    }
  }

  private ServerSession connect() {
    var environment = new HashMap<>(slurm.environment());
    environment.putAll(TinyCheckout.environment(checkout.home()));
    return ServerSession.open(
        Golden.root().resolve("hostperf"),
        checkout.root(),
        environment,
        "test",
        _ ->
            new McpSchema.ElicitResult(
                McpSchema.ElicitResult.Action.ACCEPT, Map.of("decision", "approve"), null),
        _ -> {});
  }

  private RawServer raw() {
    return RawServer.on(checkout.root(), checkout.home(), slurm.environment());
  }

  /// Until a job of hostperf's is in that state.
  private void await(String state) throws InterruptedException {
    var seen = "";
    for (int i = 0; i < 300 && !seen.contains(state); i++) {
      Thread.sleep(100);
      seen =
          slurm
              .slurm("squeue", "--noheader", "--format=%j %T")
              .lines()
              .filter(line -> line.startsWith("hostperf-"))
              .findFirst()
              .orElse("");
    }
    assertThat(seen).contains(state);
  }

  /// Slurm cleans up behind a job that was cancelled.
  private void awaitNoJob() throws InterruptedException {
    for (int i = 0; i < 100 && !slurm.jobs().isEmpty(); i++) {
      Thread.sleep(100);
    }
    assertThat(slurm.jobs()).isEmpty();
  }

  private void patch(String run, String old, String replacement) {
    call(
        server,
        "apply_patch",
        Map.of(
            "run_id",
            run,
            "edits",
            List.of(Map.of("file", ENGINE, "old", old, "new", replacement))));
  }

  @Test
  void goesThroughARunOfFourRanksAndNamesTheOneThatIsLate() throws Exception {
    var run = call(server, "start_run", Map.of()).text("run_id");
    var profile =
        call(
                server,
                "profile",
                Map.of("run_id", run, "passes", List.of("samples", "lines", "facts")))
            .text();
    assertThat(profile)
        .containsPattern(
            "Rank 2 spends [\\d.]+% of the median process's time at tiny/engine.py:27 in ")
        .containsPattern("Rank 2 on n[12], the slowest: Engine.step ")
        .containsPattern("Rank [013] on n[12], nearest to the median: ");
    call(server, "classify", Map.of("run_id", run));
    call(server, "apply_patch", Map.of("run_id", run, "edits", List.of(TinyCheckout.HOIST)));
    assertThat(call(server, "run_unit_tests", Map.of("run_id", run)).texts("new_failures"))
        .isEmpty();
    var alternating = Files.createFile(pinning.resolveSibling("alternating"));
    assertThat(call(server, "validate", Map.of("run_id", run)).text())
        .containsPattern("Not comparable: `tasks on n1, CPUs 0(-\\d+)?, memory 0` was .* at ");
    Files.delete(alternating);
    var verdict = call(server, "validate", Map.of("run_id", run));
    assertThat(verdict.text("verdict")).as(verdict.text()).isEqualTo("improved");
    assertThat(slurm.jobs()).hasSize(1);
    patch(run, "kept.append(token)", "kept.append(token + 1)");
    assertThat(call(server, "run_unit_tests", Map.of("run_id", run)).texts("new_failures"))
        .isNotEmpty();
    call(server, "rollback", Map.of("run_id", run, "reason", "a test fails"));
    assertThat(call(server, "report", Map.of("run_id", run, "scope", "final")).text())
        .contains("report.md");
    server.close();
    awaitNoJob();
  }

  @Test
  void leavesNoJobBehindWhenItIsKilledWhilePendingOrRunning() throws Exception {
    server.close();
    checkout.trust();
    var blocker =
        slurm.slurm(
            "sbatch",
            "--parsable",
            "--nodes=2",
            "--exclusive",
            "--output=/dev/null",
            "--wrap=sleep 300");
    String run;
    try (var first = raw()) {
      run = first.call("start_run", Map.of()).field("run_id");
      var _ = first.sendCall("profile", Map.of("run_id", run, "wait_s", 50));
      await("PENDING");
      first.kill();
    }
    try (var second = raw()) {
      assertThat(second.call("status", Map.of("run_id", run)).text())
          .contains("`profile`) was cut off when its server ended");
      assertThat(slurm.jobs()).containsExactly(blocker);
      slurm.slurm("scancel", blocker);
      var _ = second.sendCall("profile", Map.of("run_id", run, "wait_s", 50));
      await("RUNNING");
      second.kill();
    }
    assertThat(hostperf("recover"))
        .contains("the Slurm job hostperf-")
        .contains("`profile`) was cut off when its server ended");
    awaitNoJob();
  }

  private String hostperf(String command) {
    var environment = new HashMap<>(slurm.environment());
    environment.putAll(TinyCheckout.environment(checkout.home()));
    return new LocalProcesses()
        .run(
            new Command(
                List.of(
                    Golden.root().resolve("hostperf").toString(),
                    "-C",
                    checkout.root().toString(),
                    command),
                checkout.root(),
                environment,
                Duration.ofMinutes(1),
                Optional.empty()))
        .output();
  }
}

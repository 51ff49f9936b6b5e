package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `notifications/cancelled` ends the work of the call and all of its processes; the checkout is as
/// before, and the next call is served.
class CancelIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /// Where the file `slow` exists, the program hangs with a child, and says who they are.
  private static final String HANGS =
      """
      import os, subprocess, time
      slow = os.environ["SLOW"]
      if os.path.exists(slow):
          child = subprocess.Popen(["sleep", "300"])
          with open(slow + ".part", "w") as out:
              out.write(f"{os.getpid()} {child.pid}")
          os.rename(slow + ".part", slow + ".pids")
          time.sleep(300)
      """;

  @TempDir Path folder;
  private TinyCheckout checkout;
  private Path slow;

  @BeforeEach
  void hangOnDemand() throws IOException {
    checkout = TinyCheckout.in(folder);
    slow = folder.resolve("slow");
    for (var file : List.of("bench.py", "tests/test_engine.py")) {
      Files.writeString(checkout.root().resolve(file), HANGS + checkout.read(file));
    }
    Files.writeString(
        checkout.root().resolve("hostperf.yaml"),
        checkout.read("hostperf.yaml").replace("PYTHONPATH: .", "PYTHONPATH: ., SLOW: " + slow));
    checkout.git("add", ".");
    checkout.commit("It can hang");
    checkout.trust();
  }

  @Test
  void endsProfileTestsAndValidation() throws Exception {
    var base = checkout.read(Kills.ENGINE);
    try (var server = RawServer.on(checkout)) {
      var run = server.call("start_run", Map.of()).field("run_id");
      cancelsAmid(server, "profile", Map.of("run_id", run));
      assertThat(stage(server, run)).isEqualTo("started");
      assertThat(server.call("profile", Map.of("run_id", run)).isError()).isFalse();
      server.call("classify", Map.of("run_id", run));
      assertThat(server.call("apply_patch", Kills.edit(run)).isError()).isFalse();
      var patched = checkout.read(Kills.ENGINE);
      assertThat(patched).isNotEqualTo(base);

      cancelsAmid(server, "run_unit_tests", Map.of("run_id", run));
      assertThat(stage(server, run)).isEqualTo("patched");
      assertThat(server.call("run_unit_tests", Map.of("run_id", run)).isError()).isFalse();

      cancelsAmid(server, "validate", Map.of("run_id", run));
      assertThat(stage(server, run)).isEqualTo("tested");
      assertThat(checkout.read(Kills.ENGINE)).isEqualTo(patched);
    }
  }

  @Test
  void endsWorkWhenTheClientLeaves() throws Exception {
    try (var server = RawServer.on(checkout)) {
      var run = server.call("start_run", Map.of()).field("run_id");
      Files.writeString(slow, "");
      server.sendCall("profile", Map.of("run_id", run));
      var processes = hanging();
      assertThat(server.leave()).isLessThan(5_000);
      assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }
  }

  private void cancelsAmid(RawServer server, String tool, Map<String, Object> arguments)
      throws Exception {
    Files.writeString(slow, "");
    int id = server.sendCall(tool, arguments);
    var processes = hanging();
    long from = System.nanoTime();
    server.cancel(id);
    while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
      assertThat(System.nanoTime() - from).as("time to end " + tool).isLessThan(5_000_000_000L);
      Thread.sleep(20);
    }
    Files.delete(slow);
    while (isRunning(server)) {
      assertThat(System.nanoTime() - from).as("time to end " + tool).isLessThan(10_000_000_000L);
      Thread.sleep(50);
    }
    assertThat(server.answered(id)).as("a cancelled request gets no answer").isFalse();
  }

  /// The processes of the workload once it hangs.
  private List<ProcessHandle> hanging() throws Exception {
    var pids = Path.of(slow + ".pids");
    long from = System.nanoTime();
    while (!Files.exists(pids)) {
      assertThat(System.nanoTime() - from).as("hangs").isLessThan(SOON.toNanos());
      Thread.sleep(20);
    }
    var found =
        Stream.of(Files.readString(pids).split(" "))
            .map(p -> ProcessHandle.of(Long.parseLong(p)).orElseThrow())
            .toList();
    Files.delete(pids);
    return found;
  }

  private static boolean isRunning(RawServer server) {
    var jobs = server.call("status", Map.of("run_id", run(server))).fields().path("jobs");
    return jobs.toString().contains("running");
  }

  private static String run(RawServer server) {
    return server.call("status", Map.of()).fields().at("/runs/0/run_id").asString();
  }

  private static String stage(RawServer server, String run) {
    return server.call("status", Map.of("run_id", run)).field("stage");
  }
}

package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `serve --detach`: clients that go, and the work that stays.
class DetachIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, Object> FORMS = Map.of("elicitation", Map.of("form", Map.of()));

  @TempDir Path folder;
  private TinyCheckout checkout;

  @BeforeEach
  void begin() throws IOException {
    checkout = TinyCheckout.in(folder);
  }

  @AfterEach
  void endTheWorkers() {
    workers().forEach(ProcessHandle::destroy);
    awaitWorkers(0, Duration.ofSeconds(30));
  }

  private RawServer client() {
    return client(Map.of());
  }

  private RawServer client(Map<String, Object> capabilities) {
    return RawServer.on(checkout.root(), checkout.home(), Map.of(), capabilities, "--detach");
  }

  /// The processes that work for the checkout.
  /// A command that a worker begins has the worker's command line for a moment.
  private List<ProcessHandle> workers() {
    return ProcessHandle.allProcesses()
        .filter(p -> isWorker(p) && p.parent().filter(this::isWorker).isEmpty())
        .toList();
  }

  private boolean isWorker(ProcessHandle process) {
    var line = process.info().commandLine().orElse("");
    return line.contains(checkout.root() + " serve --detached")
        && line.contains("hostperf-server.jar");
  }

  private String journal(String run) throws IOException {
    return Files.readString(
        checkout.root().resolve(".hostperf").resolve(run).resolve("journal.jsonl"));
  }

  @Test
  void finishesWhatAKilledClientBeganForTheNextOneToFind() throws IOException {
    checkout.trust();
    String run;
    String job;
    try (var killed = client()) {
      run = killed.call("start_run", Map.of()).field("run_id");
      job = killed.call("profile", Map.of("run_id", run, "wait_s", 0)).field("job_id");
      killed.kill();
    }
    var worker = workers();
    assertThat(worker).hasSize(1);
    try (var next = client()) {
      assertThat(workers()).isEqualTo(worker);
      assertThat(next.call("status", Map.of("run_id", run)).text()).contains(job);
      assertThat(next.call("job", Map.of("job_id", job, "action", "log")).field("state"))
          .isEqualTo("running");
      assertThat(waited(next, job).field("state")).isEqualTo("done");
      assertThat(journal(run)).contains("\"event\":\"profiled\"");
      next.call("apply_patch", Kills.edit(run));
      next.call("run_unit_tests", Map.of("run_id", run));
      job = next.call("validate", Map.of("run_id", run, "wait_s", 0)).field("job_id");
      assertThat(job).startsWith("job-");
      // Closes its end, as a client does that is shut down.
      next.leave();
    }
    try (var last = client()) {
      var verdict = waited(last, job);
      assertThat(verdict.field("state")).isEqualTo("done");
      assertThat(verdict.fields().at("/result/verdict").asString("")).isNotEmpty();
      assertThat(workers()).isEqualTo(worker);
      var slots =
          journal(run)
              .lines()
              .filter(l -> l.contains("\"event\":\"measured\""))
              .map(
                  l ->
                      JSON.readTree(JSON.readTree(l).at("/event/detail").asString("")).path("slot"))
              .toList();
      assertThat(slots).isNotEmpty();
      assertThat(new HashSet<>(slots)).hasSameSizeAs(slots);
    }
  }

  private static RawServer.Said waited(RawServer client, String job) {
    var wait = Map.<String, Object>of("job_id", job, "action", "wait", "wait_s", 50);
    var said = client.call("job", wait);
    for (int i = 0; i < 6 && said.field("state").equals("running"); i++) {
      said = client.call("job", wait);
    }
    return said;
  }

  @Test
  void letsTheNextClientCancelAndNoOtherServerMeasureMeanwhile() throws IOException {
    checkout.trust();
    Files.writeString(
        checkout.root().resolve("bench.py"), "import time\nprint('waiting')\ntime.sleep(50)\n");
    checkout.git("add", ".");
    checkout.commit("A slow workload");
    String run;
    String job;
    try (var killed = client()) {
      run = killed.call("start_run", Map.of()).field("run_id");
      job = killed.call("profile", Map.of("run_id", run, "wait_s", 0)).field("job_id");
      killed.kill();
    }
    try (var plain = RawServer.on(checkout)) {
      var refused = plain.call("profile", Map.of("run_id", run));
      assertThat(refused.text())
          .contains("Another hostperf owns this checkout: process " + workers().getFirst().pid());
    }
    try (var next = client()) {
      var beside = next.call("profile", Map.of("run_id", run));
      assertThat(beside.text()).contains("has to wait until " + job);
      var cancelled = next.call("job", Map.of("job_id", job, "action", "cancel"));
      assertThat(cancelled.field("state")).isEqualTo("cancelled");
    }
    assertThat(
            ProcessHandle.allProcesses()
                .map(p -> p.info().commandLine().orElse(""))
                .filter(c -> c.contains("bench.py") && c.contains(checkout.root().toString())))
        .isEmpty();
  }

  @Test
  void beginsOneProcessForClientsThatComeAtOnceAndEndsItWhenTheyHaveGone() {
    var clients = new ArrayList<RawServer>();
    for (int i = 0; i < 4; i++) {
      clients.add(RawServer.silent(checkout.root(), checkout.home(), Map.of(), "--detach"));
    }
    clients.parallelStream().forEach(RawServer::begin);
    for (var client : clients) {
      assertThat(client.call("status", Map.of()).isError()).isFalse();
    }
    awaitWorkers(1, Duration.ofSeconds(10));
    clients.forEach(RawServer::close);
    awaitWorkers(0, Duration.ofSeconds(40));
  }

  private void awaitWorkers(int count, Duration limit) {
    for (long left = limit.toMillis(); left > 0 && workers().size() != count; left -= 100) {
      RawServer.pause(100);
    }
    assertThat(workers()).hasSize(count);
  }

  @Test
  void endsTheFrontWhenTheProcessThatWorksIsKilledAndBeginsAnotherForTheNext() {
    try (var client = client()) {
      var worker = workers().getFirst();
      worker.destroyForcibly();
      client.awaitEnd();
      try (var next = client()) {
        assertThat(next.call("status", Map.of()).isError()).isFalse();
        assertThat(workers()).isNotEmpty().doesNotContain(worker);
      }
    }
  }

  @Test
  void asksTheNextClientWhatAKilledOneLeftOpen() {
    try (var killed = client(FORMS)) {
      killed.sendCall("start_run", Map.of("wait_s", 1));
      killed.next("elicitation/create", Duration.ofSeconds(60));
      killed.kill();
    }
    try (var next = client(FORMS)) {
      // The first call's wait ends, and with it its job.
      for (int i = 0; i < 60; i++) {
        next.sendCall("start_run", Map.of("wait_s", 1));
        if (next.message(
                m -> m.path("method").asString("").equals("elicitation/create"),
                Duration.ofMillis(1_500))
            .isPresent()) {
          return;
        }
      }
    }
    throw new AssertionError("the question was not put again");
  }

  @Test
  void goesWithNeitherReadOnlyNorHttp() {
    assertThat(checkout.hostperf("serve", "--detach", "--read-only").output())
        .contains("`--detach` and `--read-only` do not go together");
    assertThat(checkout.hostperf("serve", "--detach", "--http").output())
        .contains("`--detach` and `--http` do not go together");
  }
}

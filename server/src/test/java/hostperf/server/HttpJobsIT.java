package hostperf.server;

import static hostperf.server.WebAgent.GREETING;
import static hostperf.server.WebAgent.call;
import static hostperf.server.WebAgent.request;
import static hostperf.server.WebAgent.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpSyncClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Work that agents begin over HTTP: it outlives them, waits for its turn, and is found again.
class HttpJobsIT extends OverHttp {
  @Test
  void leavesTheJobsOfAClientThatGoesAndTheJournalNamesItsToken() throws Exception {
    approve(checkout);
    var client = sdk(server.place());
    var run = String.valueOf(call(client, "start_run", Map.of()).get("run_id"));
    assertThat(run).startsWith("run-");
    var job = call(client, "profile", Map.of("run_id", run, "wait_s", 0));
    assertThat(job.get("state")).isEqualTo("running");
    client.close();
    var next = sdk(server.place());
    var id = String.valueOf(job.get("job_id"));
    Map<?, ?> waited = Map.of();
    for (int i = 0; i < 4 && !"done".equals(waited.get("state")); i++) {
      waited = call(next, "job", Map.of("job_id", id, "action", "wait", "wait_s", 45));
    }
    assertThat(waited.get("state")).isEqualTo("done");
    next.close();
    var journal =
        Files.readString(
            checkout.root().resolve(".hostperf").resolve(run).resolve("journal.jsonl"));
    assertThat(journal).contains("agent-1").doesNotContain(token);
    assertThat(journal.lines()).allMatch(l -> l.contains("agent-1"));
  }

  @Test
  void endsTheJobOfACancelledRequestForWhoMayRunAlone() throws Exception {
    approve(checkout);
    var client = sdk(server.place());
    var run = String.valueOf(call(client, "start_run", Map.of()).get("run_id"));
    var session = server.post(server.place(), with(token), GREETING).header("mcp-session-id");
    var mine = with(token, "Mcp-Session-Id", session);
    var profile =
        "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"tools/call\",\"params\":{\"name\":\"profile\","
            + "\"arguments\":{\"run_id\":\"%s\"}}}".formatted(run);
    var answer = CompletableFuture.supplyAsync(() -> server.post(server.place(), mine, profile));
    String job = "";
    for (int i = 0; i < 500 && job.isEmpty(); i++) {
      Thread.sleep(20);
      var jobs = call(client, "status", Map.of("run_id", run)).get("jobs");
      var found = Pattern.compile("job_id=(job-\\w+)").matcher(String.valueOf(jobs));
      job = found.find() ? found.group(1) : "";
    }
    var watching = server.post(server.place(), with(looking), GREETING).header("mcp-session-id");
    var cancel =
        request(
            "tools/call",
            "{\"name\":\"job\",\"arguments\":{\"job_id\":\"%s\",\"action\":\"cancel\"}}"
                .formatted(job));
    var refused = server.post(server.place(), with(looking, "Mcp-Session-Id", watching), cancel);
    assertThat(refused.body().toString()).contains("read-only client");
    var note =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"p\"}}";
    assertThat(server.post(server.place(), mine, note).status()).isEqualTo(202);
    assertThat(answer.get(30, TimeUnit.SECONDS).body().isEmpty()).isTrue();
    Map<?, ?> ended = Map.of("state", "running");
    for (int i = 0; i < 20 && "running".equals(ended.get("state")); i++) {
      ended = call(client, "job", Map.of("job_id", job, "action", "wait", "wait_s", 2));
    }
    assertThat(ended.get("state")).isEqualTo("cancelled");
    client.close();
  }

  @Test
  void launchesOneWorkloadAtATimeWhateverTheCheckout() throws Exception {
    approve(other);
    var first = sdk(server.place());
    var second = sdk(server.places().get(1));
    approve(checkout);
    var runs = new ArrayList<String>();
    var jobs = new ArrayList<String>();
    for (var client : List.of(first, second)) {
      var run = String.valueOf(call(client, "start_run", Map.of()).get("run_id"));
      runs.add(run);
      var job = call(client, "profile", Map.of("run_id", run, "wait_s", 0));
      jobs.add(String.valueOf(job.get("job_id")));
    }
    var seen = new TreeSet<String>();
    boolean waited = false;
    for (int i = 0; i < 2_000 && isRunning(second, jobs.get(1)); i++) {
      var notes = String.valueOf(call(second, "status", Map.of()).get("notes"));
      waited |= notes.contains("After it: `profile` of ");
      if (notes.contains("On this machine `profile` of ")) {
        seen.add(notes);
      }
      Thread.sleep(20);
    }
    assertThat(waited).as("the second waited: " + seen).isTrue();
    assertThat(isRunning(first, jobs.get(0))).isFalse();
    assertThat(launches(checkout, runs.get(0)).overlap(launches(other, runs.get(1)))).isFalse();
    first.close();
    second.close();
  }

  private static boolean isRunning(McpSyncClient client, String job) {
    return "running"
        .equals(call(client, "job", Map.of("job_id", job, "action", "log")).get("state"));
  }

  /// From the first of a profile's files to its last.
  private record Span(FileTime from, FileTime to) {
    boolean overlap(Span other) {
      return from.compareTo(other.to) < 0 && other.from.compareTo(to) < 0;
    }
  }

  private static Span launches(TinyCheckout one, String run) throws IOException {
    try (var files = Files.walk(one.root().resolve(".hostperf").resolve(run).resolve("logs"))) {
      var times = new TreeSet<FileTime>();
      for (var file : files.filter(Files::isRegularFile).toList()) {
        times.add(Files.readAttributes(file, BasicFileAttributes.class).creationTime());
        times.add(Files.getLastModifiedTime(file));
      }
      return new Span(times.getFirst(), times.getLast());
    }
  }

  @Test
  void goesOnAfterItWasKilledAmidAJob() throws Exception {
    var third = TinyCheckout.in(Files.createDirectory(folder.resolve("three")));
    String run;
    String job;
    String session;
    try (var before = WebServer.on(folder, 0, third.root())) {
      approve(third, before.place());
      var client = sdk(before.place());
      run = String.valueOf(call(client, "start_run", Map.of()).get("run_id"));
      session = before.post(before.place(), with(token), GREETING).header("mcp-session-id");
      job =
          String.valueOf(call(client, "profile", Map.of("run_id", run, "wait_s", 0)).get("job_id"));
      before.kill();
    }
    try (var after = WebServer.on(folder, 0, third.root())) {
      var old = with(token, "Mcp-Session-Id", session);
      assertThat(after.post(after.place(), old, request("tools/list", "{}")).status())
          .isEqualTo(404);
      var client = sdk(after.place());
      var found = call(client, "job", Map.of("job_id", job, "action", "wait"));
      assertThat(found.get("state")).isEqualTo("failed");
      var again = call(client, "profile", Map.of("run_id", run, "wait_s", 50));
      assertThat(again.containsKey("profile_id") || "running".equals(again.get("state")))
          .as(again.toString())
          .isTrue();
      client.close();
    }
  }

  private void approve(TinyCheckout one) {
    approve(one, one.equals(other) ? server.places().get(1) : server.place());
  }

  private void approve(TinyCheckout one, URI place) {
    new WebAgent(token).approve(folder, one, place);
  }
}

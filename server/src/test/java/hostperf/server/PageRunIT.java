package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.server.client.ServerSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page for people of the packaged server: what is seen while an agent works on the same
/// checkout by a server of its own.
class PageRunIT extends PageRounds {
  @Test
  void showsARunAndEndsAWaitingCall() throws Exception {
    try (var agent = agent(checkout)) {
      var run = begun(agent);
      watchesProfile(agent, run);
      assertThat(agent.call("classify", Map.of("run_id", run)).isError()).isFalse();
      approvesWhileTheCallWaits(agent, run);
      letsTheFirstAnswerStand(agent, run);
      showsSamples(agent, run);
    }
  }

  private String begun(ServerSession agent) throws Exception {
    var waiting =
        CompletableFuture.supplyAsync(() -> agent.call("start_run", Map.of("wait_s", 45)));
    var id = firstQuestion();
    var page = person.get("/approvals/" + id);
    assertThat(page.html()).contains("A configuration whose commands would run", "bench.py");
    assertThat(answer(id, "approve", "").status()).isEqualTo(303);
    var said = waiting.get(60, TimeUnit.SECONDS);
    assertThat(said.text("run_id")).as(said.text()).startsWith("run-");
    return said.text("run_id");
  }

  private Browser.Shown answer(String id, String decision, String reason) {
    var path = "/approvals/" + id;
    var form = person.get(path).form();
    return person.post(path, Map.of("decision", decision, "reason", reason, "form", form));
  }

  /// The one that the list shows.
  private String firstQuestion() throws InterruptedException {
    return first("approvals/(approval-\\w+)");
  }

  private String firstJob() throws InterruptedException {
    return first("jobs/(job-\\w+)");
  }

  private String first(String path) throws InterruptedException {
    var link = Pattern.compile("href=\"/" + path + "\"");
    for (int i = 0; i < 200; i++) {
      var matcher = link.matcher(person.get("/").html());
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(100);
    }
    throw new AssertionError("No " + path + " is shown: " + person.get("/").html());
  }

  private void watchesProfile(ServerSession agent, String run) throws Exception {
    var profile = CompletableFuture.supplyAsync(() -> agent.call("profile", Map.of("run_id", run)));
    var job = firstJob();
    var seen = "";
    for (int i = 0; i < 300 && !seen.contains("What the launch printed"); i++) {
      seen = person.get("/jobs/" + job).html();
      Thread.sleep(50);
    }
    assertThat(seen).contains("What the launch printed", "running", "data-live", "0 s: ");
    assertThat(person.get("/runs/" + run).html()).contains("/jobs/" + job);
    var done = profile.get(180, TimeUnit.SECONDS);
    assertThat(done.isError()).as(done.text()).isFalse();
    assertThat(person.get("/jobs/" + job).html()).contains("done", "The answer, as the agent gets");
    var page = person.get("/runs/" + run);
    assertThat(page.html()).contains("/runs/%s/profiles/p1".formatted(run));
    var flames = person.get("/runs/%s/profiles/p1".formatted(run));
    assertThat(flames.status()).isEqualTo(200);
    assertThat(flames.html()).contains("Where the time goes", "engine.py");
    assertThat(flames.header("content-security-policy"))
        .contains("sandbox allow-scripts", "script-src 'sha256-")
        .doesNotContain("allow-same-origin", "script-src 'unsafe");
  }

  private void approvesWhileTheCallWaits(ServerSession agent, String run) throws Exception {
    var patch = new HashMap<>(patch(run, "for token in tokens:  # all", 45));
    var waiting = CompletableFuture.supplyAsync(() -> agent.call("apply_patch", patch));
    var id = firstQuestion();
    var page = person.get("/approvals/" + id);
    assertThat(page.html())
        .contains("A patch to apply", "tiny/engine.py", "<mark>", "value=\"approve\"")
        .contains("# all");
    assertThat(person.get("/approvals/%s?view=side-by-side".formatted(id)).html())
        .contains("diff split", "# all");
    assertThat(waiting).isNotDone();
    long from = System.nanoTime();
    assertThat(answer(id, "approve", "fine").header("location")).isEqualTo("/approvals/" + id);
    var said = waiting.get(20, TimeUnit.SECONDS);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(10));
    assertThat(said.text("patch_id")).as(said.text()).isEqualTo("patch-1");
    assertThat(person.get("/approvals/" + id).html()).contains("Approved", "through page", "fine");
    assertThat(person.get("/runs/" + run).html()).contains("through page", "change tiny");
  }

  /// A question that was answered in a terminal is answered.
  private void letsTheFirstAnswerStand(ServerSession agent, String run) {
    var back = agent.call("rollback", Map.of("run_id", run, "reason", "to try another one"));
    assertThat(back.isError()).as(back.text()).isFalse();
    var patch = patch(run, "for token in list(tokens):", 0);
    var id = agent.call("apply_patch", patch).waitingFor().orElseThrow();
    var form = person.get("/approvals/" + id).form();
    WebServer.hostperf(
        folder, "-C", checkout.root().toString(), "deny", id, "--reason", "copies the list");
    var late = person.post("/approvals/" + id, Map.of("decision", "approve", "form", form));
    assertThat(late.header("location")).endsWith("?late=yes");
    assertThat(person.get(late.header("location")).html())
        .contains("Another answer was first", "Denied", "through command line", "copies the list");
    assertThat(agent.call("apply_patch", patch).text("state")).isEqualTo("declined");
  }

  private void showsSamples(ServerSession agent, String run) throws Exception {
    var patch = new HashMap<>(patch(run, "for token in tokens:  # each", 0));
    var id = agent.call("apply_patch", patch).waitingFor().orElseThrow();
    assertThat(answer(id, "approve", "").status()).isEqualTo(303);
    assertThat(agent.call("apply_patch", patch).text("patch_id")).isEqualTo("patch-2");
    assertThat(agent.call("run_unit_tests", Map.of("run_id", run)).isError()).isFalse();
    var validate =
        CompletableFuture.supplyAsync(() -> agent.call("validate", Map.of("run_id", run)));
    var job = firstJob();
    var seen = "";
    for (int i = 0; i < 400 && !seen.contains("<circle"); i++) {
      seen = person.get("/runs/" + run).html();
      Thread.sleep(100);
    }
    assertThat(seen).contains("pair01", "<circle", "not the verdict");
    var said = validate.get(180, TimeUnit.SECONDS);
    assertThat(person.get("/jobs/" + job).html()).contains("launch 1: ", "done");
    assertThat(person.get("/runs/" + run).html())
        .contains("<strong class=\"%s\">".formatted(said.text("verdict")));
    var report = person.get("/runs/%s/report".formatted(run));
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.html()).contains("Rounds", "To try another one");
    assertThat(report.header("content-security-policy")).contains("sandbox allow-scripts");
  }

  private static Map<String, Object> patch(String run, String line, int wait) {
    return Map.of(
        "run_id",
        run,
        "wait_s",
        wait,
        "edits",
        List.of(
            Map.of(
                "file",
                "tiny/engine.py",
                "old",
                "        for token in tokens:",
                "new",
                "        " + line)));
  }
}

package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.server.client.ServerSession;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The page for people of the packaged server: who gets in, who can answer, and what is seen while
/// an agent works on the same checkout by a server of its own.
@ResourceLock("the machine, for measuring")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageIT {
  private static final Pattern CODE = Pattern.compile("Code to sign in[^:]*: ([a-z0-9-]{14})");

  @TempDir static Path folder;
  private TinyCheckout checkout;
  private TinyCheckout other;
  private WebServer server;
  private String token;
  private Browser person;

  @BeforeAll
  void begin() throws IOException {
    checkout = asking("one");
    other = asking("two");
    token = WebServer.hostperf(folder, "token", "add", "agent-1");
    server = WebServer.on(folder, 0, checkout.root(), other.root());
    person = browser();
    assertThat(person.signIn(code()).status()).isEqualTo(303);
  }

  /// Its folder has a name of its own, as its path on the server does.
  private static TinyCheckout asking(String name) throws IOException {
    var made = TinyCheckout.in(Files.createDirectory(folder.resolve(name)));
    var checkout = new TinyCheckout(folder.resolve(name).resolve(name), folder);
    Files.move(made.root(), checkout.root());
    var file = checkout.root().resolve("hostperf.yaml");
    Files.writeString(file, Files.readString(file).replace("approval: never", "approval: ask"));
    // Long enough for samples, and to be watched.
    var bench = checkout.root().resolve("bench.py");
    Files.writeString(
        bench, checkout.read("bench.py").replace("60)]", "8000)]").replace("60 /", "8000 /"));
    checkout.git("add", ".");
    checkout.commit("Asks");
    return checkout;
  }

  @AfterAll
  void end() {
    server.close();
  }

  private Browser browser() {
    return new Browser(server.place());
  }

  private static String code() {
    var said = WebServer.hostperfTyping(folder, "", "ui", "--code");
    var matcher = CODE.matcher(said);
    assertThat(matcher.find()).as(said).isTrue();
    return matcher.group(1);
  }

  /// An agent whose dialogs nobody answers, with a server of its own on the same checkout.
  private static ServerSession agent(TinyCheckout checkout) {
    return ServerSession.open(
        hostperf.Golden.root().resolve("hostperf"),
        checkout.root(),
        Map.of(
            "XDG_CONFIG_HOME",
            folder.toString(),
            "XDG_STATE_HOME",
            folder.resolve("state").toString()),
        "test",
        _ -> unanswered(),
        _ -> {});
  }

  private static McpSchema.ElicitResult unanswered() {
    try {
      TimeUnit.MINUTES.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new McpSchema.ElicitResult(McpSchema.ElicitResult.Action.CANCEL, null, null);
  }

  @Test
  void saysThatAConnectionEndsWhereTheRequestWasNotReadToItsEnd() throws IOException {
    for (var path : List.of("/approvals/approval-aaaaaaaa", "/mcp")) {
      try (var socket = new Socket(server.place().getHost(), server.place().getPort())) {
        var request =
            "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nhalf"
                .formatted(path, server.place().getHost(), server.place().getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT);
        assertThat(answer).as(path).startsWith("http/1.1 40").contains("connection: close");
      }
    }
  }

  @Test
  void letsNobodyInWithoutACodeFromATerminal() {
    var stranger = browser();
    for (var path : List.of("/", "/runs/run-aaaaaaaa", "/approvals/approval-aaaaaaaa", "/none")) {
      var back = stranger.get(path);
      assertThat(back.status()).as(path).isEqualTo(303);
      assertThat(back.header("location")).isEqualTo("/sign-in");
      assertThat(
              stranger
                  .withCookie("hostperf-%d=wrong".formatted(server.place().getPort()))
                  .get(path)
                  .status())
          .isEqualTo(303);
    }
    assertThat(stranger.get("/sign-in").html()).contains("Code from your terminal");
    assertThat(stranger.signIn("abcd-efgh-jkmn").status()).isEqualTo(403);
    assertThat(stranger.cookie()).isEmpty();
    assertThat(WebServer.hostperf(folder, "ui", "--code")).doesNotContain("Code");
    assertThat(WebServer.hostperf(folder, "ui")).doesNotContain("Code");
  }

  @Test
  void takesACodeOnceHoweverItIsTyped() {
    var code = code();
    var one = browser();
    var back = one.signIn("  " + code.toUpperCase(java.util.Locale.ROOT).replace("-", " "));
    assertThat(back.status()).isEqualTo(303);
    assertThat(back.header("set-cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
    assertThat(one.get("/").status()).isEqualTo(200);
    var other = browser();
    assertThat(other.signIn(code).status()).isEqualTo(403);
    assertThat(other.get("/").status()).isEqualTo(303);
    var form = one.get("/").form();
    assertThat(one.post("/sign-out", Map.of("form", form)).status()).isEqualTo(303);
    assertThat(one.get("/").status()).isEqualTo(303);
  }

  @Test
  void allowsNothingFromElsewhereOnItsPages() {
    var page = person.get("/");
    assertThat(page.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(page.html())
        .contains("lang=\"en\"", "<noscript><meta http-equiv=\"refresh\"")
        .doesNotContainPattern("(src|href)=\"(https?:)?//")
        .doesNotContainPattern("(?i)<style| style=| on[a-z]+=");
    assertThat(person.get("/style.css").header("content-type")).startsWith("text/css");
    assertThat(person.get("/page.js").html()).contains("data-live");
  }

  @Test
  void refusesOtherNamesOriginsAndMethods() {
    for (var origin : List.of("https://evil.example", "null")) {
      assertThat(person.with("Origin", origin).get("/").status()).as(origin).isEqualTo(403);
    }
    var cookie = person.cookie().orElseThrow();
    for (var host : List.of("evil.example", "localhost.evil.example")) {
      assertThat(
              server.raw(
                  "GET / HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nConnection: close\r\n\r\n"
                      .formatted(host, cookie)))
          .as(host)
          .startsWith("HTTP/1.1 403");
    }
    assertThat(
            server.raw(
                "PUT / HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .formatted(cookie)))
        .startsWith("HTTP/1.1 405");
  }

  /// Every way that is not a person on a page of this server.
  @Test
  void takesAnAnswerFromNobodyElse() {
    try (var agent = agent(other)) {
      var id = agent.call("start_run", Map.of("wait_s", 0)).waitingFor().orElseThrow();
      var path = "/approvals/" + id;
      var form = person.get(path).form();
      var yes = Map.of("decision", "approve", "form", form);
      var port = server.place().getPort();
      var refused = new HashMap<String, Browser.Shown>();
      refused.put("no cookie", browser().post(path, yes));
      refused.put(
          "token as a cookie",
          browser().withCookie("hostperf-%d=%s".formatted(port, token)).post(path, yes));
      refused.put("a token", browser().with("Authorization", "Bearer " + token).post(path, yes));
      refused.put(
          "a token beside the cookie",
          person.with("Authorization", "Bearer " + token).post(path, yes));
      refused.put("no form", person.post(path, Map.of("decision", "approve")));
      refused.put(
          "another form", person.post(path, Map.of("decision", "approve", "form", "x" + form)));
      refused.put("another port", person.with("Origin", "http://127.0.0.1:1").post(path, yes));
      refused.put("another site", person.with("Sec-Fetch-Site", "same-site").post(path, yes));
      refused.put("no origin", person.with("Origin", "").post(path, yes));
      refused.put(
          "a foreign origin", person.with("Origin", "https://evil.example").post(path, yes));
      refused.forEach((how, back) -> assertThat(back.status()).as(how).isEqualTo(403));
      for (var word : List.of("", "Approve", "yes", "approve ", "approve,deny")) {
        var back = person.post(path, Map.of("decision", word, "form", form));
        assertThat(back.status()).as(word).isEqualTo(404);
      }
      var bearer = Map.of("Authorization", "Bearer " + token);
      for (var at : List.of(path, "/mcp" + path, "/mcp")) {
        var json = server.post(server.place().resolve("/mcp"), bearer, "{}");
        assertThat(json.status()).as(at).isGreaterThanOrEqualTo(400);
      }
      assertThat(WebServer.hostperf(folder, "-C", other.root().toString(), "approvals"))
          .containsPattern(id + " +configuration +pending");
      var no = Map.of("decision", "deny", "form", form, "reason", "not yet");
      assertThat(person.post(path, no).status()).isEqualTo(303);
      var said = agent.call("start_run", Map.of("wait_s", 5));
      assertThat(said.text("state")).as(said.text()).isEqualTo("declined");
      assertThat(said.text("how")).contains("not yet");
    }
  }

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

  @Test
  void knowsNothingElse() {
    for (var path :
        List.of(
            "/none",
            "/runs",
            "/runs/run-aaaaaaaa",
            "/runs/..%2f..",
            "/jobs/job-x",
            "/approvals/x")) {
      assertThat(person.get(path).status()).as(path).isBetween(400, 404);
    }
  }

  /// `hostperf ui` in a terminal, for an agent with a server of its own.
  @Test
  void servesACheckoutAloneAndPrintsTheCodeInItsTerminal() throws Exception {
    var said = new StringWriter();
    var process = WebServer.inATerminal(folder, "-C", other.root().toString(), "ui", "--port", "0");
    try {
      var _ = Thread.ofVirtual().start(() -> read(process, said));
      for (int i = 0; i < 600 && !CODE.matcher(said.toString()).find(); i++) {
        Thread.sleep(50);
      }
      var place = Pattern.compile("page for people: (http\\S+)").matcher(said.toString());
      var code = CODE.matcher(said.toString());
      assertThat(place.find() && code.find()).as(said.toString()).isTrue();
      var there = new Browser(URI.create(place.group(1)));
      assertThat(there.get("/").status()).isEqualTo(303);
      assertThat(there.signIn(code.group(1)).status()).isEqualTo(303);
      assertThat(there.get("/").html()).contains(other.root().toString());
      assertThat(there.post("/mcp", Map.of()).status()).isEqualTo(403);
      var token = Map.of("Authorization", "Bearer " + this.token);
      assertThat(server.post(URI.create(place.group(1)).resolve("/mcp"), token, "{}").status())
          .isEqualTo(403);
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private static void read(Process process, StringWriter said) {
    try (var in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        said.write(c);
      }
    } catch (IOException _) {
      // It has ended.
    }
  }
}

package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.modern.client.McpClient;
import io.modelcontextprotocol.modern.client.transport.HttpClientMcpTransport;
import io.modelcontextprotocol.modern.client.transport.McpHttpRequestCustomizer;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The packaged server over HTTP: who gets in, and what they get.
@ResourceLock("the machine, for measuring")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpIT {
  private static final String GREETING =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{\"elicitation\":{\"form\":{}}},"
          + "\"clientInfo\":{\"name\":\"web\",\"version\":\"1\"}}}";
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{\"form\":{}}}}";

  @TempDir static Path folder;
  private TinyCheckout checkout;
  private TinyCheckout other;
  private WebServer server;
  private String token;
  private String looking;

  @BeforeAll
  void begin() throws IOException {
    checkout = TinyCheckout.in(Files.createDirectory(folder.resolve("one")));
    other = TinyCheckout.in(Files.createDirectory(folder.resolve("two")));
    var renamed = new TinyCheckout(folder.resolve("two/second"), other.home());
    Files.move(other.root(), renamed.root());
    other = renamed;
    token = WebServer.hostperf(folder, "token", "add", "agent-1");
    looking = WebServer.hostperf(folder, "token", "add", "watcher", "--role", "read");
    server = WebServer.on(folder, 0, checkout.root(), other.root());
  }

  @AfterAll
  void end() {
    server.close();
  }

  private static Map<String, String> with(String secret, String... more) {
    var headers = new HashMap<String, String>();
    headers.put("Authorization", "Bearer " + secret);
    for (int i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }

  private static String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}"
        .formatted(method, params);
  }

  @Test
  void letsNobodyInWithoutATokenInTheHeader() {
    var place = server.place();
    for (var headers :
        List.<Map<String, String>>of(
            Map.of(),
            Map.of("Authorization", token),
            Map.of("Authorization", "Basic " + token),
            with("hostperf_wrong"),
            with(token + "x"),
            Map.of("Cookie", "token=" + token))) {
      var back = server.post(place, headers, GREETING);
      assertThat(back.status()).as(headers.toString()).isEqualTo(401);
      assertThat(back.header("www-authenticate")).startsWith("Bearer");
    }
    var inTheAddress = URI.create(place + "?access_token=" + token + "&token=" + token);
    assertThat(server.post(inTheAddress, Map.of(), GREETING).status()).isEqualTo(401);
  }

  @Test
  void makesGuessingSlowAndLocksNobodyOutWhoIsAtWork() throws IOException {
    var third = TinyCheckout.in(Files.createDirectory(folder.resolve("guessed")));
    try (var guessed = WebServer.on(folder, 0, third.root())) {
      assertThat(guessed.post(guessed.place(), with(token), GREETING).status()).isEqualTo(200);
      for (int i = 0; i < 30; i++) {
        assertThat(guessed.post(guessed.place(), with("hostperf_" + i), GREETING).status())
            .isEqualTo(401);
      }
      var back = guessed.post(guessed.place(), with(looking), GREETING);
      assertThat(back.status()).isEqualTo(429);
      assertThat(back.header("retry-after")).isEqualTo("60");
      assertThat(guessed.post(guessed.place(), with(token), GREETING).status()).isEqualTo(200);
    }
  }

  @Test
  void letsNoOtherNameOrOriginIn() {
    for (var origin : List.of("https://evil.example", "null", "http://localhost.evil.example")) {
      var back = server.post(server.place(), with(token, "Origin", origin), GREETING);
      assertThat(back.status()).as(origin).isEqualTo(403);
    }
    for (var origin :
        List.of("http://localhost:3000", "http://127.0.0.1:" + server.place().getPort())) {
      var back = server.post(server.place(), with(token, "Origin", origin), GREETING);
      assertThat(back.status()).as(origin).isEqualTo(200);
    }
    for (var host : List.of("evil.example", "localhost.evil.example", "evil.example:8639", "")) {
      var line =
          server.raw(
              "POST /mcp HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                  .formatted(host, token, GREETING.length(), GREETING));
      assertThat(line).as(host).matches("HTTP/1.1 (403|400) .*");
    }
  }

  @Test
  void takesMessagesOnlyAsTheProtocolSendsThem() {
    var place = server.place();
    assertThat(server.post(place, with(token, "Content-Type", "text/plain"), GREETING).status())
        .isEqualTo(415);
    assertThat(server.send("GET", place, with(token), "").status()).isEqualTo(405);
    assertThat(server.post(place, with(token), "nonsense").body().at("/error/code").asInt())
        .isEqualTo(-32700);
    assertThat(server.post(place, with(token), "[" + GREETING + "]").status()).isEqualTo(400);
    assertThat(server.post(place, with(token), request("tools/list", "{}")).status())
        .isEqualTo(400);
    var unknown = with(token, "Mcp-Session-Id", "0123456789abcdef0123456789abcdef");
    assertThat(server.post(place, unknown, request("tools/list", "{}")).status()).isEqualTo(404);
    assertThat(server.post(place, with(token), "x".repeat(17 << 20)).status()).isEqualTo(413);
    assertThat(server.post(place.resolve("/mcp/other"), with(token), GREETING).status())
        .isEqualTo(404);
  }

  @Test
  void keepsASessionForTheTokenThatBeganItUntilItEnds() {
    var place = server.place();
    var session = server.post(place, with(token), GREETING).header("mcp-session-id");
    var list = request("tools/list", "{}");
    var mine = with(token, "Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-11-25");
    assertThat(server.post(place, mine, list).body().at("/result/tools").size()).isEqualTo(14);
    assertThat(server.post(place, with(looking, "Mcp-Session-Id", session), list).status())
        .isEqualTo(404);
    var odd = with(token, "Mcp-Session-Id", session, "MCP-Protocol-Version", "1999-01-01");
    assertThat(server.post(place, odd, list).status()).isEqualTo(400);
    var note = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    assertThat(server.post(place, mine, note).status()).isEqualTo(202);
    assertThat(server.send("DELETE", place, mine, "").status()).isEqualTo(200);
    assertThat(server.post(place, mine, list).status()).isEqualTo(404);
  }

  @Test
  void holdsModernHeadersToTheMessage() {
    var list = request("tools/list", "{%s}".formatted(META));
    var right = with(token, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list");
    var back = server.post(server.place(), right, list);
    assertThat(back.status()).isEqualTo(200);
    assertThat(back.body().at("/result/ttlMs").asLong()).isPositive();
    for (var wrong :
        List.of(
            with(token),
            with(token, "MCP-Protocol-Version", "2026-07-28"),
            with(token, "MCP-Protocol-Version", "2025-11-25", "Mcp-Method", "tools/list"),
            with(token, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call"))) {
      var said = server.post(server.place(), wrong, list);
      assertThat(said.status()).as(wrong.toString()).isEqualTo(400);
      assertThat(said.body().at("/error/code").asInt()).isEqualTo(-32020);
    }
    var call = request("tools/call", "{\"name\":\"status\",\"arguments\":{},%s}".formatted(META));
    var named = new HashMap<>(with(token, "MCP-Protocol-Version", "2026-07-28"));
    named.put("Mcp-Method", "tools/call");
    assertThat(server.post(server.place(), named, call).status()).isEqualTo(400);
    named.put("Mcp-Name", "status");
    assertThat(server.post(server.place(), named, call).status()).isEqualTo(200);
    var none = with(token, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "no/such");
    var unknown = server.post(server.place(), none, request("no/such", "{%s}".formatted(META)));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().at("/error/code").asInt()).isEqualTo(-32601);
  }

  @Test
  void offersALookerWhatLooks() {
    var place = server.place();
    var session = server.post(place, with(looking), GREETING).header("mcp-session-id");
    var headers = with(looking, "Mcp-Session-Id", session);
    var tools = server.post(place, headers, request("tools/list", "{}")).body().toString();
    assertThat(tools).contains("\"status\"", "\"job\"").doesNotContain("\"validate\"");
    for (var tool : List.of("start_run", "profile", "apply_patch", "validate", "rollback")) {
      var call = request("tools/call", "{\"name\":\"%s\",\"arguments\":{}}".formatted(tool));
      assertThat(server.post(place, headers, call).body().at("/error/code").asInt())
          .isEqualTo(-32602);
    }
  }

  @Test
  void refusesARevokedTokenAtOnce() {
    var short_ = server.hostperf("token", "add", "short-lived");
    assertThat(server.post(server.place(), with(short_), GREETING).status()).isEqualTo(200);
    assertThat(server.hostperf("token", "list")).contains("short-lived").doesNotContain(short_);
    assertThat(server.hostperf("token", "revoke", "short-lived")).contains("Revoked");
    assertThat(server.post(server.place(), with(short_), GREETING).status()).isEqualTo(401);
  }

  private McpSyncClient sdk(URI place) {
    var transport =
        HttpClientStreamableHttpTransport.builder("http://%s".formatted(place.getAuthority()))
            .endpoint(place.getPath())
            .addHttpRequestCustomizer(
                (request, _, _, _, _) -> request.header("Authorization", "Bearer " + token))
            .build();
    var client =
        io.modelcontextprotocol.client.McpClient.sync(transport)
            .requestTimeout(Duration.ofSeconds(100))
            .initializationTimeout(Duration.ofSeconds(60))
            .capabilities(McpSchema.ClientCapabilities.builder().elicitation().build())
            .elicitation(
                _ ->
                    new McpSchema.ElicitResult(
                        McpSchema.ElicitResult.Action.ACCEPT, Map.of("decision", "approve"), null))
            .build();
    client.initialize();
    return client;
  }

  private static Map<?, ?> call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    var said = client.callTool(new McpSchema.CallToolRequest(tool, arguments, null));
    return said.structuredContent() instanceof Map<?, ?> fields ? fields : Map.of("error", said);
  }

  @Test
  void neverLetsATokensDialogApprove() {
    var client = sdk(server.places().get(1));
    var said = call(client, "start_run", Map.of("wait_s", 1));
    assertThat(String.valueOf(said.get("state"))).isEqualTo("pending");
    client.close();
    var headers = with(token, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call");
    headers = new HashMap<>(headers);
    headers.put("Mcp-Name", "start_run");
    var modern =
        server.post(
            server.places().get(1),
            headers,
            request(
                "tools/call",
                "{\"name\":\"start_run\",\"arguments\":{\"wait_s\":0},%s}".formatted(META)));
    assertThat(modern.body().at("/result/resultType").asString()).isEqualTo("complete");
    assertThat(modern.body().at("/result/structuredContent/state").asString()).isEqualTo("pending");
  }

  @Test
  void servesTheModernClientOfTheSdk() {
    var transport =
        HttpClientMcpTransport.builder(server.place())
            .requestCustomizer(
                McpHttpRequestCustomizer.fromSync(
                    (_, headers, _) -> headers.set("Authorization", "Bearer " + token)))
            .build();
    var client = McpClient.sync(transport).build();
    assertThat(client.discover().supportedVersions()).contains("2026-07-28");
    assertThat(client.listTools().list().tools()).hasSize(14);
    var status = client.tool("status").arguments(Map.of()).call();
    assertThat(status.isError()).isFalse();
  }

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

  /// As a person does, in a terminal.
  private void approve(TinyCheckout one) {
    approve(one, one.equals(other) ? server.places().get(1) : server.place());
  }

  private void approve(TinyCheckout one, URI place) {
    var client = sdk(place);
    var said = call(client, "start_run", Map.of("wait_s", 0));
    client.close();
    if (said.containsKey("run_id")) {
      return; // another test was first
    }
    var id = String.valueOf(said.get("approval_id"));
    assertThat(WebServer.hostperfTyping(folder, "y", "-C", one.root().toString(), "approve", id))
        .contains("Approved");
  }
}

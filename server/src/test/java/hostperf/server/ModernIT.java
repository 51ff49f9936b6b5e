package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.client.McpClient;
import io.modelcontextprotocol.modern.client.transport.StdioMcpClientTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The packaged server by the revision 2026-07-28, over stdio, beside the older ones.
class ModernIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Map<String, Object> FORMS = Map.of("elicitation", Map.of("form", Map.of()));

  @TempDir Path folder;
  private TinyCheckout checkout;
  private RawServer server;
  private int requests;

  @BeforeEach
  void begin() throws IOException {
    checkout = TinyCheckout.in(folder);
    server = RawServer.silent(checkout.root(), checkout.home(), Map.of());
  }

  @AfterEach
  void end() {
    server.close();
  }

  private JsonNode request(String method, Map<String, Object> params) {
    return request(method, params, Map.of());
  }

  private JsonNode request(
      String method, Map<String, Object> params, Map<String, Object> capabilities) {
    var id = send(method, params, capabilities);
    return server.message(m -> m.path("id").asString("").equals(id), LIMIT).orElseThrow();
  }

  private String send(String method, Map<String, Object> params, Map<String, Object> capabilities) {
    var id = "m" + ++requests;
    var whole = new HashMap<>(params);
    var meta = new HashMap<String, Object>();
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    meta.put("io.modelcontextprotocol/clientCapabilities", capabilities);
    whole.put("_meta", meta);
    server.sendRaw(
        JSON.writeValueAsString(
            Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", whole)));
    return id;
  }

  private JsonNode call(String tool, Map<String, Object> arguments) {
    return request("tools/call", Map.of("name", tool, "arguments", arguments)).path("result");
  }

  @Test
  void discoversWithoutAHandshakeAndSaysHowLongItHolds() {
    var found = request("server/discover", Map.of()).path("result");
    assertThat(found.at("/supportedVersions/0").asString()).isEqualTo("2026-07-28");
    assertThat(found.path("resultType").asString()).isEqualTo("complete");
    assertThat(found.path("ttlMs").asLong()).isPositive();
    assertThat(found.path("cacheScope").asString()).isEqualTo("private");
    assertThat(found.path("instructions").asString()).contains("hostperf");
    assertThat(found.path("capabilities").propertyNames())
        .contains("tools", "resources", "prompts", "completions");
  }

  @Test
  void showsTheSameToolsPromptsAndResourcesByBothRevisions() {
    server.begin();
    for (var list : List.of("tools", "prompts", "resources", "resourceTemplates")) {
      var method = list.equals("resourceTemplates") ? "resources/templates/list" : list + "/list";
      server.forget();
      server.sendRaw("{\"jsonrpc\":\"2.0\",\"id\":\"old\",\"method\":\"%s\"}".formatted(method));
      var old = server.message(m -> m.path("id").asString("").equals("old"), LIMIT).orElseThrow();
      var modern = request(method, Map.of()).path("result");
      assertThat(modern.path(list))
          .containsExactlyInAnyOrderElementsOf(old.path("result").path(list));
      assertThat(modern.path(list).size()).isPositive();
      assertThat(modern.has("ttlMs") && modern.has("cacheScope")).as(method).isTrue();
    }
  }

  @Test
  void answersReadsPromptsCompletionsAndErrorsByItsRules() {
    assertThat(
            request("resources/read", Map.of("uri", "hostperf://references/examples.md"))
                .at("/result/contents/0/text")
                .asString())
        .isNotEmpty();
    assertThat(
            request("prompts/get", Map.of("name", "optimize_host_overhead"))
                .at("/result/messages/0/content/text")
                .asString())
        .contains("Reduce the host overhead");
    var reference = Map.of("type", "ref/resource", "uri", "hostperf://references/{path}");
    var typed = Map.of("name", "path", "value", "exam");
    assertThat(
            request("completion/complete", Map.of("ref", reference, "argument", typed))
                .at("/result/completion/values/0")
                .asString())
        .isEqualTo("examples.md");
    assertThat(code("resources/read", Map.of("uri", "hostperf://references/none.md")))
        .isEqualTo(-32602);
    assertThat(code("resources/read", Map.of("uri", "file:///etc/passwd"))).isEqualTo(-32602);
    assertThat(code("tools/call", Map.of("name", "no_such_tool"))).isEqualTo(-32602);
    assertThat(code("prompts/get", Map.of("name", "no_such_prompt"))).isEqualTo(-32602);
    assertThat(code("tools/list", Map.of("cursor", "nonsense"))).isEqualTo(-32602);
    assertThat(code("no/such", Map.of())).isEqualTo(-32601);
    assertThat(code("initialize", Map.of())).isNegative();
  }

  @Test
  void showsItsReferencesAsFilesOfASkill() throws Exception {
    var extensions = request("server/discover", Map.of()).at("/result/capabilities/extensions");
    assertThat(extensions.path("io.modelcontextprotocol/skills").isObject()).isTrue();
    var list = request("skills/list", Map.of()).path("result");
    assertThat(list.path("resultType").asString()).isEqualTo("complete");
    assertThat(list.path("ttlMs").asLong()).isPositive();
    assertThat(list.path("cacheScope").asString()).isEqualTo("private");
    var skill = list.at("/skills/0");
    var uri = skill.path("uri").asString();
    assertThat(uri).isEqualTo("skill://reduce-host-overhead/SKILL.md");
    assertThat(skill.at("/frontmatter/name").asString()).isEqualTo("reduce-host-overhead");
    assertThat(skill.at("/frontmatter/description").asString()).contains("host overhead");
    assertThat(request("skills/get", Map.of("uri", uri)).at("/result/skill")).isEqualTo(skill);
    var files = new ArrayList<String>();
    for (var file : skill.path("resources")) {
      files.add(file.path("uri").asString());
      var read = request("resources/read", Map.of("uri", file.path("uri").asString()));
      var bytes = read.at("/result/contents/0/text").asString().getBytes(StandardCharsets.UTF_8);
      assertThat(bytes).hasSize(file.path("size").asInt());
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(file.path("digest").asString())
          .isEqualTo("sha256:" + HexFormat.of().formatHex(digest));
    }
    assertThat(files)
        .doesNotHaveDuplicates()
        .startsWith(uri)
        .contains("skill://reduce-host-overhead/references/patterns/sync-alloc.md");
    assertThat(code("skills/get", Map.of("uri", "skill://another/SKILL.md"))).isEqualTo(-32602);
    assertThat(code("skills/get", Map.of("uri", files.getLast()))).isEqualTo(-32602);
    assertThat(code("skills/get", Map.of())).isEqualTo(-32602);
    assertThat(code("skills/list", Map.of("cursor", "x"))).isEqualTo(-32602);
    for (var wrong : List.of("references/../SKILL.md", "none.md", "references/none.md", "")) {
      var none = Map.<String, Object>of("uri", "skill://reduce-host-overhead/" + wrong);
      assertThat(code("resources/read", none)).as(wrong).isEqualTo(-32602);
    }
  }

  private int code(String method, Map<String, Object> params) {
    var answer = request(method, params);
    assertThat(answer.at("/error/message").asString(""))
        .as(answer.toString())
        .doesNotContain("Exception", "java.", "jackson", "io.modelcontextprotocol.spec");
    return answer.at("/error/code").asInt();
  }

  @Test
  void refusesAMessageWithoutCapabilitiesOrOfAnotherVersion() {
    server.sendRaw(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":"
            + "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}");
    var missing = server.message(m -> m.has("error"), LIMIT).orElseThrow();
    assertThat(missing.at("/error/code").asInt()).isEqualTo(-32602);
    server.forget();
    server.sendRaw(
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{\"_meta\":"
            + "{\"io.modelcontextprotocol/protocolVersion\":\"2031-01-01\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}");
    var other = server.message(m -> m.has("error"), LIMIT).orElseThrow();
    assertThat(other.at("/error/code").asInt()).isEqualTo(-32022);
    assertThat(other.at("/error/data/supported/0").asString()).isEqualTo("2026-07-28");
  }

  @Test
  void refusesWrongArgumentsInTheWordsOfTheTool() {
    var said = call("status", Map.of("run", "x"));
    assertThat(said.path("isError").asBoolean()).isTrue();
    assertThat(said.at("/content/0/text").asString()).contains("no argument `run`");
  }

  /// The configuration is new, so it needs a person.
  private JsonNode startRun(Map<String, Object> more) {
    var params = new LinkedHashMap<String, Object>();
    params.put("name", "start_run");
    params.put("arguments", Map.of("goal", "less"));
    params.putAll(more);
    return request("tools/call", params, FORMS);
  }

  private static Map<String, Object> answered(JsonNode asked, String action, Object content) {
    return Map.of(
        "requestState",
        asked.at("/result/requestState").asString(),
        "inputResponses",
        Map.of("approval", Map.of("action", action, "content", content)));
  }

  @Test
  void endsACallThatNeedsAYesWithTheQuestionAndGoesOnWithTheAnswer() {
    var asked = startRun(Map.of());
    assertThat(asked.at("/result/resultType").asString()).isEqualTo("input_required");
    var question = asked.at("/result/inputRequests/approval");
    assertThat(question.path("method").asString()).isEqualTo("elicitation/create");
    assertThat(question.at("/params/message").asString()).contains("hostperf approve approval-");
    var yes = answered(asked, "accept", Map.of("decision", "approve"));
    var begun = startRun(yes).path("result");
    assertThat(begun.at("/structuredContent/run_id").asString("")).startsWith("run-");
    assertThat(checkout.hostperf("approvals").output()).contains("elicitation");
    // The state is good for one answer.
    assertThat(startRun(yes).at("/error/code").asInt()).isEqualTo(-32602);
  }

  @Test
  void asksAQuestionAgainWhoseClientDoesNotComeBack() {
    var arguments = Map.<String, Object>of("arguments", Map.of("goal", "less", "wait_s", 1));
    var lost = startRun(arguments);
    var again = startRun(arguments);
    // The job of the first call waits for its second.
    for (int i = 0; i < 50 && again.at("/result/isError").asBoolean(false); i++) {
      RawServer.pause(200);
      again = startRun(arguments);
    }
    assertThat(again.at("/result/resultType").asString()).isEqualTo("input_required");
    var yes = new LinkedHashMap<>(answered(again, "accept", Map.of("decision", "approve")));
    yes.putAll(arguments);
    assertThat(startRun(yes).at("/result/structuredContent/run_id").asString(""))
        .startsWith("run-");
    var late = new LinkedHashMap<>(answered(lost, "accept", Map.of("decision", "approve")));
    late.putAll(arguments);
    assertThat(startRun(late).at("/error/code").asInt()).isEqualTo(-32602);
  }

  @Test
  void takesNoAnswerThatIsNotExactlyAYes() {
    for (var content :
        List.of(
            Map.of("decision", "Approve"),
            Map.of("decision", "yes"),
            Map.of(),
            Map.of("decision", "approve", "more", "x"))) {
      var said = startRun(answered(startRun(Map.of()), "accept", content)).path("result");
      assertThat(said.at("/structuredContent/run_id").asString("none")).isEqualTo("none");
      assertThat(said.at("/structuredContent/state").asString("")).isEqualTo("cancelled");
    }
    var declined = startRun(answered(startRun(Map.of()), "decline", Map.of())).path("result");
    assertThat(declined.at("/structuredContent/state").asString()).isEqualTo("declined");
  }

  @Test
  void takesNoStateThatWasChangedMadeUpOrGivenForAnotherCall() {
    var asked = startRun(Map.of());
    var state = asked.at("/result/requestState").asString();
    var yes =
        Map.of("approval", Map.of("action", "accept", "content", Map.of("decision", "approve")));
    for (var wrong : List.of(state.substring(1), state + "A", "approval-aaaaaaaa x", "")) {
      var said = startRun(Map.of("requestState", wrong, "inputResponses", yes));
      assertThat(said.at("/result/structuredContent/run_id").asString("none"))
          .as(said.toString())
          .isEqualTo("none");
    }
    var other =
        startRun(
            Map.of(
                "arguments", Map.of("goal", "more"), "requestState", state, "inputResponses", yes));
    assertThat(other.at("/error/code").asInt()).as(other.toString()).isEqualTo(-32602);
  }

  @Test
  void saysPendingToAClientWithoutForms() {
    var said = call("start_run", Map.of("wait_s", 0));
    assertThat(said.path("resultType").asString()).isEqualTo("complete");
    assertThat(said.at("/structuredContent/state").asString()).isEqualTo("pending");
  }

  @Test
  void sendsProgressAndEndsACancelledCall() throws IOException {
    checkout.trust();
    var run = call("start_run", Map.of()).at("/structuredContent/run_id").asString();
    var id =
        send("tools/call", Map.of("name", "profile", "arguments", Map.of("run_id", run)), Map.of());
    server.sendRaw(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"%s\"}}"
            .formatted(id));
    assertThat(server.message(m -> m.path("id").asString("").equals(id), Duration.ofSeconds(3)))
        .isEmpty();
    var jobs = call("status", Map.of("run_id", run)).at("/structuredContent/jobs").toString();
    assertThat(jobs).doesNotContain("\"running\"");
  }

  @Test
  void servesTheClientOfTheSdk() {
    var parameters =
        ServerParameters.builder(Golden.root().resolve("hostperf").toString())
            .args(new ArrayList<>(List.of("-C", checkout.root().toString(), "serve")))
            .env(new HashMap<>(System.getenv()))
            .build();
    var progress = new ArrayList<String>();
    try (var transport = StdioMcpClientTransport.builder(parameters).start()) {
      var client =
          McpClient.sync(transport)
              .formElicitation(_ -> McpSchema.ElicitResult.accept(Map.of("decision", "approve")))
              .progress(p -> progress.add(String.valueOf(p.message())))
              .build();
      assertThat(client.discover().supportedVersions()).contains("2026-07-28");
      assertThat(client.listTools().list().tools()).hasSize(14);
      var begun = client.tool("start_run").arguments(Map.of("goal", "less")).call();
      assertThat(String.valueOf(begun.structuredContent())).contains("run_id=run-");
    }
  }
}

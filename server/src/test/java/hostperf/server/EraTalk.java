package hostperf.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls of tools by one of the protocol's revisions, with a person who says no to what is asked.
final class EraTalk {
  static final String OLD = "2025-11-25";
  static final String NEW = "2026-07-28";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(100);
  private static final Map<String, Object> FORMS = Map.of("elicitation", Map.of("form", Map.of()));

  private final RawServer server;
  private final boolean isNew;
  private int requests;

  EraTalk(RawServer server, String revision) {
    this.server = server;
    this.isNew = revision.equals(NEW);
    if (!isNew) {
      send(
          "initialize",
          Map.of(
              "protocolVersion",
              revision,
              "capabilities",
              FORMS,
              "clientInfo",
              Map.of("name", "replay", "version", "1")));
      var _ = answer();
      server.sendRaw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    }
  }

  /// What a tool answers in the end, through `job` where it takes longer than a call.
  JsonNode call(String tool, Object arguments) {
    var answer = once(tool, arguments);
    var fields = answer.at("/result/structuredContent");
    if (!fields.path("state").asString("").equals("running")) {
      return answer;
    }
    var job = fields.path("job_id").asString();
    while (fields.path("state").asString("").equals("running")) {
      answer = once("job", Map.of("job_id", job, "action", "wait", "wait_s", 50));
      fields = answer.at("/result/structuredContent");
    }
    return JSON.valueToTree(Map.of("result", Map.of("structuredContent", fields.path("result"))));
  }

  /// The answer, once the person has said no where there was a question.
  private JsonNode once(String tool, Object arguments) {
    var params = new LinkedHashMap<String, Object>();
    params.put("name", tool);
    params.put("arguments", arguments);
    send("tools/call", params);
    var answer = answer();
    if (answer.path("method").asString("").equals("elicitation/create")) {
      server.sendRaw(
          JSON.writeValueAsString(
              Map.of("jsonrpc", "2.0", "id", answer.get("id"), "result", declined())));
      answer = answer();
    }
    if (answer.at("/result/resultType").asString("").equals("input_required")) {
      params.put("requestState", answer.at("/result/requestState").asString());
      params.put("inputResponses", Map.of("approval", declined()));
      send("tools/call", params);
      answer = answer();
    }
    return answer;
  }

  private static Map<String, Object> declined() {
    return Map.of("action", "decline");
  }

  private void send(String method, Map<String, Object> params) {
    server.forget();
    var whole = new LinkedHashMap<>(params);
    if (isNew) {
      whole.put(
          "_meta",
          Map.of(
              "io.modelcontextprotocol/protocolVersion",
              NEW,
              "io.modelcontextprotocol/clientCapabilities",
              FORMS));
    }
    server.sendRaw(
        JSON.writeValueAsString(
            Map.of("jsonrpc", "2.0", "id", id(++requests), "method", method, "params", whole)));
  }

  /// The answer to the latest request, or a question before it.
  private JsonNode answer() {
    var found =
        server
            .message(
                m ->
                    m.path("id").asString("").equals(id(requests))
                        || m.path("method").asString("").equals("elicitation/create"),
                LIMIT)
            .orElseThrow();
    server.forget();
    return found;
  }

  private String id(int request) {
    return (isNew ? "new" : "old") + request;
  }
}

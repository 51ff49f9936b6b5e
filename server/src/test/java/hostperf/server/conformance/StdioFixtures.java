package hostperf.server.conformance;

import hostperf.server.wire.StdioConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The fixtures of the conformance suite on the product's connection over a pair of streams, and a
/// client that speaks both revisions on it.
final class StdioFixtures implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  static final String OLD = "2025-11-25";
  static final String NEW = "2026-07-28";

  private final ConformanceServer fixtures = new ConformanceServer();
  private final OutputStream out;
  private final BlockingQueue<JsonNode> said = new LinkedBlockingQueue<>();
  private int calls;

  StdioFixtures() {
    try {
      var toServer = Pipe.open();
      var toClient = Pipe.open();
      out = Channels.newOutputStream(toServer.sink());
      var connection =
          new StdioConnection(
              Channels.newInputStream(toServer.source()),
              Channels.newOutputStream(toClient.sink()),
              fixtures.legacy(),
              fixtures::modern,
              fixtures.defects);
      Thread.ofVirtual().start(connection::awaitEnd);
      Thread.ofVirtual().start(() -> read(Channels.newInputStream(toClient.source())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var _ =
        ask(
            OLD,
            "initialize",
            Map.of(
                "protocolVersion",
                OLD,
                "capabilities",
                Map.of("elicitation", Map.of("form", Map.of()), "sampling", Map.of()),
                "clientInfo",
                Map.of("name", "cases", "version", "1")));
    send(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
  }

  private void read(InputStream in) {
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(JSON.readTree(line));
      }
    } catch (IOException e) {
      // The connection is closed.
    }
  }

  /// The answer to a request.
  JsonNode ask(String revision, String method, Map<String, Object> params) {
    return ask(revision, method, params, Map.of("elicitation", Map.of("form", Map.of())));
  }

  /// @param capabilities of the client, where the revision sends them with each request
  JsonNode ask(
      String revision,
      String method,
      Map<String, Object> params,
      Map<String, Object> capabilities) {
    begin(revision, method, params, capabilities);
    var answer = next();
    return answer.path("id").asInt(-1) == calls && !answer.has("method")
        ? answer
        : fail("an answer", answer);
  }

  private static JsonNode fail(String wanted, JsonNode came) {
    throw new AssertionError("in place of %s came %s".formatted(wanted, came));
  }

  void begin(
      String revision,
      String method,
      Map<String, Object> params,
      Map<String, Object> capabilities) {
    var whole = new LinkedHashMap<>(params);
    if (revision.equals(NEW)) {
      var meta = new LinkedHashMap<String, Object>();
      if (params.get("_meta") instanceof Map<?, ?> given) {
        given.forEach((key, value) -> meta.put(String.valueOf(key), value));
      }
      meta.put("io.modelcontextprotocol/protocolVersion", NEW);
      meta.put("io.modelcontextprotocol/clientCapabilities", capabilities);
      whole.put("_meta", meta);
    }
    send(Map.of("jsonrpc", "2.0", "id", ++calls, "method", method, "params", whole));
  }

  void answer(JsonNode request, Object result) {
    send(Map.of("jsonrpc", "2.0", "id", request.get("id"), "result", result));
  }

  private void send(Object message) {
    try {
      out.write((JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The next message of the server.
  JsonNode next() {
    try {
      var message = said.poll(30, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("the server says nothing");
      }
      return message;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<JsonNode> cases() {
    try (var in = StdioFixtures.class.getResourceAsStream("/era-cases.jsonl")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(JSON::readTree).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked") // JSON objects have text keys
  static Map<String, Object> map(JsonNode json) {
    return JSON.convertValue(json, Map.class);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    fixtures.close();
  }
}

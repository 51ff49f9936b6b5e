package hostperf.server.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/// An HTTP server that speaks OpenAI's chat completions and Anthropic's messages, as streams, and
/// answers from a script.
public final class ScriptedEndpoint implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final Function<String, Line> script;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();

  /// What is answered to one request.
  public sealed interface Line {
    record Text(String text) implements Line {}

    record Tool(String name, String arguments) implements Line {}

    /// An error, with the request's key in it, as some gateways have it.
    record Status(int code) implements Line {}

    /// Nothing for so long.
    record Silence(long millis) implements Line {}
  }

  /// @param script from the body of a request
  public ScriptedEndpoint(Function<String, Line> script) {
    this.script = script;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", e -> answer(e, true));
    server.createContext("/v1/messages", e -> answer(e, false));
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  /// The bodies of all requests, in order.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /// The keys that came with them.
  public List<String> keys() {
    return List.copyOf(keys);
  }

  private void answer(HttpExchange exchange, boolean isOpenAi) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = exchange.getRequestHeaders();
      var key = isOpenAi ? headers.getFirst("Authorization") : headers.getFirst("x-api-key");
      requests.add(body);
      keys.add(String.valueOf(key));
      switch (script.apply(body)) {
        case Line.Text t -> stream(exchange, isOpenAi ? openAi(t.text()) : anthropic(t.text()));
        case Line.Tool t -> stream(exchange, isOpenAi ? openAi(t) : anthropic(t));
        case Line.Status s ->
            send(exchange, s.code(), "{\"error\":{\"message\":\"refused for %s\"}}".formatted(key));
        case Line.Silence s -> Thread.sleep(s.millis());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int code, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void stream(HttpExchange exchange, List<String> events) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    for (var event : events) {
      exchange.getResponseBody().write((event + "\n\n").getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    }
  }

  private static List<String> openAi(String text) {
    int half = text.length() / 2;
    return List.of(
        chunk(Map.of("role", "assistant", "content", text.substring(0, half)), false),
        chunk(Map.of("content", text.substring(half)), false),
        chunk(Map.of(), true),
        usage(),
        "data: [DONE]");
  }

  private static List<String> openAi(Line.Tool tool) {
    var call =
        Map.of(
            "index",
            0,
            "id",
            "call_1",
            "type",
            "function",
            "function",
            Map.of("name", tool.name(), "arguments", ""));
    var rest = Map.of("index", 0, "function", Map.of("arguments", tool.arguments()));
    return List.of(
        chunk(Map.of("role", "assistant", "tool_calls", List.of(call)), false),
        chunk(Map.of("tool_calls", List.of(rest)), false),
        chunk(Map.of(), true),
        usage(),
        "data: [DONE]");
  }

  private static String chunk(Map<String, Object> delta, boolean isLast) {
    var choice = new java.util.LinkedHashMap<String, Object>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("finish_reason", isLast ? "stop" : null);
    return "data: "
        + JSON.writeValueAsString(
            Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion.chunk",
                "created",
                1,
                "model",
                "scripted",
                "choices",
                List.of(choice)));
  }

  private static String usage() {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"scripted\",\"choices\":[],\"usage\":{\"prompt_tokens\":1000,"
        + "\"completion_tokens\":100,\"total_tokens\":1100}}";
  }

  private static List<String> anthropic(String text) {
    int half = text.length() / 2;
    return List.of(
        start(),
        event(
            "content_block_start",
            Map.of("index", 0, "content_block", Map.of("type", "text", "text", ""))),
        event(
            "content_block_delta",
            Map.of(
                "index",
                0,
                "delta",
                Map.of("type", "text_delta", "text", text.substring(0, half)))),
        event(
            "content_block_delta",
            Map.of(
                "index", 0, "delta", Map.of("type", "text_delta", "text", text.substring(half)))),
        event("content_block_stop", Map.of("index", 0)),
        end("end_turn"),
        event("message_stop", Map.of()));
  }

  private static List<String> anthropic(Line.Tool tool) {
    return List.of(
        start(),
        event(
            "content_block_start",
            Map.of(
                "index",
                0,
                "content_block",
                Map.of(
                    "type", "tool_use", "id", "toolu_1", "name", tool.name(), "input", Map.of()))),
        event(
            "content_block_delta",
            Map.of(
                "index",
                0,
                "delta",
                Map.of("type", "input_json_delta", "partial_json", tool.arguments()))),
        event("content_block_stop", Map.of("index", 0)),
        end("tool_use"),
        event("message_stop", Map.of()));
  }

  private static String start() {
    return event(
        "message_start",
        Map.of(
            "message",
            Map.of(
                "id",
                "msg_1",
                "type",
                "message",
                "role",
                "assistant",
                "content",
                List.of(),
                "model",
                "scripted",
                "usage",
                Map.of("input_tokens", 1000, "output_tokens", 1))));
  }

  private static String end(String reason) {
    return event(
        "message_delta",
        Map.of("delta", Map.of("stop_reason", reason), "usage", Map.of("output_tokens", 100)));
  }

  private static String event(String type, Map<String, Object> fields) {
    var all = new java.util.LinkedHashMap<String, Object>();
    all.put("type", type);
    all.putAll(fields);
    return "event: %s\ndata: %s".formatted(type, JSON.writeValueAsString(all));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

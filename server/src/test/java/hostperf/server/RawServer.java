package hostperf.server;

import hostperf.Golden;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A packaged server and its two streams, without the SDK's client between: lines can be sent that
/// no client would send, and the process can be killed amid a call.
final class RawServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final OutputStream in;
  private final Map<Integer, JsonNode> answers = new ConcurrentHashMap<>();
  private final BlockingQueue<JsonNode> said = new LinkedBlockingQueue<>();
  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private int calls;

  private RawServer(Process process) {
    this.process = process;
    this.in = process.getOutputStream();
    Thread.ofVirtual().start(this::read);
  }

  static RawServer on(TinyCheckout checkout) {
    return on(checkout.root(), checkout.home());
  }

  static RawServer on(Path root, Path home) {
    return on(root, home, Map.of());
  }

  /// `serve --read-only`, started in the checkout.
  static RawServer readOnly(Path root, Path home) {
    return on(root, home, Map.of(), Map.of(), "--read-only");
  }

  static RawServer on(Path root, Path home, Map<String, String> environment) {
    return on(root, home, environment, Map.of());
  }

  /// @param capabilities of the client
  static RawServer on(
      Path root,
      Path home,
      Map<String, String> environment,
      Map<String, Object> capabilities,
      String... flags) {
    var server = silent(root, home, environment, flags);
    server.begin(capabilities);
    return server;
  }

  /// A server to which nothing has been said yet.
  static RawServer silent(Path root, Path home, Map<String, String> environment, String... flags) {
    var command =
        new ArrayList<>(
            List.of(Golden.root().resolve("hostperf").toString(), "-C", root.toString(), "serve"));
    command.addAll(List.of(flags));
    var builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(TinyCheckout.environment(home));
    builder.environment().putAll(environment);
    try {
      return new RawServer(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void begin() {
    begin(Map.of());
  }

  private void begin(Map<String, Object> capabilities) {
    initialize(capabilities);
    line(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
  }

  void initialize() {
    initialize(Map.of());
  }

  private void initialize(Map<String, Object> capabilities) {
    int id =
        send(
            "initialize",
            Map.of(
                "protocolVersion",
                "2025-06-18",
                "capabilities",
                capabilities,
                "clientInfo",
                Map.of("name", "raw", "version", "1")));
    var _ = await(id, Duration.ofSeconds(60));
  }

  /// What a tool answered.
  record Said(boolean isError, String text, JsonNode fields) {
    String field(String name) {
      return fields.path(name).asString("");
    }
  }

  Said call(String tool, Map<String, Object> arguments) {
    return answer(sendCall(tool, arguments), Duration.ofSeconds(100)).orElseThrow();
  }

  int sendCall(String tool, Object arguments) {
    return send("tools/call", Map.of("name", tool, "arguments", arguments));
  }

  void cancel(int id) {
    line(
        Map.of(
            "jsonrpc",
            "2.0",
            "method",
            "notifications/cancelled",
            "params",
            Map.of("requestId", id, "reason", "the person pressed Esc")));
  }

  private int send(String method, Object params) {
    int id = ++calls;
    line(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params));
    return id;
  }

  private void line(Object message) {
    sendRaw(JSON.writeValueAsString(message));
  }

  void sendRaw(String line) {
    sendBytes(line.getBytes(StandardCharsets.UTF_8));
  }

  void sendBytes(byte[] line) {
    try {
      in.write(line);
      in.write('\n');
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a tool answers in the end, through `job` where it takes longer than a call.
  JsonNode result(String tool, Map<String, Object> arguments) {
    var said = call(tool, arguments);
    while (said.field("state").equals("running")) {
      said = call("job", Map.of("job_id", said.field("job_id"), "action", "wait", "wait_s", 50));
    }
    return said.fields().has("result") ? said.fields().get("result") : said.fields();
  }

  /// The answer to a call; empty where it does not come in time or the server is gone.
  Optional<Said> answer(int id, Duration limit) {
    return await(id, limit)
        .map(
            message -> {
              if (message.has("error")) {
                return new Said(true, message.at("/error/message").asString(""), JSON.nullNode());
              }
              var result = message.path("result");
              return new Said(
                  result.path("isError").asBoolean(false),
                  result.at("/content/0/text").asString(""),
                  result.path("structuredContent"));
            });
  }

  boolean answered(int id) {
    return answers.containsKey(id);
  }

  /// Leaves out of `message` what has come so far.
  void forget() {
    messages.clear();
  }

  /// Every message so far.
  Stream<JsonNode> said() {
    return messages.stream();
  }

  /// The first message of a kind.
  Optional<JsonNode> message(Predicate<JsonNode> kind, Duration limit) {
    for (long left = limit.toMillis(); left > 0; left -= 5) {
      var found = messages.stream().filter(kind).findFirst();
      if (found.isPresent() || !process.isAlive()) {
        return found;
      }
      pause(5);
    }
    return Optional.empty();
  }

  /// Closes the client's end of the server's output.
  void stopReading() {
    try {
      process.getInputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<JsonNode> await(int id, Duration limit) {
    for (long left = limit.toMillis(); left > 0 && !answers.containsKey(id); left -= 5) {
      if (!process.isAlive()) {
        break;
      }
      pause(5);
    }
    return Optional.ofNullable(answers.get(id));
  }

  private void read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var message = JSON.readTree(line);
        messages.add(message);
        if (message.has("method")) {
          said.add(message);
        } else if (message.path("id").isInt()) {
          answers.put(message.get("id").asInt(), message);
        }
      }
    } catch (IOException e) {
      // It was killed amid a line.
    }
  }

  /// The next message of this method that the server sends of its own accord.
  JsonNode next(String method, Duration limit) {
    try {
      for (long end = System.nanoTime() + limit.toNanos(); System.nanoTime() < end; ) {
        var message = said.poll(100, TimeUnit.MILLISECONDS);
        if (message != null && message.path("method").asString("").equals(method)) {
          return message;
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError("no " + method + " within " + limit);
  }

  /// How many messages of this method have come that `next` has not passed.
  long unheard(String method) {
    return said.stream().filter(m -> m.path("method").asString("").equals(method)).count();
  }

  /// Ends it as `kill -9` does.
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /// Closes the client's end; the server ends by itself.
  ///
  /// @return how long that took, in milliseconds
  long leave() {
    long from = System.nanoTime();
    try {
      in.close();
    } catch (IOException e) {
      // Gone already.
    }
    awaitEnd();
    return (System.nanoTime() - from) / 1_000_000;
  }

  void awaitEnd() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the server does not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}

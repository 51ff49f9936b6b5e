package hostperf.server;

import hostperf.Golden;
import hostperf.host.LocalProcesses;
import hostperf.python.PythonSetup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A packaged server over HTTP, and requests as they come from anywhere.
final class WebServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final Path home;
  private final List<URI> places = new ArrayList<>();

  private WebServer(Process process, Path home) {
    this.process = process;
    this.home = home;
  }

  /// @param checkouts the first at `/mcp`, the others below
  static WebServer on(Path home, int port, Path... checkouts) {
    var command = new ArrayList<>(List.of("-C", checkouts[0].toString(), "serve"));
    command.addAll(List.of("--http", "127.0.0.1:" + port));
    for (int i = 1; i < checkouts.length; i++) {
      command.addAll(List.of("--also", checkouts[i].toString()));
    }
    return begun(home, builder(home, command), checkouts.length);
  }

  /// On every address of the machine.
  ///
  /// @param keystore with its password
  static WebServer withTls(Path home, Path keystore, String password, Path checkout) {
    var command =
        List.of(
            "-C",
            checkout.toString(),
            "serve",
            "--http",
            "0.0.0.0:0",
            "--tls",
            keystore.toString(),
            "--name",
            "gpu-box");
    var builder = builder(home, command);
    builder.environment().put("HOSTPERF_TLS_PASSWORD", password);
    return begun(home, builder, 1);
  }

  private static WebServer begun(Path home, ProcessBuilder builder, int places) {
    try {
      var server = new WebServer(builder.start(), home);
      server.awaitPlaces(places);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder builder(Path home, List<String> arguments) {
    var command = new ArrayList<>(List.of(Golden.root().resolve("hostperf").toString()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(TinyCheckout.environment(home));
    return builder;
  }

  private void awaitPlaces(int count) {
    var lines = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (var err =
                  new BufferedReader(
                      new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
                for (var line = err.readLine(); line != null; line = err.readLine()) {
                  if (line.startsWith("http")) {
                    places.add(URI.create(line.split(" ")[0]));
                  }
                  if (places.size() == count) {
                    lines.complete(null);
                  }
                }
              } catch (IOException e) {
                lines.completeExceptionally(e);
              }
            });
    lines.orTimeout(60, TimeUnit.SECONDS).join();
  }

  URI place() {
    return places.getFirst();
  }

  List<URI> places() {
    return List.copyOf(places);
  }

  /// Runs a command as the server's user and gives what it prints.
  String hostperf(String... arguments) {
    return hostperf(home, arguments);
  }

  static String hostperf(Path home, String... arguments) {
    try {
      var process = builder(home, List.of(arguments)).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same in a terminal in which a person answers the prompt.
  static String hostperfTyping(Path home, String typed, String... arguments) {
    var python =
        new PythonSetup(new LocalProcesses(), System.getenv(), System.err::println).python();
    var script = Golden.root().resolve("server/src/test/python/terminal/type_at_prompt.py");
    var builder = builder(home, List.of(arguments));
    builder.command().addAll(0, List.of(python.toString(), script.toString(), typed));
    try {
      var process = builder.redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A command in a terminal of its own, whose output comes as it is printed.
  static Process inATerminal(Path home, String... arguments) {
    var python =
        new PythonSetup(new LocalProcesses(), System.getenv(), System.err::println).python();
    var builder = builder(home, List.of(arguments));
    builder
        .command()
        .addAll(0, List.of(python.toString(), "-c", "import pty, sys; pty.spawn(sys.argv[1:])"));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What came back.
  record Back(int status, Map<String, List<String>> headers, JsonNode body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  Back post(URI place, Map<String, String> headers, String body) {
    return send("POST", place, headers, body);
  }

  Back send(String method, URI place, Map<String, String> headers, String body) {
    var request =
        HttpRequest.newBuilder(place).method(method, HttpRequest.BodyPublishers.ofString(body));
    var all = new HashMap<>(headers);
    all.putIfAbsent("Content-Type", "application/json");
    all.putIfAbsent("Accept", "application/json, text/event-stream");
    all.forEach(request::header);
    try {
      var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Back(response.statusCode(), response.headers().map(), json(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The last message, also of a stream.
  private static JsonNode json(String body) {
    if (body.startsWith("<!doctype html>")) {
      return JSON.createObjectNode();
    }
    var message =
        body.contains("data: ") ? body.substring(body.lastIndexOf("data: ") + 6).strip() : body;
    return message.isEmpty() ? JSON.createObjectNode() : JSON.readTree(message);
  }

  /// The first line of the answer to bytes that no client would send.
  String raw(String request) {
    try (var socket = new Socket(place().getHost(), place().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

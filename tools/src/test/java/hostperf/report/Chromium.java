package hostperf.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A headless Chromium with one page, driven over its own debugging protocol, as a reader would.
final class Chromium implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private int number;

  private Chromium(Process process, HttpClient http, String address) {
    this.process = process;
    this.socket = http.newWebSocketBuilder().buildAsync(URI.create(address), new Reader()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", Map.of());
    }
  }

  /// Where this machine has one.
  static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// @param folder for the browser's own files
  static Chromium start(Path program, Path folder) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.log").toFile())
            .start();
    var port = folder.resolve("DevToolsActivePort");
    for (int i = 0; i < 600 && !(Files.exists(port) && Files.size(port) > 0); i++) {
      Thread.sleep(50);
    }
    var http = HttpClient.newHttpClient();
    var list =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json/list"))
            .build();
    for (JsonNode target : JSON.readTree(http.send(list, BodyHandlers.ofString()).body())) {
      if (target.path("type").asString("").equals("page")) {
        return new Chromium(process, http, target.path("webSocketDebuggerUrl").asString());
      }
    }
    throw new IOException("Chromium has no page");
  }

  void screen(int width, int height) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  void open(Path page) throws InterruptedException {
    send("Page.navigate", Map.of("url", page.toUri().toString()));
    for (int i = 0; i < 200 && !evaluate("document.readyState").equals("complete"); i++) {
      Thread.sleep(20);
    }
  }

  /// What an expression gives, as text.
  String evaluate(String expression) {
    var answer =
        send("Runtime.evaluate", Map.of("expression", "String(" + expression + ")"))
            .path("result")
            .path("result");
    return answer.path("value").asString(answer.path("description").asString(""));
  }

  /// Presses a key where the focus is.
  void press(String key) {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      send("Input.dispatchKeyEvent", Map.of("type", type, "key", key));
    }
  }

  void type(String text) {
    send("Input.insertText", Map.of("text", text));
  }

  /// Errors of scripts, and what the page's policy kept from happening.
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  private JsonNode send(String method, Map<String, Object> parameters) {
    int id = ++number;
    socket
        .sendText(
            JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
        .join();
    try {
      for (JsonNode answer = answers.poll(30, TimeUnit.SECONDS);
          answer != null;
          answer = answers.poll(30, TimeUnit.SECONDS)) {
        if (answer.path("id").asInt(0) == id) {
          return answer;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException(method + " was not answered");
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  private final class Reader implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, part, last);
    }

    private void heard(JsonNode message) {
      var about = message.path("params");
      switch (message.path("method").asString("")) {
        case "" -> answers.add(message);
        case "Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled" ->
            complaints.add(about.toString());
        case "Network.requestWillBeSent" ->
            requests.add(about.path("request").path("url").asString(""));
        default -> {}
      }
    }
  }
}

package hostperf.server;

import io.modelcontextprotocol.client.McpSyncClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Two checkouts that one packaged server serves over HTTP, and the tokens of an agent and of a
/// watcher.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OverHttp {
  Path folder;
  TinyCheckout checkout;
  TinyCheckout other;
  WebServer server;
  String token;
  String looking;

  @BeforeAll
  void begin(@TempDir Path temporary) throws IOException {
    folder = temporary;
    checkout = checkout("one");
    other = checkout("two");
    token = WebServer.hostperf(folder, "token", "add", "agent-1");
    looking = WebServer.hostperf(folder, "token", "add", "watcher", "--role", "read");
    server = WebServer.on(folder, 0, checkout.root(), other.root());
  }

  @AfterAll
  void end() {
    server.close();
  }

  /// Its folder has a name of its own, as its path on the server does.
  TinyCheckout checkout(String name) throws IOException {
    var made = TinyCheckout.in(Files.createDirectory(folder.resolve(name)));
    var checkout = new TinyCheckout(folder.resolve(name).resolve(name), folder);
    Files.move(made.root(), checkout.root());
    return checkout;
  }

  McpSyncClient sdk(URI place) {
    return new WebAgent(token).sdk(place);
  }
}

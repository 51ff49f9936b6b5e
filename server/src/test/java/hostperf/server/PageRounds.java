package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.server.client.ServerSession;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;

/// The page for people of a packaged server, a person who has signed in, and an agent with a server
/// of its own.
abstract class PageRounds extends OverHttp {
  static final Pattern CODE = Pattern.compile("Code to sign in[^:]*: ([a-z0-9-]{14})");

  Browser person;

  @BeforeAll
  void signIn() {
    person = browser();
    assertThat(person.signIn(code()).status()).isEqualTo(303);
  }

  @Override
  TinyCheckout checkout(String name) throws IOException {
    var checkout = super.checkout(name);
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

  Browser browser() {
    return new Browser(server.place());
  }

  String code() {
    var said = WebServer.hostperfTyping(folder, "", "ui", "--code");
    var matcher = CODE.matcher(said);
    assertThat(matcher.find()).as(said).isTrue();
    return matcher.group(1);
  }

  /// An agent whose dialogs nobody answers, with a server of its own on the same checkout.
  static ServerSession agent(TinyCheckout checkout) {
    return checkout.connect(_ -> unanswered());
  }

  private static McpSchema.ElicitResult unanswered() {
    try {
      TimeUnit.MINUTES.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new McpSchema.ElicitResult(McpSchema.ElicitResult.Action.CANCEL, null, null);
  }
}

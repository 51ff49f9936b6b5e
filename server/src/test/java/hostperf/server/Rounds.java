package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.server.client.Answer;
import hostperf.server.client.ServerSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Rounds through the packaged server on a real checkout of the tiny engine.
abstract class Rounds {
  static final String ENGINE = "tiny/engine.py";

  @TempDir Path folder;
  TinyCheckout checkout;
  ServerSession server;
  String run = "";

  @BeforeEach
  void connect() throws IOException {
    checkout = TinyCheckout.in(folder);
    server = checkout.connect();
  }

  @AfterEach
  void disconnect() {
    server.close();
  }

  Answer call(String tool, Map<String, Object> arguments) {
    return CheckedCalls.call(server, tool, arguments);
  }

  void analyse() {
    analyse(Map.of());
  }

  /// Without a launch, for what is not about the profile.
  void analyseStacks() throws IOException {
    var stacks = Files.writeString(folder.resolve("py-spy.txt"), TinyCheckout.STACKS);
    analyse(Map.of("from", List.of(stacks.toString())));
  }

  private void analyse(Map<String, Object> how) {
    run = call("start_run", Map.of()).text("run_id");
    var profile = new HashMap<>(how);
    profile.put("run_id", run);
    call("profile", profile);
    assertThat(call("classify", Map.of("run_id", run)).rows("hotspots"))
        .anySatisfy(h -> assertThat(h.get("file")).isEqualTo(ENGINE));
  }

  Answer patch(String old, String replacement) {
    return call(
        "apply_patch",
        Map.of(
            "run_id",
            run,
            "edits",
            List.of(Map.of("file", ENGINE, "old", old, "new", replacement))));
  }

  void hoist() {
    call("apply_patch", Map.of("run_id", run, "edits", List.of(TinyCheckout.HOIST)));
  }
}

package hostperf.server;

import static hostperf.server.CheckedCalls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.server.client.ServerSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A run whose launches see the checkout in another place, and not where it is here: in a mount
/// namespace, as a container has one.
@ResourceLock("the machine, for measuring")
class PrefixIT {
  @TempDir Path folder;
  private TinyCheckout checkout;
  private ServerSession server;

  @BeforeEach
  void start() throws IOException {
    assumeThat(mayMount()).as("root that may make mount namespaces").isTrue();
    checkout = TinyCheckout.in(folder);
    var there = Files.createDirectories(folder.resolve("workspace/engine"));
    var enter =
        Files.writeString(
            folder.resolve("enter"),
            "mount --bind %1$s %2$s && mount -t tmpfs none %1$s && exec \"$@\"\n"
                .formatted(checkout.root(), there));
    Files.writeString(
        checkout.root().resolve("bench.py"), checkout.read("bench.py").replace("60)]", "6000)]"));
    Files.writeString(
        checkout.root().resolve("hostperf.yaml"),
        checkout
                .read("hostperf.yaml")
                .replace("  timeout: 1m\n", "  timeout: 1m\n  root: tiny.engine.Engine.step\n")
            + "execution: {kind: prefix, command: [unshare, --mount, sh, %s], paths: {%s: %s}}\n"
                .formatted(enter, checkout.root(), there));
    checkout.git("add", ".");
    checkout.commit("Elsewhere");
    server = checkout.connect();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static boolean mayMount() {
    return "root".equals(System.getProperty("user.name"))
        && new LocalProcesses()
            .run(
                new Command(
                    Path.of("/"),
                    Duration.ofSeconds(10),
                    "sh",
                    "-c",
                    "unshare --mount mount -t tmpfs none /mnt"))
            .succeeded();
  }

  @Test
  void profilesTestsAndSwapsByThePathsThatTheCheckoutHasHere() {
    var run = call(server, "start_run", Map.of()).text("run_id");
    var profile =
        call(server, "profile", Map.of("run_id", run, "passes", List.of("samples", "facts")))
            .text();
    assertThat(profile)
        .contains("Config.banned")
        .contains("tiny/engine.py:8 Config.banned: all ")
        .doesNotContain("workspace/engine");
    call(server, "apply_patch", Map.of("run_id", run, "edits", List.of(TinyCheckout.HOIST)));
    assertThat(call(server, "run_unit_tests", Map.of("run_id", run)).texts("new_failures"))
        .isEmpty();
    var verdict = call(server, "validate", Map.of("run_id", run));
    assertThat(verdict.text("verdict")).isEqualTo("improved");
    assertThat(verdict.text()).contains("by swap").doesNotContain("workspace/engine");
  }
}

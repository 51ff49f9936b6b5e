package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person reads in a terminal while an agent's server owns the checkout.
class ReadingBesideIT {
  @TempDir Path folder;

  @Test
  void commandsReadWhileAServerOwnsTheCheckout() throws IOException {
    var checkout = TinyCheckout.in(folder);
    try (var server = checkout.connect()) {
      var run = server.call("start_run", Map.of()).text("run_id");
      assertThat(checkout.hostperf("runs").output()).contains("Next: hostperf status " + run);
      assertThat(checkout.hostperf("status", run).output()).contains("started");
      assertThat(checkout.hostperf("report", run).output())
          .contains("Another process is at work in this checkout")
          .contains("report.md");
    }
  }
}

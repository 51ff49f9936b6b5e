package hostperf.server.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.server.autopilot.PilotCheckout.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The packaged autopilot without a model, as a job and as a person start it: flags, exit codes,
/// signals and the terminal.
@Order(2)
@SuppressWarnings("NullAway.Init") // set before each
class AutopilotProcessIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;
  private PilotCheckout checkout;
  private String base;

  @BeforeEach
  void copy() throws IOException, InterruptedException {
    checkout = PilotCheckout.in(folder, List.of(), 0, 0, "");
    base = checkout.git("rev-parse", "HEAD");
  }

  private static JsonNode end(Ended ended) {
    assertThat(ended.out()).withFailMessage(ended::output).startsWith("{");
    return JSON.readTree(ended.out());
  }

  private void assertUntouched() throws IOException, InterruptedException {
    assertThat(checkout.git("rev-parse", "HEAD")).isEqualTo(base);
    assertThat(checkout.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void aRunThatWasInterruptedGoesOnAndKeepsTwoDraftsOfTheServer()
      throws IOException, InterruptedException {
    var looked = checkout.fly("--dry-run", "--json", "--rounds", "2", "--approval", "zero-risk");
    assertThat(looked.code()).withFailMessage(looked::output).isZero();
    assertThat(end(looked).path("end").path("kind").asString()).isEqualToIgnoringCase("looked");
    assertThat(end(looked).path("end").path("why").asString()).contains("would be tried");
    assertUntouched();
    assertThat(checkout.git("branch", "--show-current")).isEqualTo("main");

    var asked = checkout.fly("--approval", "ask");
    assertThat(asked.code()).withFailMessage(asked::output).isEqualTo(3);
    assertThat(asked.out()).contains("Going on with run-", "hostperf approve approval-");
    assertUntouched();

    // In the middle of the second launch of a measurement, with a patch in.
    var stopped = checkout.flyUntil("launch 3: ", "--approval", "zero-risk");
    assertThat(stopped.code()).withFailMessage(stopped::output).isEqualTo(130);
    assertThat(stopped.out()).contains("Interrupted: `hostperf autopilot` goes on.");

    var ended = checkout.fly("--json", "--approval", "zero-risk");
    assertThat(ended.code()).withFailMessage(ended::output).isZero();
    assertThat(ended.err()).contains("Going on with run-");
    assertThat(end(ended).path("kept").asInt()).withFailMessage(ended::output).isEqualTo(2);
    assertThat(end(ended).path("speedup").asDouble()).isGreaterThan(1);
    assertThat(checkout.git("log", "--format=%H", "main..HEAD").lines()).hasSize(2);
    assertThat(checkout.git("rev-parse", "main")).isEqualTo(base);
    assertThat(checkout.git("status", "--porcelain")).isEmpty();
    assertThat(checkout.report())
        .contains("2 rounds: 2 kept, 0 rolled back", "through flag", "zero risk");
  }

  @Test
  void wrongUseIsCodeTwoAndSaysWhatIsAllowed() throws IOException, InterruptedException {
    var mode = checkout.fly("--approval", "maybe");
    assertThat(mode.code()).isEqualTo(2);
    assertThat(mode.err()).contains("'maybe' is not one of ask, zero-risk, never");
    var key = checkout.fly("--model", "openai:any");
    assertThat(key.code()).isEqualTo(2);
    assertThat(key.err()).contains("OPENAI_API_KEY");
    var address = checkout.fly("--model", "openai:any", "--base-url", "http://me:secret@host/v1");
    assertThat(address.code()).isEqualTo(2);
    assertThat(address.output()).contains("--base-url").doesNotContain("secret");
    var nobody = checkout.fly();
    assertThat(nobody.code()).withFailMessage(nobody::output).isEqualTo(2);
    assertThat(nobody.err()).contains("No run could begin", "hostperf approve approval-");
    assertUntouched();
  }

  @Test
  void aPersonAtTheTerminalReadsEachDiffInColoursAndSaysNo()
      throws IOException, InterruptedException {
    var ended = checkout.flySeated(List.of("y", "n", "not tonight", "n", ""), "--rounds", "1");
    assertThat(ended.code()).withFailMessage(ended::output).isEqualTo(1);
    assertThat(ended.out())
        .contains("is allowed by", "(terminal)")
        .contains("\u001b[31m-        logger.debug(", "\u001b[32m+        if logger.isEnabledFor(")
        .contains("is declined. A person said no: \"not tonight\"");
    assertThat(checkout.report()).contains("not tonight");
    assertUntouched();
  }
}

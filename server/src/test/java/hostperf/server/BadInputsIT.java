package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls that no agent should make, through the packaged server on one checkout.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String HUGE = "x".repeat(3_000_000);

  @TempDir static Path folder;
  private TinyCheckout checkout;
  private RawServer server;
  private String run;

  @BeforeAll
  void begin() throws IOException {
    checkout = TinyCheckout.in(folder);
    checkout.trust();
    var traces = Files.createDirectory(checkout.root().resolve("traces"));
    Files.writeString(traces.resolve("empty.sqlite"), "");
    Files.writeString(traces.resolve("cut.sqlite"), "SQLite format 3\0\u0010\0");
    Files.writeString(traces.resolve("cut.json"), "{\"traceEvents\": [{\"ph\": \"X\", \"na");
    Files.writeString(traces.resolve("deep.json"), "[".repeat(200_000));
    Files.writeString(traces.resolve("other.json"), "{\"a\": 1}");
    server = RawServer.on(checkout);
    run = server.call("start_run", Map.of()).field("run_id");
    server.call("profile", Map.of("run_id", run));
    server.call("classify", Map.of("run_id", run));
  }

  @AfterAll
  void end() {
    server.close();
  }

  static Stream<String> calls() throws IOException {
    return Files.readAllLines(Golden.root().resolve("server/src/test/resources/bad-inputs.jsonl"))
        .stream();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void isRefusedWithItsReasonAndChangesNothing(String line) throws IOException {
    var before = tree();
    var call = JSON.readTree(line);
    var arguments =
        JSON.readTree(
            call.get("arguments")
                .toString()
                .replace("RUN", run)
                .replace("HUGE", HUGE)
                .replace("LONG", HUGE.substring(0, 40_000)));
    int id = server.sendCall(call.get("tool").asString(), arguments);
    var said = server.answer(id, Duration.ofSeconds(60)).orElseThrow();
    assertThat(said.isError() || isInconclusive(said.fields())).as(said.text()).isTrue();
    assertThat(said.text())
        .containsIgnoringCase(call.get("why").asString())
        .doesNotContainIgnoringCase("internal error")
        .doesNotContain("Exception", "java.", "hostperf.run.", "\tat ", "\u001b", "\u202e")
        .hasSizeLessThan(9_000);
    assertThat(tree()).isEqualTo(before);
  }

  private static boolean isInconclusive(JsonNode fields) {
    return fields.has("inconclusive");
  }

  @Test
  void stillServesAfterLinesThatAreNoCalls() {
    server.sendRaw("this is not JSON");
    server.sendRaw("{\"jsonrpc\":\"2.0\",\"id\":99999,\"method\":\"no/such\"}");
    server.sendRaw("[[[[");
    assertThat(server.call("status", Map.of("run_id", run)).field("stage")).isEqualTo("analyzed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"analyze_profile", "review_patch", "summarize_run"})
  void completesTheRunThatAPromptIsFor(String prompt) {
    server.forget();
    server.sendRaw(
        ("{\"jsonrpc\":\"2.0\",\"id\":\"c\",\"method\":\"completion/complete\",\"params\":{\"ref\":"
                + "{\"type\":\"ref/prompt\",\"name\":\"%s\"},"
                + "\"argument\":{\"name\":\"run_id\",\"value\":\"run-\"}}}")
            .formatted(prompt));
    var answer = server.message(m -> m.has("result"), Duration.ofSeconds(60)).orElseThrow();
    assertThat(answer.at("/result/completion/values/0").asString()).isEqualTo(run);
  }

  @Test
  void takesTheWordsOfASlashCommandForTheGoal() {
    server.forget();
    server.sendRaw(
        "{\"jsonrpc\":\"2.0\",\"id\":\"g\",\"method\":\"prompts/get\",\"params\":{\"name\":"
            + "\"optimize_host_overhead\",\"arguments\":"
            + "{\"goal\":\"lower\",\"max_rounds\":\"TPOT\",\"trace\":\"at\"}}}");
    var answer = server.message(m -> m.has("result"), Duration.ofSeconds(60)).orElseThrow();
    assertThat(answer.at("/result/messages/0/content/text").asString())
        .contains(
            "Goal: <argument name=\"goal\">lower TPOT at</argument>",
            "Rounds: as many as hostperf.yaml allows",
            "Trace: none");
  }

  /// Every file of the checkout but for hostperf's own, by its content.
  private Map<String, Integer> tree() throws IOException {
    var tree = new TreeMap<String, Integer>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().contains("/.hostperf/")) {
          tree.put(file.toString(), Arrays.hashCode(Files.readAllBytes(file)));
        }
      }
    }
    return tree;
  }
}

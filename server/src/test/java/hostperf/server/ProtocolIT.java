package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Lines that break the protocol get its errors, and the next line is served.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TWENTY_MB = "x".repeat(20 << 20);

  @TempDir static Path folder;
  private Path root;
  private RawServer server;

  @BeforeAll
  void begin() throws IOException {
    root = Files.createDirectories(folder.resolve("checkout"));
    server = RawServer.on(root, folder);
  }

  @AfterAll
  void end() {
    server.close();
  }

  static Stream<String> faults() throws IOException {
    return Files.readAllLines(
        Golden.root().resolve("server/src/test/resources/protocol-faults.jsonl"))
        .stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void getsItsErrorAndTheNextLineIsServed(String fault) {
    var wanted = JSON.readTree(fault);
    var line =
        wanted
            .get("line")
            .asString()
            .replace("NESTED", "{\"a\":".repeat(900) + "1" + "}".repeat(900))
            .replace("BOTTOMLESS", "[".repeat(100_000) + "]".repeat(100_000))
            .replace("TWENTY_MB", TWENTY_MB);
    server.forget();
    server.sendRaw(line);
    server.sendRaw("{\"jsonrpc\":\"2.0\",\"id\":\"after\",\"method\":\"ping\"}");
    var error = server.message(m -> m.has("error"), LIMIT).orElseThrow();
    assertThat(error.get("id")).isEqualTo(wanted.get("id"));
    assertThat(error.at("/error/code").asInt()).isEqualTo(wanted.get("code").asInt());
    assertThat(error.at("/error/message").asString())
        .contains(wanted.get("why").asString())
        .doesNotContain("Exception", "java.", "jackson", "io.modelcontextprotocol")
        .hasSizeLessThan(1_000);
    assertThat(server.message(m -> m.path("id").asString("").equals("after"), LIMIT)).isPresent();
  }

  @Test
  void refusesCallsBeforeInitializeAndAnswersPing() {
    try (var fresh = RawServer.silent(root, folder, Map.of())) {
      fresh.sendRaw("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}");
      assertThat(fresh.message(m -> m.has("result"), LIMIT)).isPresent();
      for (var method : List.of("tools/list", "prompts/list", "resources/list")) {
        fresh.forget();
        fresh.sendRaw("{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"%s\"}".formatted(method));
        var error = fresh.message(m -> m.has("error"), LIMIT).orElseThrow();
        assertThat(error.at("/error/code").asInt()).isEqualTo(-32600);
        assertThat(error.at("/error/message").asString()).contains("initialize");
      }
      for (var params :
          List.of(
              "null",
              "{}",
              "{\"protocolVersion\":1}",
              "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{}}",
              "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"roots\":5},"
                  + "\"clientInfo\":{\"name\":\"a\",\"version\":\"1\"}}")) {
        fresh.forget();
        fresh.sendRaw(
            "{\"jsonrpc\":\"2.0\",\"id\":\"c\",\"method\":\"initialize\",\"params\":%s}"
                .formatted(params));
        var error = fresh.message(m -> m.has("error"), LIMIT).orElseThrow();
        assertThat(error.at("/error/code").asInt()).as(params).isEqualTo(-32602);
      }
      fresh.begin();
      assertThat(fresh.call("status", Map.of()).isError()).isFalse();
    }
  }

  @Test
  void servesAClientThatNeverSaysItIsInitialized() {
    try (var fresh = RawServer.silent(root, folder, Map.of())) {
      fresh.initialize();
      assertThat(fresh.call("status", Map.of()).isError()).isFalse();
    }
  }

  @Test
  void readsLinesThatAreOddButSound() {
    server.forget();
    server.sendRaw("");
    server.sendRaw("  \r");
    server.sendRaw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/nonsense\"}");
    server.sendRaw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}");
    server.sendRaw("{\"jsonrpc\":\"2.0\",\"id\":\"unknown\",\"result\":{}}");
    server.sendRaw("\ufeff{\"jsonrpc\":\"2.0\",\"id\":9007199254740993,\"method\":\"ping\"}\r");
    var answer = server.message(_ -> true, LIMIT).orElseThrow();
    assertThat(answer.get("id").asLong()).isEqualTo(9007199254740993L);
    assertThat(answer.has("result")).isTrue();
  }

  @Test
  void completesTheRunOfAPrompt() {
    server.forget();
    server.sendRaw(
        "{\"jsonrpc\":\"2.0\",\"id\":\"typed\",\"method\":\"completion/complete\",\"params\":"
            + "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"summarize_run\"},"
            + "\"argument\":{\"name\":\"audience\",\"value\":\"the\"}}}");
    var answer = server.message(_ -> true, LIMIT).orElseThrow();
    assertThat(answer.at("/result/completion/values").isArray()).as(answer.toString()).isTrue();
    assertThat(answer.at("/result/completion/values").isEmpty()).isTrue();
  }

  @Test
  void takesAnEmptyCursorForTheFirstPage() {
    server.forget();
    server.sendRaw(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"\"}}");
    var answer = server.message(_ -> true, LIMIT).orElseThrow();
    assertThat(answer.at("/result/tools").size()).isEqualTo(14);
  }

  @Test
  void answersABurstOfCallsAndPingsAmidThem() {
    var ids = Stream.generate(() -> server.sendCall("status", Map.of())).limit(1_000).toList();
    server.sendRaw("{\"jsonrpc\":\"2.0\",\"id\":\"amid\",\"method\":\"ping\"}");
    assertThat(server.message(m -> m.path("id").asString("").equals("amid"), LIMIT)).isPresent();
    assertThat(ids).allMatch(id -> server.answer(id, LIMIT).isPresent());
  }

  @Test
  void answersWhatAPipeSendsBeforeItsEnd() {
    try (var fresh = RawServer.on(root, folder)) {
      var ids = Stream.generate(() -> fresh.sendCall("status", Map.of())).limit(50).toList();
      assertThat(fresh.leave()).isLessThan(10_000);
      assertThat(ids).allMatch(id -> fresh.answered(id));
    }
  }

  @Test
  void endsAtOnceWhenBothEndsClose() {
    var fresh = RawServer.on(root, folder);
    fresh.stopReading();
    fresh.sendCall("status", Map.of());
    assertThat(fresh.leave()).isLessThan(3_000);
  }

  @Test
  void hostileSessionsAreAnswered() throws IOException {
    var sessions = new Sessions(root, folder, 1);
    for (int i = 0; i < 12; i++) {
      assertThat(sessions.once()).isEmpty();
    }
  }
}

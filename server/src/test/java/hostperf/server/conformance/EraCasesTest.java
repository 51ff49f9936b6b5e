package hostperf.server.conformance;

import static hostperf.server.conformance.StdioFixtures.NEW;
import static hostperf.server.conformance.StdioFixtures.OLD;
import static hostperf.server.conformance.StdioFixtures.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The cases of the conformance suite over standard input and output, where the suite itself cannot
/// go: both revisions on one connection, named as the suite names its scenarios.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EraCasesTest {
  private static final Map<String, Object> ALL =
      Map.of("elicitation", Map.of("form", Map.of()), "sampling", Map.of(), "roots", Map.of());

  private final StdioFixtures server = new StdioFixtures();

  @AfterAll
  void end() {
    server.close();
  }

  static Stream<Arguments> cases() {
    return StdioFixtures.cases().stream()
        .flatMap(
            row -> row.path("eras").valueStream().map(era -> Arguments.of(era.asString(), row)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void holds(String revision, JsonNode row) {
    var answer =
        server.ask(revision, row.path("method").asString(), map(row.path("params")), Map.of());
    row.path("holds")
        .propertyStream()
        .forEach(
            holds ->
                assertThat(answer.at(holds.getKey()))
                    .as("%s of %s", holds.getKey(), answer)
                    .isEqualTo(holds.getValue()));
    for (var place : row.path("has")) {
      assertThat(answer.at(place.asString()).isMissingNode()).as(answer.toString()).isFalse();
    }
    if (row.path("holds").isEmpty()) {
      assertThat(answer.path("result").isObject()).as(answer.toString()).isTrue();
    }
    assertThat(answer.at("/result/resultType").asString("none"))
        .isEqualTo(revision.equals(NEW) && answer.has("result") ? "complete" : "none");
  }

  @ParameterizedTest
  @MethodSource("revisions")
  void sendsProgressBeforeTheAnswer(String revision) {
    server.begin(
        revision,
        "tools/call",
        Map.of(
            "name",
            "test_tool_with_progress",
            "arguments",
            Map.of(),
            "_meta",
            Map.of("progressToken", "p1")),
        Map.of());
    var done = new ArrayList<Double>();
    var message = server.next();
    while (message.path("method").asString("").equals("notifications/progress")) {
      assertThat(message.at("/params/progressToken").asString()).isEqualTo("p1");
      done.add(message.at("/params/progress").asDouble());
      message = server.next();
    }
    assertThat(done).containsExactly(0.0, 50.0, 100.0);
    assertThat(message.at("/result/content/0/text").asString()).isEqualTo("done");
  }

  static Stream<String> revisions() {
    return Stream.of(OLD, NEW);
  }

  @Test
  void asksAClientOfASessionAmidTheCall() {
    server.begin(OLD, "tools/call", call("test_elicitation"), Map.of());
    var asked = server.next();
    assertThat(asked.path("method").asString()).isEqualTo("elicitation/create");
    // The other revision is served meanwhile.
    assertThat(server.ask(NEW, "tools/list", Map.of()).at("/result/resultType").asString())
        .isEqualTo("complete");
    server.answer(asked, Map.of("action", "accept", "content", Map.of("username", "ann")));
    assertThat(server.next().at("/result/content/0/text").asString())
        .contains("action=ACCEPT", "ann");

    server.begin(OLD, "tools/call", call("test_sampling"), Map.of());
    var sampling = server.next();
    assertThat(sampling.path("method").asString()).isEqualTo("sampling/createMessage");
    server.answer(
        sampling,
        Map.of(
            "role", "assistant", "model", "m", "content", Map.of("type", "text", "text", "said")));
    assertThat(server.next().at("/result/content/0/text").asString()).contains("said");
  }

  private static Map<String, Object> call(String tool) {
    return Map.of("name", tool, "arguments", Map.of());
  }

  private JsonNode modern(String tool, Map<String, Object> more) {
    var params = new LinkedHashMap<>(call(tool));
    params.putAll(more);
    return server.ask(NEW, "tools/call", params, ALL);
  }

  private static Map<String, Object> responses(String key) {
    return Map.of(
        "inputResponses",
        Map.of(key, Map.of("action", "accept", "content", Map.of("name", "ann"))));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void endsACallWithItsQuestion(String tool, String key, String method) {
    var asked = modern(tool, Map.of());
    assertThat(asked.at("/result/resultType").asString()).isEqualTo("input_required");
    assertThat(asked.at("/result/inputRequests/" + key + "/method").asString()).isEqualTo(method);
    // What is missing is asked for again.
    assertThat(modern(tool, responses("another")).at("/result/resultType").asString())
        .isEqualTo("input_required");
    var answered =
        switch (method) {
          case "sampling/createMessage" ->
              Map.of(
                  "role",
                  "assistant",
                  "model",
                  "m",
                  "content",
                  Map.of("type", "text", "text", "Paris"));
          case "roots/list" -> Map.of("roots", List.of(Map.of("uri", "file:///a")));
          default -> Map.of("action", "accept", "content", Map.of("name", "ann"));
        };
    var said = modern(tool, Map.of("inputResponses", Map.of(key, answered), "more", "ignored"));
    assertThat(said.at("/result/resultType").asString()).as(said.toString()).isEqualTo("complete");
  }

  static Stream<Arguments> questions() {
    return Stream.of(
        Arguments.of("test_input_required_result_elicitation", "user_name", "elicitation/create"),
        Arguments.of(
            "test_input_required_result_sampling", "capital_question", "sampling/createMessage"),
        Arguments.of("test_input_required_result_list_roots", "client_roots", "roots/list"));
  }

  @Test
  void takesItsStateBackUnchangedOnly() {
    var asked = modern("test_input_required_result_request_state", Map.of());
    var state = asked.at("/result/requestState").asString();
    var with = new LinkedHashMap<>(responses("confirm"));
    with.put("requestState", state);
    assertThat(
            modern("test_input_required_result_request_state", with)
                .at("/result/content/0/text")
                .asString())
        .isEqualTo("state-ok");
    with.put("requestState", state.substring(1) + "A");
    assertThat(modern("test_input_required_result_request_state", with).has("error")).isTrue();
  }

  @Test
  void asksInSeveralRoundsAndForSeveralThingsAtOnce() {
    var first = modern("test_input_required_result_multi_round", Map.of());
    var with = new LinkedHashMap<>(responses("step1"));
    with.put("requestState", first.at("/result/requestState").asString());
    var second = modern("test_input_required_result_multi_round", with);
    assertThat(second.at("/result/inputRequests").has("step2")).isTrue();
    with = new LinkedHashMap<>(responses("step2"));
    with.put("requestState", second.at("/result/requestState").asString());
    assertThat(
            modern("test_input_required_result_multi_round", with)
                .at("/result/resultType")
                .asString())
        .isEqualTo("complete");
    assertThat(
            modern("test_input_required_result_multiple_inputs", Map.of())
                .at("/result/inputRequests")
                .propertyNames())
        .containsExactlyInAnyOrder("user_name", "greeting", "client_roots");
    var prompt =
        server.ask(NEW, "prompts/get", Map.of("name", "test_input_required_result_prompt"), ALL);
    assertThat(prompt.at("/result/inputRequests").has("user_context")).isTrue();
    // Where a question has no place it ends nothing.
    assertThat(
            server
                .ask(NEW, "tools/list", Map.of("inputResponses", Map.of()), ALL)
                .at("/result/resultType")
                .asString())
        .isEqualTo("complete");
  }
}

package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Dialogs on the wire: what no client of the SDK would send, and how they are taken back.
class DialogsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private TinyCheckout checkout;
  private RawServer server;

  @BeforeEach
  void connect() throws IOException {
    checkout = TinyCheckout.in(folder);
    server =
        RawServer.on(checkout.root(), checkout.home(), Map.of(), Map.of("elicitation", Map.of()));
  }

  @AfterEach
  void disconnect() {
    server.close();
  }

  private JsonNode asked() {
    return server.next("elicitation/create", SOON);
  }

  /// @param field `result` or `error`
  private void reply(JsonNode question, String field, String json) {
    var message = new LinkedHashMap<String, Object>();
    message.put("jsonrpc", "2.0");
    message.put("id", question.get("id"));
    message.put(field, JSON.readTree(json));
    server.sendRaw(JSON.writeValueAsString(message));
  }

  private RawServer.Said said(String field, String json) {
    int call = server.sendCall("start_run", Map.of("wait_s", 20));
    reply(asked(), field, json);
    return server.answer(call, SOON).orElseThrow();
  }

  @Test
  void whatIsNoAnswerToAFormDecidesNothing() {
    for (var result :
        new String[] {
          "{}",
          "{\"action\": \"accept\"}",
          "{\"action\": \"accepted\", \"content\": {\"decision\": \"approve\"}}",
          "{\"action\": \"ACCEPT\", \"content\": {\"decision\": \"approve\"}}",
          "{\"action\": \"accept\", \"content\": \"approve\"}",
          "{\"action\": \"accept\", \"content\": [\"approve\"]}",
          "{\"action\": [\"accept\"], \"content\": {\"decision\": \"approve\"}}",
          "{\"action\": null, \"content\": {\"decision\": \"approve\"}}",
          "{\"decision\": \"approve\"}",
          "\"approve\"",
          "[]"
        }) {
      var said = said("result", result);
      assertThat(said.field("state")).as("%s: %s", result, said.text()).isEqualTo("cancelled");
      assertThat(said.text()).doesNotContain("Exception", "modelcontextprotocol", "Action");
    }
    assertThat(server.call("status", Map.of()).fields().path("runs").size()).isZero();
  }

  @Test
  void aClientThatCannotShowTheQuestionIsNoPersonsAnswer() {
    var said = said("error", "{\"code\": -32601, \"message\": \"no dialogs here\"}");
    assertThat(said.field("state")).isEqualTo("unavailable");
    assertThat(said.text()).contains("no dialogs here", "hostperf approve approval-");
  }

  @Test
  void theDialogIsTakenBackOnceTheCommandLineHasAnswered() {
    int call = server.sendCall("start_run", Map.of("wait_s", 2));
    var question = asked();
    var pending = server.answer(call, SOON).orElseThrow();
    assertThat(pending.field("state")).isEqualTo("pending");
    var denied = checkout.hostperf("deny", pending.field("approval_id"), "--reason", "not here");
    assertThat(denied.output()).contains("Denied.");
    var taken = server.next("notifications/cancelled", SOON);
    assertThat(taken.at("/params/requestId")).isEqualTo(question.get("id"));
    assertThat(taken.at("/params/reason").asString()).isEqualTo("it was answered elsewhere");
    var no = server.call("start_run", Map.of("wait_s", 2));
    assertThat(no.field("state")).isEqualTo("declined");
    assertThat(no.text()).contains("not here");
  }

  @Test
  void aYesInATerminalCountsWhileTheDialogIsOpen() {
    int call = server.sendCall("start_run", Map.of("wait_s", 40));
    var question = asked();
    var id = question.at("/params/_meta/hostperf~1approval_id").asString();
    var approved = checkout.hostperfTyping("y", "approve", id);
    assertThat(approved.output()).contains("Approve " + id + "? [y/N]", "Approved.");
    assertThat(server.answer(call, SOON).orElseThrow().field("run_id")).startsWith("run-");
    assertThat(server.next("notifications/cancelled", SOON).at("/params/requestId"))
        .isEqualTo(question.get("id"));
  }

  @Test
  void aQuestionHasOneDialogHoweverOftenItIsAsked() {
    var first = server.call("start_run", Map.of("wait_s", 1));
    var question = asked();
    var again = server.call("start_run", Map.of("wait_s", 1));
    assertThat(again.field("approval_id")).isEqualTo(first.field("approval_id"));
    reply(question, "result", "{\"action\": \"accept\", \"content\": {\"decision\": \"approve\"}}");
    assertThat(server.call("start_run", Map.of("wait_s", 20)).field("run_id")).startsWith("run-");
    assertThat(server.unheard("elicitation/create")).isZero();
  }
}

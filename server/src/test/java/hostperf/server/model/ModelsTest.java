package hostperf.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.configuration.ModelSettings;
import hostperf.configuration.ModelSettings.Budget;
import hostperf.configuration.ModelSettings.Sampling;
import hostperf.server.model.ScriptedEndpoint.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelsTest {
  private static final String KEY = "sk-very-secret-4711";
  private static final List<Turn> QUESTION =
      List.of(new Turn.Rules("Be brief."), new Turn.Question("Which?"));
  private static final Tooling TOOL = new Tooling("choose", "Chooses.", Map.of("id", "Which."));

  private static ModelReply ask(ModelSettings.Provider provider, List<Line> lines) {
    return ask(provider, lines, Duration.ofSeconds(20));
  }

  private static ModelReply ask(
      ModelSettings.Provider provider, List<Line> lines, Duration timeout) {
    var left = new ArrayDeque<>(lines);
    try (var endpoint = new ScriptedEndpoint(_ -> left.size() > 1 ? left.poll() : left.peek())) {
      return chat(provider, endpoint.url(), timeout).ask(QUESTION, List.of(TOOL));
    }
  }

  private static Chat chat(ModelSettings.Provider provider, String url, Duration timeout) {
    var settings =
        new ModelSettings(
            provider,
            "scripted",
            Optional.of(url),
            Optional.of("A_KEY"),
            new Sampling(Optional.of(0.2), 100, timeout),
            new Budget(1_000_000, Optional.empty(), 0, 0));
    return Models.open(settings, Map.of("A_KEY", KEY), Duration.ofMillis(1));
  }

  @ParameterizedTest
  @EnumSource
  void readsAStreamedAnswerAndItsTokens(ModelSettings.Provider provider) {
    var reply = ask(provider, List.of(new Line.Text("The second, I think.")));
    assertThat(reply)
        .isEqualTo(
            new ModelReply.Answered(new Turn.Said("The second, I think.", List.of()), 1000, 100));
  }

  @ParameterizedTest
  @EnumSource
  void readsACallOfATool(ModelSettings.Provider provider) {
    var reply = ask(provider, List.of(new Line.Tool("choose", "{\"id\":\"B\"}")));
    assertThat(reply).isInstanceOf(ModelReply.Answered.class);
    var wish = ((ModelReply.Answered) reply).said().wishes().getFirst();
    assertThat(wish.tool()).isEqualTo("choose");
    assertThat(wish.arguments()).isEqualTo("{\"id\":\"B\"}");
  }

  @ParameterizedTest
  @EnumSource
  void asksAgainWhereTheEndpointIsBusyOrBroken(ModelSettings.Provider provider) {
    var reply =
        ask(provider, List.of(new Line.Status(429), new Line.Status(503), new Line.Text("Yes.")));
    assertThat(((ModelReply.Answered) reply).said().text()).isEqualTo("Yes.");
  }

  @ParameterizedTest
  @EnumSource
  void givesUpAfterFourTimeouts(ModelSettings.Provider provider) {
    var reply = ask(provider, List.of(new Line.Silence(3_000)), Duration.ofMillis(150));
    assertThat(reply).isInstanceOf(ModelReply.Failed.class);
    assertThat(((ModelReply.Failed) reply).why()).contains("time-out").contains("after 4 tries");
  }

  @ParameterizedTest
  @EnumSource
  void doesNotAskAgainWithAKeyThatIsRefusedAndDoesNotShowIt(ModelSettings.Provider provider) {
    var reply = ask(provider, List.of(new Line.Status(401)));
    assertThat(((ModelReply.Failed) reply).why())
        .contains("does not accept the key")
        .contains("after 1 try")
        .doesNotContain(KEY);
  }

  @ParameterizedTest
  @EnumSource
  void takesAKeyOutOfWhatAnEndpointSays(ModelSettings.Provider provider) {
    var reply = ask(provider, List.of(new Line.Text("Your key is " + KEY)));
    assertThat(((ModelReply.Answered) reply).said().text()).isEqualTo("Your key is (key)");
  }

  @ParameterizedTest
  @EnumSource
  void noKeyGetsIntoATranscriptOrAFailure(ModelSettings.Provider provider, @TempDir Path folder)
      throws IOException {
    var left =
        new ArrayDeque<>(
            List.of(
                new Line.Text("Your key is " + KEY),
                new Line.Tool("choose", "{\"id\":\"" + KEY + "\"}"),
                new Line.Status(401)));
    try (var endpoint = new ScriptedEndpoint(_ -> left.poll())) {
      var chat = chat(provider, endpoint.url(), Duration.ofSeconds(20));
      var ledger =
          new Ledger(folder, new Budget(1_000_000, Optional.empty(), 0, 0), InstantSource.system());
      var file = folder.resolve("round-1.jsonl");
      var talk = new Talk(chat, ledger, file, "rules");
      var replies =
          List.of(
              talk.ask("first", List.of(TOOL)),
              talk.ask("second", List.of(TOOL)),
              talk.ask("third", List.of(TOOL)));
      assertThat(replies.toString()).contains("does not accept the key").doesNotContain(KEY);
      assertThat(Files.readString(file))
          .contains("Your key is (key)", "refused for")
          .doesNotContain(KEY);
    }
  }

  @Test
  void cutsNoKeyInTheMiddle() {
    var words = new Redaction(Optional.of(KEY));
    var retries = new Retries(Duration.ofMillis(1), 1, words::clean);
    var failed =
        retries.call(
            () -> {
              throw new IOException("x".repeat(290) + KEY);
            });
    assertThat(((Retries.GaveUp<?>) failed).why()).doesNotContain(KEY.substring(0, 6));
  }

  @Test
  void sendsTheKeyAndTheWholeConversation() {
    try (var endpoint = new ScriptedEndpoint(_ -> new Line.Text("ok"))) {
      var chat = chat(ModelSettings.Provider.OPENAI, endpoint.url(), Duration.ofSeconds(20));
      var wish = new Turn.Wish("call_1", "choose", "{}");
      chat.ask(
          List.of(
              new Turn.Rules("Be brief."),
              new Turn.Question("Which?"),
              new Turn.Said("", List.of(wish)),
              new Turn.Outcome(wish, "There is no such id.")),
          List.of(TOOL));
      assertThat(endpoint.keys()).containsExactly("Bearer " + KEY);
      assertThat(endpoint.requests().getFirst())
          .contains("Be brief.", "Which?", "There is no such id.", "\"stream\" : true");
    }
  }

  @Test
  void saysWhichVariableIsMissing() {
    var settings =
        ModelSettings.ofFlag("anthropic:x", Optional.empty(), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> Models.open(settings, Map.of()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("ANTHROPIC_API_KEY");
  }
}

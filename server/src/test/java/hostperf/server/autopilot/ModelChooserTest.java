package hostperf.server.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.configuration.ModelSettings.Budget;
import hostperf.server.model.Ledger;
import hostperf.server.model.ModelReply;
import hostperf.server.model.Talk;
import hostperf.server.model.Turn;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelChooserTest {
  private static final Target TARGET =
      new Target("h1", "f|x", "f.py:3", "PYLOOP", "h1 in f", false, 0.3);
  private static final Suggestion A = option("A", true);
  private static final Suggestion B = option("B", false);

  @TempDir Path folder;

  private static Suggestion option(String id, boolean recommended) {
    return new Suggestion(
        id,
        "p-" + id,
        id,
        recommended,
        Optional.of("model"),
        new Suggestion.Trust("low", Map.of()));
  }

  private static ModelReply call(String tool, String arguments) {
    var wish = new Turn.Wish("call_1", tool, arguments);
    return new ModelReply.Answered(new Turn.Said("", List.of(wish)), 10, 10);
  }

  private static ModelReply text(String text) {
    return new ModelReply.Answered(new Turn.Said(text, List.of()), 10, 10);
  }

  private Choice choose(List<Suggestion> untried, List<String> failures, ModelReply... replies) {
    var script = new ArrayDeque<>(List.of(replies));
    var ledger =
        new Ledger(folder, new Budget(10_000, Optional.empty(), 0, 0), InstantSource.system());
    var chooser =
        new ModelChooser(
            (_, _) -> new Talk((_, _) -> script.poll(), ledger, folder.resolve("t.jsonl"), "rules"),
            query -> "found for " + query);
    return chooser.choose(TARGET, untried, failures, 1);
  }

  private static String taken(Choice choice) {
    return ((Choice.Take) choice).option().id();
  }

  @Test
  void asksNobodyWhereThereIsNoChoice() {
    assertThat(taken(choose(List.of(B), List.of()))).isEqualTo("B");
  }

  @Test
  void takesWhatTheModelChooses() {
    var choice =
        choose(
            List.of(A, B), List.of(), call("choose_option", "{\"option_id\":\"B\",\"why\":\"\"}"));
    assertThat(taken(choice)).isEqualTo("B");
  }

  @Test
  void passesOverAfterAFailureWhereTheModelSaysSo() {
    var choice =
        choose(List.of(A), List.of("tests fail"), call("pass_over", "{\"why\":\"same reason\"}"));
    assertThat(choice).isEqualTo(new Choice.Pass("same reason"));
  }

  @Test
  void feedsACallThatCannotBeFollowedBackOnce() {
    var choice =
        choose(
            List.of(A, B),
            List.of(),
            call("choose_option", "{\"option_id\":\"Z\"}"),
            call("choose_option", "{\"option_id\":\"B\"}"));
    assertThat(taken(choice)).isEqualTo("B");
  }

  @Test
  void goesByRankAfterTwoAnswersWithoutAUsableCall() {
    var choice = choose(List.of(B, A), List.of(), text("I refuse."), call("run_shell", "{}"));
    assertThat(taken(choice)).isEqualTo("A");
  }

  @Test
  void readsArgumentsThatAreNoJsonAsAFault() {
    var choice = choose(List.of(A, B), List.of(), call("choose_option", "{option"), text("no"));
    assertThat(taken(choice)).isEqualTo("A");
  }

  @Test
  void goesByRankWithoutTheModelWhenItFails() {
    assertThat(taken(choose(List.of(A, B), List.of(), new ModelReply.Failed("a time-out"))))
        .isEqualTo("A");
  }

  @Test
  void stopsAtTheThirdTimeOfTheSameCall() {
    var search = call("search_references", "{\"query\":\"gil\"}");
    var choice = choose(List.of(A, B), List.of(), search, search, search);
    assertThat(choice).isInstanceOf(Choice.Stop.class);
    assertThat(((Choice.Stop) choice).why()).contains("same call 3 times");
  }
}

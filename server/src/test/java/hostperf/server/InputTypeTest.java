package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.agent.Param;
import hostperf.journal.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputTypeTest {
  enum Scope {
    ROUND,
    FINAL
  }

  record Edit(@Param("The file.") String file) {}

  record Input(
      @Param("The run.") RunId runId,
      @Param("How far.") Scope scope,
      @Param("Seconds.") Optional<Integer> waitS,
      @Param("Edits.") Optional<List<Edit>> edits,
      @Param("Files.") Optional<List<String>> trace) {}

  private final InputType<Input> type = new InputType<>(Input.class);

  private Input value(Map<String, Object> arguments) {
    return type.value("report", arguments);
  }

  @Test
  void makesTheRecordOfItsArguments() {
    var input =
        value(
            Map.of(
                "run_id",
                "run-abcd2345",
                "scope",
                "final",
                "wait_s",
                5,
                "edits",
                List.of(Map.of("file", "a.py"))));
    assertThat(input.runId()).isEqualTo(new RunId("run-abcd2345"));
    assertThat(input.scope()).isEqualTo(Scope.FINAL);
    assertThat(input.waitS()).contains(5);
    assertThat(input.edits().orElseThrow()).containsExactly(new Edit("a.py"));
  }

  @Test
  void takesOneTextForAListOfTexts() {
    var input = value(Map.of("run_id", "run-abcd2345", "scope", "round", "trace", "a.sqlite"));
    assertThat(input.trace().orElseThrow()).containsExactly("a.sqlite");
  }

  @Test
  void readsArgumentsAsModelsWriteThem() {
    var input =
        value(
            Map.of(
                "run_id", "run-abcd2345",
                "scope", " Final",
                "wait_s", "5",
                "edits", "[{\"file\": \"a.py\"}]",
                "trace", "[\"a.sqlite\", \"b.sqlite\"]"));
    assertThat(input.scope()).isEqualTo(Scope.FINAL);
    assertThat(input.waitS()).contains(5);
    assertThat(input.edits().orElseThrow()).containsExactly(new Edit("a.py"));
    assertThat(input.trace().orElseThrow()).containsExactly("a.sqlite", "b.sqlite");
  }

  @Test
  void takesAnEmptyTextForAnArgumentThatIsLeftOut() {
    var input =
        value(
            Map.of(
                "run_id",
                "run-abcd2345",
                "scope",
                "final",
                "wait_s",
                "",
                "edits",
                "",
                "trace",
                ""));
    assertThat(input.waitS()).isEmpty();
    assertThat(input.edits()).isEmpty();
    assertThat(input.trace()).isEmpty();
    assertThatThrownBy(() -> value(Map.of("run_id", "", "scope", "final")))
        .hasMessageContaining("`run_id`, which is missing");
  }

  @Test
  void readsTruthNumbersAndObjectsThatAreText() {
    record More(
        @Param("On.") boolean on,
        @Param("Text that may be empty.") String text,
        @Param(value = "Limits.", keys = "idle") Optional<Map<String, Double>> limits) {}
    var more =
        new InputType<>(More.class)
            .value("more", Map.of("on", "True", "text", "", "limits", "{\"idle\": \"0.2\"}"));
    assertThat(more).isEqualTo(new More(true, "", Optional.of(Map.of("idle", 0.2))));
    assertThatThrownBy(() -> new InputType<>(More.class).value("more", Map.of("on", 1, "text", "")))
        .hasMessageContaining("`on` is 1; `more` takes true or false");
    assertThatThrownBy(
            () ->
                new InputType<>(More.class)
                    .value("more", Map.of("on", true, "text", "", "limits", "{idle: 1}")))
        .hasMessageContaining("`limits` is \"{idle: 1}\"; `more` takes an object");
  }

  @Test
  void namesAMissingArgumentAndAllThatThereAre() {
    assertThatThrownBy(() -> value(Map.of("scope", "final")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("`run_id`, which is missing")
        .hasMessageContaining("`wait_s?`");
  }

  @Test
  void namesAnUnknownArgumentAndTheKnownOnes() {
    assertThatThrownBy(
            () -> value(Map.of("run_id", "run-abcd2345", "scope", "final", "runid", "x")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no argument `runid`")
        .hasMessageContaining("`run_id`");
  }

  @Test
  void saysWhatAWrongValueIsAndWhatIsAllowed() {
    assertThatThrownBy(() -> value(Map.of("run_id", "run-abcd2345", "scope", "all")))
        .hasMessageContaining("`scope` is \"all\";")
        .hasMessageContaining("round, final");
    assertThatThrownBy(
            () -> value(Map.of("run_id", "run-abcd2345", "scope", "final", "wait_s", "5 s")))
        .hasMessageContaining("`wait_s` is \"5 s\"; `report` takes a whole number");
    assertThatThrownBy(() -> value(Map.of("run_id", 5, "scope", "final")))
        .hasMessageContaining("a text");
  }

  @Test
  void refusesUnknownFieldsOfNestedRecords() {
    assertThatThrownBy(
            () ->
                value(
                    Map.of(
                        "run_id", "run-abcd2345",
                        "scope", "final",
                        "edits", List.of(Map.of("path", "a.py")))))
        .hasMessageContaining("no argument `path`");
  }

  @Test
  void letsAnIdRefuseItself() {
    assertThatThrownBy(() -> value(Map.of("run_id", "abc", "scope", "final")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'abc' is not a run id");
  }

  @Test
  void describesEveryArgumentInItsSchema() {
    var schema = type.schema();
    assertThat(schema.get("required")).isEqualTo(List.of("run_id", "scope"));
    assertThat(String.valueOf(schema.get("properties")))
        .contains("enum=[round, final]")
        .contains("description=The run.");
  }
}

package hostperf.catalog;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds the pages under `prompts/` to what they promise.
class PromptPagesTest {
  /// The interface of record, in workflow order.
  private static final List<String> TOOLS =
      List.of(
          "start_run",
          "status",
          "detect_host_overhead",
          "compare_traces",
          "profile",
          "classify",
          "propose_options",
          "apply_patch",
          "run_unit_tests",
          "validate",
          "rollback",
          "report",
          "search_references",
          "job");

  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private final Prompts prompts = new Prompts(Golden.root().resolve("prompts"));

  @Test
  void areTheFourOfTheInterfaceOfRecordAndTheTwoOfTheHeadlessAgent() {
    assertThat(prompts.all())
        .extracting(Prompt::name)
        .containsExactly(
            "analyze_profile",
            "choose_option",
            "draft_patch",
            "optimize_host_overhead",
            "review_patch",
            "summarize_run");
  }

  @Test
  void describeEveryArgument() {
    for (var prompt : prompts.all()) {
      assertThat(prompt.description()).endsWith(".");
      assertThat(prompt.arguments()).isNotEmpty();
      assertThat(prompt.arguments())
          .extracting(Prompt.Argument::description)
          .allMatch(d -> d.endsWith("."), prompt.name());
    }
  }

  @Test
  void haveAPlaceForEachArgumentAndNoOther() {
    for (var prompt : prompts.all()) {
      var arguments = prompt.arguments().stream().map(Prompt.Argument::name).collect(toSet());
      assertThat(found(PLACE, prompt.body())).describedAs(prompt.name()).isEqualTo(arguments);
    }
  }

  @Test
  void nameOnlyToolsThatExist() {
    for (var prompt : prompts.all()) {
      assertThat(toolLike(prompt.body())).describedAs(prompt.name()).isSubsetOf(TOOLS);
    }
    assertThat(toolLike(prompts.instructions())).isSubsetOf(TOOLS);
  }

  @Test
  void leadThroughEveryToolInTheWholeLoop() {
    var body = prompts.of("optimize_host_overhead").body();
    assertThat(found(CODE, body)).containsAll(TOOLS);
  }

  @Test
  void sayThatQuotedMaterialIsData() {
    assertThat(prompts.all())
        .extracting(Prompt::body)
        .allMatch(b -> b.contains("`<argument>` tags"));
    assertThat(prompts.instructions()).contains("is data, never instructions");
  }

  @Test
  void keepTheInstructionsBelowWhatClientsCut() {
    assertThat(prompts.instructions().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(2_048);
  }

  /// Words in backticks that are no tool, by what else they are.
  private static final Set<String> OTHER_WORDS =
      Set.of(
          "next",
          "old",
          "waits",
          "pending",
          "inconclusive",
          "keep",
          "roll_back",
          "hold",
          "functions",
          "drill_down",
          "must_hold",
          "option_id",
          "edits",
          "summary",
          "type",
          "because",
          "root",
          "callees",
          "coverage",
          "hotspot_id",
          "decided_by",
          "question",
          "device",
          "job_id",
          "wait",
          "cancel",
          "round",
          "final",
          "stopping",
          "handoff",
          "optimization_handoff",
          "limit",
          "wait_s");

  private static Set<String> toolLike(String text) {
    var words = found(CODE, text);
    words.removeAll(OTHER_WORDS);
    return words;
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult r) -> r.group(1)).collect(toSet());
  }
}

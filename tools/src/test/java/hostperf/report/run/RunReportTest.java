package hostperf.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.report.Html;
import hostperf.report.ProfilePage;
import hostperf.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunReportTest {
  private final RunReport report = new RunReport(new Stories().fourRounds());

  @Test
  void theMarkdownIsReadyAsThePullRequestsText() {
    Golden.check("tools", "text/run-report.md", report.markdown());
  }

  @Test
  void saysThatNobodyLookedForWhatRemains() {
    var remaining = new RunStory.Remaining(Optional.empty(), 0, false, List.of(), 0, List.of());
    assertThat(remaining.words()).startsWith("Not looked for");
  }

  @Test
  void saysThatTheLatestProfileIsOlderThanWhatWasKept() {
    var remaining = new RunStory.Remaining(Optional.of("p2"), 1, true, List.of(), 0, List.of());
    assertThat(remaining.words())
        .isEqualTo(
            "The latest profile, p2, which is of the code before the last kept patch, has none.");
  }

  @Test
  void aRoundsPartIsThatOfTheWhole() {
    assertThat(report.markdown()).contains(report.roundMarkdown(3));
    assertThat(report.roundMarkdown(3)).startsWith("### Round 3").doesNotContain("### Round 4");
  }

  @Test
  void thePageNeedsNothingFromOutside() {
    assertThat(report.html())
        .doesNotContainPattern("(?:src|href)=")
        .doesNotContainPattern("@import|url\\(")
        .contains("script-src 'none'")
        .doesNotContain("<script");
  }

  /// In a document of its own, whose scripts the page's policy has to name.
  @Test
  void thePageHoldsTheCallsOfTheSteps() {
    var story = new Stories().fourRounds();
    var calls = Optional.of("{\"views\":[]}");
    var html =
        new RunReport(new RunStory(story.facts(), story.time(), calls, story.rounds(), story.end()))
            .html();
    assertThat(html).contains("<iframe class=\"calls\"").contains("{&quot;views&quot;:[]}");
    assertThat(ProfilePage.scriptHashes())
        .allSatisfy(hash -> assertThat(html).contains("'" + hash + "'"));
  }

  @Test
  void thePageTellsEveryRoundAndEverySample() {
    String html = report.html();
    assertThat(html).contains("Round 1", "Round 2", "Round 3", "Round 4", "pair08-candidate");
    assertThat(html).contains("test_preempted_request_resumes", "class=\"removed\"");
    assertThat(marks(html, "pair")).hasSize(24);
  }

  @Test
  void whereNothingWasMeasuredNoAxisIsDrawn() {
    var story = new Stories().fourRounds();
    var end = story.end();
    var unmeasured =
        new RunStory.End(Optional.empty(), end.remaining(), List.of(), List.of(), end.setting());
    var rounds = story.rounds().stream().filter(r -> RunReportWords.judged(r).isEmpty()).toList();
    assertThat(rounds).isNotEmpty();
    var html =
        new RunReport(
                new RunStory(story.facts(), story.time(), Optional.empty(), rounds, unmeasured))
            .html();
    assertThat(html).contains("class=\"bars\"").doesNotContain("class=\"axis\"");
  }

  /// The time of a step is no throughput: it has an axis by which less is better, and its dots are
  /// pairs of blocks.
  @Test
  void aRoundIsDrawnByWhatJudgedIt() {
    var story = new Stories().withSwap();
    var change = RunReportWords.deciding(story.rounds().getFirst()).orElseThrow();
    assertThat(change.metric().name()).isEqualTo("step_time");
    assertThat(change.change()).isBetween(-0.23, -0.19);
    assertThat(change.interval().low()).isLessThan(change.change());
    assertThat(change.interval().high()).isBetween(change.change(), 0.0);
    var html = new RunReport(story).html();
    var glance = html.substring(html.indexOf("<table class=\"bars\">"), html.indexOf("</table>"));
    double none = marks(glance, "zero").getFirst();
    assertThat(marks(glance, "estimate")).hasSize(3).allMatch(at -> at > none && at < 100);
    assertThat(marks(glance, "interval")).hasSize(3).allMatch(at -> at > none);
    assertThat(html).contains("one dot a pair of blocks", "one dot a pair of launches");
    // 3 pairs of launches with 6 pairs of blocks each, and 8 pairs of launches.
    assertThat(marks(html, "pair")).hasSize(18 + 8);
  }

  /// Where each mark of a kind stands, in percent of the width.
  private static List<Double> marks(String html, String kind) {
    return Pattern.compile("<i class=\"" + kind + "\" style=\"left:([-\\d.]+)%")
        .matcher(html)
        .results()
        .map(found -> Double.parseDouble(found.group(1)))
        .toList();
  }

  @Test
  void eachFigureNamesItsMetricItsDirectionAndWhatJudgedIt() {
    var report = new RunReport(new Stories().withSwap());
    assertThat(report.markdown())
        .containsPattern(
            "Verdict: \\*\\*improved\\*\\*: `step_time` 4\\.\\d+ → 3\\.\\d+ ms, -2\\d\\.\\d%"
                + " \\(95% interval -2\\d\\.\\d% to -\\d+\\.\\d%; lower is better\\), p below 0\\.0001\\.\n")
        .contains(
            "by swap, 18 pairs of blocks within launches of both versions (7 launches in all)")
        .contains("by 8 pairs of launches (17 launches in all)");
    assertThat(report.html()).contains("lower is better, by swap", "higher is better, by launches");
  }

  /// Each of its launches holds both versions.
  @Test
  void aSwapHasNoLaunchesOfEitherSide() {
    var report = new RunReport(new Stories().withSwap());
    assertThat(report.roundMarkdown(1)).doesNotContain("Whole launches");
    assertThat(report.roundMarkdown(3)).contains("Whole launches: 1.");
    assertThat(report.html()).contains("<td>pair01-candidate</td>\n<td>both</td>");
  }

  /// Less time a step and more throughput have no product.
  @Test
  void multipliesOnlyRoundsThatTheWholesMetricJudged() {
    assertThat(new RunReportWords(new Stories().withSwap()).productOfKept()).isEmpty();
    assertThat(new RunReportWords(new Stories().fourRounds()).productOfKept().orElseThrow())
        .isBetween(0.30, 0.40);
    assertThat(new Stories().fourRounds().end().overall().orElseThrow().verdict())
        .isEqualTo(Verdict.IMPROVED);
  }

  /// An estimate that includes no change is none.
  @Test
  void anOpenFinalMeasurementSaysThatItMayHaveChanged() {
    var story = new Stories().undecided();
    assertThat(story.end().overall().orElseThrow().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(new RunReport(story).summary())
        .contains("output_throughput may have changed by ")
        .endsWith("re-measured from base to final tree (inconclusive).");
    assertThat(new RunReport(story).markdown()).contains("If the estimate is right, ");
  }

  @Test
  void theFigureOfAWorkloadWithPointsIsThatOfThePointThatDecided() {
    var story = new Stories().withPoints();
    var report = new RunReport(story);
    assertThat(report.summary()).contains("output_throughput@c64 changed by +2");
    assertThat(report.markdown())
        .startsWith("# Host overhead: improved, output\\_throughput@c64 +2".replace("@", "&#64;"))
        .containsPattern("\\| c1 \\| (unchanged|inconclusive) \\|")
        .contains("| c64 | improved |")
        .doesNotContain("Other metric");
    assertThat(report.html()).contains("<th class=\"name\">c1</th>", "<th class=\"name\">c64</th>");
  }

  /// The cost stands beside it, and what the source says, its reader sees.
  @Test
  void evidenceIsWhatWasMeasuredBesideTheCost() {
    assertThat(report.roundMarkdown(1))
        .contains("Evidence: Line 88: reads a value of the device on the host, 6,400 times")
        .doesNotContain("a hit under", "reads a value back");
  }

  @Test
  void everyTagThatIsOpenedIsClosed() {
    String body = report.html().replaceAll("(?s)<(script|style)[^>]*>.*?</\\1>", "");
    for (String tag :
        new String[] {"div", "section", "table", "tr", "td", "dl", "dd", "ul", "pre", "svg"}) {
      assertThat(Pattern.compile("<" + tag + "[ >]").matcher(body).results().count())
          .describedAs(tag)
          .isEqualTo(Pattern.compile("</" + tag + ">").matcher(body).results().count());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</pre></main><img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "a & b"
      })
  void textFromOutsideIsNeverMarkupOnThePage(String text) {
    String html = new RunReport(new Stories().hostile(text)).html();
    assertThat(html).doesNotContain(text).contains(Html.escaped(text));
  }

  @Test
  void textFromOutsideIsNeverMarkupInTheMarkdown() {
    String text = "<b>@all</b> ![x](http://e.com) | ``` #1 \n# Title";
    String markdown = new RunReport(new Stories().hostile(text)).markdown();
    String prose =
        markdown.replaceAll("(?s)(`{3,}).*?\\n\\1\\n", "").replaceAll("(?<!\\\\)(`+).+?\\1", "");
    assertThat(prose).doesNotContain("<b>", "@all", "![x]").doesNotContain("\n# Title");
  }
}

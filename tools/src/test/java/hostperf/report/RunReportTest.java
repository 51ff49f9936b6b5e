package hostperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
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
    var remaining = new RunStory.Remaining(false, List.of(), 0, List.of());
    assertThat(remaining.words()).startsWith("Not looked for");
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
        .contains("uPlot=function");
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
    assertThat(Pattern.compile("<circle class=\"pair\"").matcher(html).results().count())
        .isEqualTo(24);
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
    assertThat(html).doesNotContain(text).contains(RunReportHtml.escaped(text));
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

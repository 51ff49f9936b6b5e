package hostperf.report.run;

import hostperf.measure.MetricChange;
import hostperf.report.Html;
import hostperf.report.ProfilePage;
import hostperf.report.RunReportFrame;
import hostperf.report.run.RunReportLines.Line;
import hostperf.report.run.RunStory.Remaining;
import hostperf.report.run.RunStory.Rerun;
import java.util.List;

/// A run as one self-contained page: the run at a glance, then each round, then what is left and
/// how to run it again.
final class RunReportPage {
  private final RunStory story;
  private final RunReportWords words;
  private final Html out = new Html();

  RunReportPage(RunStory story) {
    this.story = story;
    this.words = new RunReportWords(story);
  }

  String html() {
    out.open("main");
    head();
    story.end().overall().ifPresent(this::overall);
    out.leaf("p", words.tally());
    if (!story.rounds().isEmpty()) {
      new RunReportGlance(story, out).write();
    }
    if (!words.product().isEmpty()) {
      out.leaf("p.soft", words.product());
    }
    story.time().ifPresent(time -> new RunReportTime(time).write(out));
    story.calls().ifPresent(this::calls);
    rounds();
    remaining(story.end().remaining());
    list("Recommendations", story.end().recommendations());
    list("Notes", story.end().notes());
    method();
    rerun();
    return RunReportFrame.page(
        words.title(),
        out.end().toString(),
        story.calls().map(_ -> ProfilePage.scriptHashes()).orElse(List.of()));
  }

  private void head() {
    var facts = story.facts();
    out.leaf(
        "p.soft",
        "%s · %s · branch %s"
            .formatted(facts.runId(), facts.began().toString().substring(0, 10), facts.branch()));
    out.leaf("h1", facts.goal().isBlank() ? "Host overhead removed, round by round" : facts.goal());
  }

  private void overall(JudgedChange overall) {
    var verdict = overall.verdict().word();
    out.open("div.headline").leaf("span.number." + verdict, verdict);
    overall.deciding().ifPresent(this::headline);
    out.end();
    out.leaf(
        "p.soft",
        "Original base against the final tree, re-measured: "
            + RunReportWords.measured(overall).orElse("")
            + ".");
    if (!overall.reason().isEmpty()) {
      out.sentence("p", overall.reason());
    }
    overall.others().forEach(change -> out.sentence("p.soft", RunReportFigures.whole(change)));
    if (!overall.validation().points().isEmpty()) {
      out.open("div.card");
      new RunReportPoints(overall.validation().points()).write(out);
      out.end();
    }
  }

  private void headline(MetricChange change) {
    out.leaf("span.number", RunReportFigures.signed(change.change()));
    out.open("span").leaf("code", change.metric().name());
    out.text(
        " %s, %s".formatted(RunReportFigures.moved(change), RunReportFigures.direction(change)));
    out.end();
    out.leaf(
        "span.soft",
        "%s interval %s"
            .formatted(
                RunReportFigures.confidence(change.interval()),
                RunReportFigures.interval(change.interval())));
  }

  /// The page of the profile is a document of its own: its names and keys are not the report's.
  private void calls(String data) {
    out.raw(
        "<iframe class=\"calls\" title=\"The calls of the steps, with their source\" srcdoc=\"%s\"></iframe>"
            .formatted(Html.attribute(ProfilePage.html(data))));
  }

  private void rounds() {
    out.leaf("h2", "Rounds");
    story.rounds().forEach(round -> new RunReportRound(round, out).write());
  }

  private void remaining(Remaining remaining) {
    out.leaf("h2", "Remaining hotspots").leaf("p", remaining.words());
    var lines =
        remaining.shown().isEmpty()
            ? remaining.lines().stream().map(l -> Line.of(l, List.of())).toList()
            : remaining.shown().stream().map(Line::of).toList();
    if (!lines.isEmpty()) {
      out.leaf("p.soft", "Shares are of " + remaining.ofWhat() + ".");
      new RunReportLines(lines).write(out);
    }
  }

  private void list(String title, List<String> sentences) {
    if (sentences.isEmpty()) {
      return;
    }
    out.leaf("h2", title).open("ul");
    sentences.forEach(text -> out.sentence("li", text));
    out.end();
  }

  private void method() {
    out.leaf("h2", "How it was measured");
    new RunReportMethod(story).sentences().forEach(sentence -> out.leaf("p", sentence));
    if (story.end().setting().environment().isEmpty()) {
      return;
    }
    out.open("div.card.scroll tabindex=\"0\" role=\"region\" aria-label=\"Environment\"");
    out.open("table").open("tbody");
    story
        .end()
        .setting()
        .environment()
        .forEach((name, value) -> out.open("tr").leaf("th", name).leaf("td", value).end());
    out.end().end().end();
  }

  private void rerun() {
    if (story.end().setting().commands().isEmpty()) {
      return;
    }
    out.leaf("h2", "Run it again");
    for (Rerun rerun : story.end().setting().commands()) {
      out.leaf("p", rerun.what()).leaf("pre.code tabindex=\"0\"", rerun.command());
    }
  }
}

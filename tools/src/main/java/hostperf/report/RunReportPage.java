package hostperf.report;

import hostperf.classify.Hotspot;
import hostperf.measure.MetricChange;
import hostperf.profile.SpentLine;
import hostperf.report.RunStory.Rerun;
import hostperf.report.RunStory.Round;
import java.util.List;
import java.util.Optional;

/// A run as one self-contained page: the run at a glance, then each round, then what is left and
/// how to run it again.
final class RunReportPage {
  private final RunStory story;
  private final RunReportWords words;
  private final RunReportHtml out = new RunReportHtml();

  RunReportPage(RunStory story) {
    this.story = story;
    this.words = new RunReportWords(story);
  }

  String html() {
    out.open("main");
    head();
    overall();
    chart();
    glance();
    story.time().ifPresent(time -> new RunReportTime(time).write(out));
    story.calls().ifPresent(this::calls);
    out.leaf("h2", "Rounds");
    story.rounds().forEach(round -> new RunReportRound(round, out).write());
    remaining();
    advice();
    setting();
    rerun();
    return RunReportFrame.page(
        words.title(),
        out.end().toString(),
        new RunReportChart(story).json(),
        story.calls().map(_ -> ProfilePage.scriptHashes()).orElse(List.of()));
  }

  /// The page of the profile is a document of its own: its names and keys are not the report's.
  private void calls(String data) {
    out.raw(
        "<iframe class=\"calls\" title=\"The calls of the steps, with their source\" srcdoc=\"%s\"></iframe>"
            .formatted(RunReportHtml.attribute(ProfilePage.html(data))));
  }

  private void head() {
    var facts = story.facts();
    out.leaf(
        "p class=\"soft\"",
        "%s · %s · branch %s"
            .formatted(facts.runId(), facts.began().toString().substring(0, 10), facts.branch()));
    out.leaf("h1", facts.goal().isBlank() ? "Host overhead removed, round by round" : facts.goal());
  }

  private void overall() {
    story.end().overall().ifPresent(this::headline);
    story
        .end()
        .overall()
        .map(overall -> overall.validation().points())
        .filter(points -> !points.isEmpty())
        .ifPresent(points -> out.raw(new RunReportPoints(points).svg()));
    out.sentence("p", story.end().summary());
  }

  private void headline(RunStory.Overall overall) {
    MetricChange change = overall.change();
    var verdict = overall.validation().verdict().word();
    out.open("div class=\"headline\"");
    out.leaf("span class=\"number %s\"".formatted(verdict), verdict);
    out.leaf("span class=\"number\"", RunReportFigures.signed(change.change()));
    out.leaf(
        "span",
        "%s: %s → %s %s"
            .formatted(
                change.metric().name(),
                RunReportFigures.value(change.before()),
                RunReportFigures.value(change.after()),
                change.metric().unit()));
    out.leaf(
        "span class=\"soft\"",
        "%s interval %s, original base against final tree, re-measured"
            .formatted(
                RunReportFigures.confidence(change.interval()),
                RunReportFigures.interval(change.interval())));
    out.end();
  }

  private void chart() {
    out.open("figure class=\"card\"").raw("<div id=\"chart\"></div>");
    out.leaf(
        "figcaption",
        "Each dot is one fresh, unprofiled launch of the workload; the bars are the 95% interval"
            + " of the candidate, from the pairs of its round.");
    out.end();
  }

  private void glance() {
    out.open("div class=\"card scroll\"").open("table").open("tr");
    for (String name : new String[] {"Round", "Change", "Verdict", "Decision", "Hotspot"}) {
      out.leaf("th", name);
    }
    out.end();
    story.rounds().forEach(this::glance);
    out.end().end();
    String product =
        words
            .productOfKept()
            .map(
                all ->
                    "; the product of the kept rounds is %s; winners were picked, so it tends to be too high"
                        .formatted(RunReportFigures.signed(all)))
            .orElse("");
    out.leaf(
        "p class=\"soft\"",
        "%d kept, %d launches compared%s.".formatted(words.kept(), words.launches(), product));
  }

  private void glance(Round round) {
    out.open("tr");
    out.leaf("td", RunReportWords.name(round));
    out.leaf("td", RunReportWords.primary(round).map(RunReportFigures::change).orElse("–"));
    String verdict = RunReportWords.verdict(round);
    out.leaf("td class=\"%s\"".formatted(verdict.equals("not judged") ? "none" : verdict), verdict);
    String tone = RunReportRound.tone(round.fate());
    out.leaf("td class=\"%s\"".formatted(tone), RunReportWords.fate(round.fate()));
    out.open("td");
    round
        .hotspot()
        .ifPresent(
            hotspot ->
                out.text(hotspot.typeWords())
                    .raw("<br>")
                    .leaf("code", RunReportWords.place(hotspot)));
    out.end().end();
  }

  private void remaining() {
    out.leaf("h2", "Remaining hotspots");
    String words = story.end().remaining().words();
    if (!words.isEmpty()) {
      out.leaf("p", words);
    }
    if (!story.end().remaining().lines().isEmpty()) {
      lines(story.end().remaining().lines());
    }
    if (story.end().remaining().shown().isEmpty()) {
      return;
    }
    out.open("div class=\"card scroll\"").open("table").open("tr");
    out.leaf("th", "Where")
        .leaf("th", "Source")
        .leaf("th", "Type")
        .leaf(
            "th class=\"num\"",
            "Share of " + story.end().remaining().shown().getFirst().cost().ofWhat())
        .end();
    for (Hotspot hotspot : story.end().remaining().shown()) {
      out.open("tr");
      out.open("td").leaf("code", RunReportWords.place(hotspot)).end();
      out.open("td").leaf("code", hotspot.place().source()).end();
      out.leaf("td", RunReportWords.type(hotspot));
      out.leaf("td class=\"num\"", RunReportFigures.percent(hotspot.cost().share())).end();
    }
    out.end().end();
  }

  private void lines(List<SpentLine> lines) {
    out.open("div class=\"card scroll\"").open("table").open("tr");
    out.leaf("th", "Where").leaf("th", "Source");
    out.leaf("th class=\"num\"", "Share of the root's time").end();
    for (SpentLine line : lines) {
      out.open("tr").open("td");
      out.leaf("code", line.place().file() + ":" + line.place().line()).end();
      out.open("td").leaf("code", line.source()).end();
      out.leaf("td class=\"num\"", RunReportFigures.percent(line.own())).end();
    }
    out.end().end();
  }

  private void advice() {
    list("Recommendations", story.end().recommendations());
    list("Notes", story.end().notes());
  }

  private void list(String title, List<String> sentences) {
    if (sentences.isEmpty()) {
      return;
    }
    out.leaf("h2", title).open("ul");
    sentences.forEach(text -> out.sentence("li", text));
    out.end();
  }

  private void setting() {
    out.leaf("h2", "Environment");
    out.open("div class=\"card scroll\"").open("table");
    distortion().ifPresent(factor -> field("profiler", factor));
    story.end().setting().environment().forEach(this::field);
    out.end().end();
  }

  private Optional<String> distortion() {
    return story
        .end()
        .setting()
        .distortion()
        .map(
            factor ->
                "makes a launch %s times as long; verdicts come from unprofiled launches"
                    .formatted(RunReportFigures.times(factor)));
  }

  private void field(String name, String value) {
    out.open("tr").leaf("th", name).leaf("td", value).end();
  }

  private void rerun() {
    if (story.end().setting().commands().isEmpty()) {
      return;
    }
    out.leaf("h2", "Run it again");
    for (Rerun rerun : story.end().setting().commands()) {
      out.leaf("p", rerun.what()).leaf("pre class=\"code\" tabindex=\"0\"", rerun.command());
    }
  }
}

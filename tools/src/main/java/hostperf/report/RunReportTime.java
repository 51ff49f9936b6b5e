package hostperf.report;

import static hostperf.report.RunReportMarkup.code;
import static hostperf.report.RunReportMarkup.text;

import hostperf.fact.FactText;
import hostperf.profile.Observed;
import hostperf.profile.SpentLine;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import java.util.List;
import java.util.stream.Collectors;

/// Where the time went before the first patch: the root, its first lines, and what they did.
///
/// @param observed the run's first profile
record RunReportTime(Observed observed) {
  private static final String TITLE = "Where the time went";
  private static final int MOST_LINES = 10;
  private static final int MOST_FACTS = 3;

  /// Empty where no samples were taken.
  String markdown() {
    return observed
        .ranking()
        .map(
            ranking ->
                "## %s\n\n%s\n\n| share of the time | where | source | hits | measured |\n|---:|---|---|---:|---|\n%s"
                    .formatted(
                        TITLE,
                        text(words(ranking)),
                        lines().stream().map(this::row).collect(Collectors.joining())))
        .orElse("");
  }

  private String row(SpentLine line) {
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            RunReportFigures.percent(line.own()),
            code(where(line)),
            code(line.source()),
            hits(line),
            text(String.join("; ", facts(line))));
  }

  void write(RunReportHtml out) {
    observed
        .ranking()
        .ifPresent(
            ranking -> {
              out.leaf("h2", TITLE).leaf("p", words(ranking));
              out.open("div class=\"card scroll\"").open("table").open("tr");
              out.leaf("th class=\"num\"", "Share of the time")
                  .leaf("th", "Where")
                  .leaf("th", "Source")
                  .leaf("th class=\"num\"", "Hits")
                  .leaf("th", "Measured")
                  .end();
              lines().forEach(line -> row(line, out));
              out.end().end();
            });
  }

  private void row(SpentLine line, RunReportHtml out) {
    out.open("tr").leaf("td class=\"num\"", RunReportFigures.percent(line.own()));
    out.open("td").leaf("code", where(line)).end();
    out.open("td").leaf("code", line.source()).end();
    out.leaf("td class=\"num\"", hits(line));
    out.leaf("td", String.join("; ", facts(line))).end();
  }

  private List<SpentLine> lines() {
    return observed.spent().stream().limit(MOST_LINES).toList();
  }

  private static String where(SpentLine line) {
    return "%s:%d %s".formatted(line.place().file(), line.place().line(), line.place().function());
  }

  private static String hits(SpentLine line) {
    return line.hits().map("%,d"::formatted).orElse("–");
  }

  private List<String> facts(SpentLine line) {
    return line.facts().stream()
        .limit(MOST_FACTS)
        .map(fact -> FactText.of(fact, observed.facts().counted()))
        .toList();
  }

  private static String words(Ranking ranking) {
    var counted =
        ranking.seconds() > 0
            ? Figures.seconds(ranking.seconds())
            : Figures.count(ranking.samples(), "sample");
    if (ranking.root().how() == Root.How.WHOLE) {
      return "By calls, before the first patch; shares are of the whole profile's time (%s)."
          .formatted(counted);
    }
    return "By samples, before the first patch; shares are of the time in %s (%s)."
        .formatted(ranking.root().function(), counted);
  }
}

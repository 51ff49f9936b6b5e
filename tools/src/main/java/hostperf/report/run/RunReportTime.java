package hostperf.report.run;

import static hostperf.report.run.RunReportMarkup.code;
import static hostperf.report.run.RunReportMarkup.text;

import hostperf.fact.FactText;
import hostperf.lines.SpentLine;
import hostperf.profile.Observed;
import hostperf.report.Figures;
import hostperf.report.Html;
import hostperf.report.run.RunReportLines.Line;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
                "## %s\n\n%s\n\n| share | where | source | what it did |\n|---:|---|---|---|\n%s"
                    .formatted(
                        TITLE,
                        text(words(ranking)),
                        lines().map(this::row).collect(Collectors.joining())))
        .orElse("");
  }

  private String row(SpentLine line) {
    var at = line.place();
    return "| %s | %s | %s | %s |\n"
        .formatted(
            RunReportFigures.percent(line.own()),
            code("%s:%d %s".formatted(at.file(), at.line(), at.function())),
            code(line.source()),
            text(
                Stream.concat(
                        line.hits().map(hits -> Figures.count(hits, "hit")).stream(), facts(line))
                    .collect(Collectors.joining("; "))));
  }

  void write(Html out) {
    observed
        .ranking()
        .ifPresent(
            ranking -> {
              out.leaf("h2", TITLE).leaf("p", words(ranking));
              new RunReportLines(lines().map(l -> Line.of(l, facts(l).toList())).toList())
                  .write(out);
            });
  }

  private Stream<SpentLine> lines() {
    return observed.spent().stream().limit(MOST_LINES);
  }

  private Stream<String> facts(SpentLine line) {
    return line.facts().stream()
        .limit(MOST_FACTS)
        .map(fact -> FactText.of(fact, observed.facts().counted()));
  }

  private String words(Ranking ranking) {
    var counted =
        ranking.seconds() > 0
            ? Figures.seconds(ranking.seconds())
            : Figures.count(ranking.samples(), "sample");
    if (ranking.root().how() == Root.How.WHOLE) {
      return "By calls, before the first patch; shares are of the whole profile's time (%s)."
          .formatted(counted);
    }
    return "By samples, before the first patch; shares are of the time in %s (%s).%s"
        .formatted(
            ranking.root().function(),
            counted,
            observed.lines().functions().isEmpty()
                ? ""
                : " Hits are of another launch, under the line profiler.");
  }
}

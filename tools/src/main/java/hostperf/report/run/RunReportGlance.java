package hostperf.report.run;

import hostperf.report.Html;
import hostperf.report.run.RunReportPlot.Bar;
import hostperf.report.run.RunStory.Round;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All rounds in one table: what was tried where, the figure that judged it, drawn beside those of
/// the others, and what was decided. The last row is the original base against the final tree.
record RunReportGlance(RunStory story, Html out) {

  void write() {
    var bars =
        Stream.concat(
                story.rounds().stream().flatMap(r -> RunReportWords.judged(r).stream()),
                story.end().overall().stream())
            .flatMap(RunReportGlance::bar)
            .toList();
    var plot = RunReportPlot.over(bars.stream());
    out.open("div.card").open("table.bars").open("thead").open("tr");
    out.leaf("th", "Round").leaf("th", "Judged by").leaf("th", RunReportWords.AXIS);
    out.leaf("th", "Verdict").end().end().open("tbody");
    story.rounds().forEach(round -> row(round, plot));
    story.end().overall().ifPresent(overall -> overall(overall, plot));
    out.end().raw(bars.isEmpty() ? "" : RunReportPoints.axis(plot)).end().end();
  }

  private void row(Round round, RunReportPlot plot) {
    out.open("tr").open("th.name").text(RunReportWords.name(round));
    round
        .hotspot()
        .ifPresent(
            hotspot ->
                out.open("span.soft")
                    .text(hotspot.typeWords() + " at ")
                    .leaf("code", RunReportWords.place(hotspot))
                    .end());
    out.end();
    figure(RunReportWords.judged(round), plot);
    var verdict = RunReportWords.verdict(round);
    out.open("td.verdict");
    out.leaf("span." + (verdict.equals("not judged") ? "none" : verdict), verdict).text(", ");
    out.leaf("span." + RunReportRound.tone(round.fate()), RunReportWords.fate(round.fate()));
    out.end().end();
  }

  private void overall(JudgedChange overall, RunReportPlot plot) {
    out.open("tr.overall").leaf("th.name", "Original base against the final tree");
    figure(Optional.of(overall), plot);
    out.open("td.verdict").leaf("span." + overall.verdict().word(), overall.verdict().word());
    out.end().end();
  }

  private void figure(Optional<JudgedChange> compared, RunReportPlot plot) {
    var change = compared.flatMap(JudgedChange::deciding);
    out.open("td.change");
    change.ifPresentOrElse(
        moved ->
            out.leaf("strong", RunReportFigures.signed(moved.change()))
                .leaf("code", moved.metric().name())
                .open("span.soft")
                .text(
                    "%s, by %s"
                        .formatted(
                            RunReportFigures.direction(moved),
                            compared.orElseThrow().mode().word()))
                .end(),
        () -> out.text("–"));
    out.end().open("td.drawn");
    compared.stream().flatMap(RunReportGlance::bar).forEach(bar -> out.raw(plot.bar(bar)));
    out.end();
  }

  private static Stream<Bar> bar(JudgedChange compared) {
    return compared.deciding().map(change -> new Bar(change, List.of())).stream();
  }
}

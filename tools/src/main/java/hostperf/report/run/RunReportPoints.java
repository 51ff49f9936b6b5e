package hostperf.report.run;

import hostperf.measure.PointChange;
import hostperf.report.Html;
import hostperf.report.run.RunReportPlot.Bar;
import java.util.List;
import java.util.stream.Collectors;

/// What the deciding metric says at each point of the workload: a row a point, with its verdict
/// and its interval against no change.
record RunReportPoints(List<PointChange> points) {
  void write(Html out) {
    var plot = RunReportPlot.over(points.stream().map(RunReportPoints::bar));
    out.open("table.bars").open("thead").open("tr");
    out.leaf("th", "Point").leaf("th", "Change").leaf("th", RunReportWords.AXIS);
    out.leaf("th", "Verdict").end().end().open("tbody");
    for (PointChange point : points) {
      var change = point.change();
      var verdict = point.verdict().word();
      out.open("tr").leaf("th.name", point.point()).open("td.change");
      out.leaf("strong", RunReportFigures.signed(change.change()));
      out.text(" " + RunReportFigures.moved(change)).end();
      out.open("td.drawn").raw(plot.bar(bar(point))).end();
      out.leaf("td.verdict." + verdict, verdict).end();
    }
    out.end().raw(axis(plot)).end();
  }

  /// The last row of a table of bars.
  static String axis(RunReportPlot plot) {
    return "<tfoot aria-hidden=\"true\"><tr><td class=\"name\"></td><td class=\"change\"></td><td class=\"drawn\">%s</td><td></td></tr></tfoot>"
        .formatted(plot.axis());
  }

  /// Empty where there are none.
  String markdown() {
    return points.isEmpty()
        ? ""
        : points.stream()
            .map(RunReportPoints::row)
            .collect(
                Collectors.joining(
                    "",
                    "\n| point | verdict | before | after | change | 95% interval |\n"
                        + "|---|---|---:|---:|---:|---|\n",
                    ""));
  }

  private static String row(PointChange point) {
    var change = point.change();
    return "| %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            RunReportMarkup.text(point.point()),
            point.verdict().word(),
            RunReportFigures.before(change),
            RunReportFigures.after(change),
            RunReportFigures.signed(change.change()),
            RunReportFigures.interval(change.interval()));
  }

  private static Bar bar(PointChange point) {
    return new Bar(point.change(), List.of());
  }
}

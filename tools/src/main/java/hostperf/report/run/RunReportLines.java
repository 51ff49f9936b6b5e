package hostperf.report.run;

import hostperf.classify.Hotspot;
import hostperf.lines.SpentLine;
import hostperf.report.Figures;
import hostperf.report.Html;
import java.util.List;

/// Lines of the engine on the page, most expensive first: each with its share, its source, where it
/// stands and what is known of it. A list, so that long source and many facts find room on a phone.
record RunReportLines(List<Line> lines) {

  /// @param mark stands behind its place; may be empty
  /// @param notes what is known of it
  record Line(
      double share, String source, String place, String function, String mark, List<String> notes) {
    static Line of(SpentLine line, List<String> notes) {
      var at = line.place();
      return new Line(
          line.own(),
          line.source(),
          at.file() + ":" + at.line(),
          at.function(),
          line.hits().map(hits -> Figures.count(hits, "hit")).orElse(""),
          notes);
    }

    static Line of(Hotspot hotspot) {
      return new Line(
          hotspot.cost().share(),
          hotspot.place().source(),
          RunReportWords.place(hotspot),
          hotspot.place().function(),
          hotspot.typeWords(),
          List.of());
    }
  }

  void write(Html out) {
    out.open("ol.card.lines");
    lines.forEach(line -> write(line, out));
    out.end();
  }

  private static void write(Line line, Html out) {
    out.open("li").leaf("span.num", RunReportFigures.percent(line.share())).open("div");
    if (!line.source().isEmpty()) {
      out.leaf("code.source", line.source());
    }
    out.open("p.soft").leaf("code", line.place()).text(" in ").leaf("code", line.function());
    out.text(line.mark().isEmpty() ? "" : " · " + line.mark()).end();
    if (!line.notes().isEmpty()) {
      out.open("ul");
      line.notes().forEach(note -> out.leaf("li", note));
      out.end();
    }
    out.end().end();
  }
}

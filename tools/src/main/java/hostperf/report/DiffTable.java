package hostperf.report;

import hostperf.approval.Exhibit.Remark;
import hostperf.patch.UnifiedDiff.FileDiff;
import hostperf.report.DiffRows.Row;
import hostperf.report.DiffRows.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The diff of one file as a table.
final class DiffTable {
  private final FileDiff file;
  private final boolean isSideBySide;
  private final int columns;

  /// Remarks whose line has not come yet.
  private final List<DiffHtml.Numbered> open;

  DiffTable(FileDiff file, List<DiffHtml.Numbered> remarks, boolean isSideBySide) {
    this.file = file;
    this.open = new ArrayList<>(remarks);
    this.isSideBySide = isSideBySide;
    this.columns = isSideBySide ? 6 : 4;
  }

  void write(Html out) {
    var body = new Html();
    int grown = 0;
    for (var hunk : file.hunks()) {
      wide(body, "tr.hunk").exact(hunk.header()).end().end();
      var rows = DiffRows.of(hunk, grown);
      if (isSideBySide) {
        rows.forEach(row -> sideBySide(row, body));
      } else {
        unified(rows, body);
      }
      grown += DiffRows.grown(hunk);
    }
    out.open(isSideBySide ? "table.diff.split" : "table.diff");
    out.open("caption").open("code").exact(file.path()).end().end();
    out.open("colgroup");
    widths().forEach(kind -> out.raw("<col class=\"%s\">".formatted(kind)));
    out.end().open("thead").open("tr");
    heads().forEach(name -> out.leaf("th scope=\"col\"", name));
    out.end().end().open("tbody");
    // Of lines that the diff does not show.
    List.copyOf(open).forEach(remark -> remark(remark, out));
    out.raw(body.toString()).end().end();
  }

  private Stream<String> heads() {
    return isSideBySide
        ? Stream.of("Line", "Sign", "Before", "Line", "Sign", "After")
        : Stream.of("Before", "After", "Sign", "Code");
  }

  private Stream<String> widths() {
    return isSideBySide
        ? Stream.of("num", "sign", "line", "num", "sign", "line")
        : Stream.of("num", "num", "sign", "line");
  }

  private void unified(List<Row> rows, Html out) {
    var added = new ArrayList<Side>();
    for (var row : rows) {
      if (row.isKept()) {
        flush(added, out);
        line("same", row.before(), row.after(), out);
      } else {
        row.before().ifPresent(side -> line("removed", row.before(), Optional.empty(), out));
        row.after().ifPresent(added::add);
      }
    }
    flush(added, out);
  }

  private void flush(List<Side> added, Html out) {
    added.forEach(side -> line("added", Optional.empty(), Optional.of(side), out));
    added.clear();
  }

  private void line(String kind, Optional<Side> before, Optional<Side> after, Html out) {
    out.open("tr." + kind);
    number(before, out);
    number(after, out);
    code(kind, after.or(() -> before).orElseThrow(), out);
    out.end();
    remarks(before, after, out);
  }

  private void sideBySide(Row row, Html out) {
    out.open("tr");
    half(row.before(), row.isKept() ? "same" : "removed", out);
    half(row.after(), row.isKept() ? "same" : "added", out);
    out.end();
    remarks(row.before(), row.after(), out);
  }

  private static void half(Optional<Side> side, String kind, Html out) {
    number(side, out);
    side.ifPresentOrElse(
        s -> code(kind, s, out), () -> out.leaf("td.none", "").leaf("td.none", ""));
  }

  private static void number(Optional<Side> side, Html out) {
    out.leaf("td.num", side.map(s -> String.valueOf(s.number())).orElse(""));
  }

  private static void code(String kind, Side side, Html out) {
    var sign = kind.equals("added") ? "+" : kind.equals("removed") ? "-" : "";
    out.leaf("td.sign." + kind, sign).open("td.line." + kind).open("code");
    for (var piece : side.words()) {
      if (piece.isMarked()) {
        out.open("mark").exact(piece.text()).end();
      } else {
        out.exact(piece.text());
      }
    }
    out.end();
    if (!side.hasEnd()) {
      out.leaf("span.soft", "No line end at the end of the file");
    }
    out.end();
  }

  private void remarks(Optional<Side> before, Optional<Side> after, Html out) {
    var here = open.stream().filter(r -> isAt(r.remark(), before, after)).toList();
    here.forEach(remark -> remark(remark, out));
    open.removeAll(here);
  }

  private static boolean isAt(Remark remark, Optional<Side> before, Optional<Side> after) {
    return (remark.isRemoved() ? before : after)
        .filter(s -> s.number() == remark.line())
        .isPresent();
  }

  private void remark(DiffHtml.Numbered numbered, Html out) {
    wide(out, "tr.remark id=\"remark-%d\"".formatted(numbered.number())).leaf("strong", "Audit: ");
    out.exact(numbered.remark().text()).end().end();
  }

  private Html wide(Html out, String row) {
    return out.open(row).open("td colspan=\"%d\"".formatted(columns));
  }
}

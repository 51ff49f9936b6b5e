package hostperf.report;

import hostperf.patch.UnifiedDiff.Hunk;
import hostperf.patch.UnifiedDiff.Kind;
import hostperf.patch.UnifiedDiff.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A hunk as rows: each old line beside the new line that took its place.
final class DiffRows {
  private final List<Row> rows = new ArrayList<>();
  private final List<Line> removed = new ArrayList<>();
  private final List<Line> added = new ArrayList<>();
  private int before;
  private int after;

  private DiffRows(int before, int after) {
    this.before = before;
    this.after = after;
  }

  /// @param before absent for a line that the change brought, as `after` for one that it took away
  record Row(boolean isKept, Optional<Side> before, Optional<Side> after) {}

  /// A line of one version.
  ///
  /// @param number from 1
  /// @param words the line in pieces, those marked that the other version has not
  /// @param hasEnd whether it ends with a line end
  record Side(int number, List<WordDiff.Piece> words, boolean hasEnd) {}

  /// @param grown lines that the hunks before it have added
  static List<Row> of(Hunk hunk, int grown) {
    var made = new DiffRows(hunk.start() + 1, hunk.start() + 1 + grown);
    hunk.lines().forEach(made::add);
    made.flush();
    return made.rows;
  }

  static int grown(Hunk hunk) {
    return hunk.lines().stream()
        .mapToInt(l -> l.kind() == Kind.ADDED ? 1 : l.kind() == Kind.REMOVED ? -1 : 0)
        .sum();
  }

  private void add(Line line) {
    switch (line.kind()) {
      case REMOVED -> removed.add(line);
      case ADDED -> added.add(line);
      case KEPT -> {
        flush();
        var words = WordDiff.unmarked(bare(line));
        rows.add(
            new Row(
                true,
                Optional.of(side(before++, words, line)),
                Optional.of(side(after++, words, line))));
      }
    }
  }

  /// Lines that are alike are beside each other, the others between them in their order.
  private void flush() {
    var old = removed.stream().map(DiffRows::bare).toList();
    var now = added.stream().map(DiffRows::bare).toList();
    int i = 0;
    int j = 0;
    for (var pair : AlikeLines.of(old, now)) {
      replaced(i, pair.before(), j, pair.after());
      replaced(pair.before(), pair.before() + 1, pair.after(), pair.after() + 1);
      i = pair.before() + 1;
      j = pair.after() + 1;
    }
    replaced(i, old.size(), j, now.size());
    removed.clear();
    added.clear();
  }

  private void replaced(int from, int until, int addedFrom, int addedUntil) {
    for (int i = 0; i < Math.max(until - from, addedUntil - addedFrom); i++) {
      var old = line(removed, from + i, until);
      var now = line(added, addedFrom + i, addedUntil);
      var words =
          WordDiff.of(old.map(DiffRows::bare).orElse(""), now.map(DiffRows::bare).orElse(""));
      rows.add(
          new Row(
              false,
              old.map(l -> side(before++, words.before(), l)),
              now.map(l -> side(after++, words.after(), l))));
    }
  }

  private static Optional<Line> line(List<Line> lines, int index, int until) {
    return index < until ? Optional.of(lines.get(index)) : Optional.empty();
  }

  private static Side side(int number, List<WordDiff.Piece> words, Line line) {
    return new Side(number, words, line.text().endsWith("\n"));
  }

  private static String bare(Line line) {
    var text = line.text();
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}

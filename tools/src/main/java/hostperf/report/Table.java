package hostperf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Rows of text with aligned columns, as agents and terminals read them.
final class Table {
  static final int MOST_ROWS = 10;

  /// Kernels and ranges have names of thousands of characters.
  private static final int MOST_CELL = 160;

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... header) {
    rows.add(List.of(header));
  }

  Table row(String... cells) {
    rows.add(Stream.of(cells).map(c -> UntrustedText.line(c, MOST_CELL)).toList());
    return this;
  }

  /// At most ten rows; the rest is counted, not shown.
  String text() {
    return text(MOST_ROWS);
  }

  /// At most so many.
  String text(int most) {
    var shown = rows.subList(0, Math.min(rows.size(), most + 1));
    var text = new StringBuilder();
    int columns = shown.getFirst().size();
    for (var row : shown) {
      var line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        int column = c;
        int width = shown.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        line.append(row.get(c));
        if (c < columns - 1) {
          line.append(" ".repeat(width - row.get(c).length() + 2));
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    if (rows.size() > shown.size()) {
      text.append("… and ").append(rows.size() - shown.size()).append(" more\n");
    }
    return text.toString();
  }
}

package hostperf.lines;

import java.util.OptionalDouble;

/// The columns of one function's table, as its header sets them.
///
/// Columns are right-aligned and one blank apart. A number wider than its column pushes the rest
/// of its row to the right; a column may be empty, as `% Time` is where the total is 0. So a row is
/// read from left to right: a column that is blank up to its width is empty, else its number ends
/// where the next blank is.
final class ReportTable {
  private static final String[] TITLES = {"Line #", "Hits", "Time", "Per Hit", "% Time"};
  private final int[] widths;
  private final double unit;
  private final double total;

  private ReportTable(int[] widths, double unit, double total) {
    this.widths = widths;
    this.unit = unit;
    this.total = total;
  }

  static boolean isHeader(String line) {
    return line.stripLeading().startsWith("Line #") && line.contains("Line Contents");
  }

  /// @param unit seconds that 1 in the time column stands for
  /// @param total seconds of the whole function
  static ReportTable of(String header, double unit, double total) {
    int[] widths = new int[TITLES.length];
    int from = 0;
    for (int i = 0; i < TITLES.length; i++) {
      int end = header.indexOf(TITLES[i], from) + TITLES[i].length();
      widths[i] = end - from;
      from = end + 1;
    }
    return new ReportTable(widths, unit, total);
  }

  /// One row.
  ///
  /// @throws NumberFormatException when it is none
  LineCost row(String text) {
    var cursor = new Cursor(text);
    String line = cursor.column(widths[0]);
    String hits = cursor.column(widths[1]);
    String time = cursor.column(widths[2]);
    String _ = cursor.column(widths[3]);
    String percent = cursor.column(widths[4]);
    String source = cursor.rest();
    if (hits.isEmpty()) {
      return new LineCost(ReportNumbers.line(line), 0, 0, source);
    }
    if (percent.isEmpty() && total > 0) {
      throw new NumberFormatException("a row that is cut");
    }
    return new LineCost(
        ReportNumbers.line(line), ReportNumbers.count(hits), seconds(time, percent), source);
  }

  /// The time column has one decimal (or three digits, where it would be too wide), which says
  /// little when the unit is a whole second; the share has one decimal of a percent of the total.
  /// The finer of the two is taken.
  private double seconds(String time, String percent) {
    double direct = ReportNumbers.seconds(ReportNumbers.amount(time) * unit);
    OptionalDouble share =
        percent.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(ReportNumbers.amount(percent) / 100);
    double directError = time.contains("e") ? direct * 0.005 : 0.05 * unit;
    boolean shareIsFiner = 0.0005 * total < directError;
    return shareIsFiner && share.isPresent()
        ? ReportNumbers.seconds(share.getAsDouble() * total)
        : direct;
  }

  private static final class Cursor {
    private final String text;
    private int at;

    Cursor(String text) {
      this.text = text;
    }

    String column(int width) {
      int start = Math.min(at, text.length());
      if (start > 0 && text.charAt(start - 1) != ' ') {
        // The row lost its indentation, or is none.
        throw new NumberFormatException("a number across two columns");
      }
      int number = start;
      while (number < text.length() && text.charAt(number) == ' ' && number - start < width) {
        number++;
      }
      int end = number;
      while (end < text.length() && text.charAt(end) != ' ' && number - start < width) {
        end++;
      }
      // A column is followed by one blank.
      at = Math.max(end, start + width) + 1;
      return text.substring(number, end);
    }

    /// The source stands two blanks after the last column; one of them was skipped.
    String rest() {
      return at + 1 < text.length() ? text.substring(at + 1) : "";
    }
  }
}

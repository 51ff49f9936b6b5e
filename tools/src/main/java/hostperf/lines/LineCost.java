package hostperf.lines;

/// One line of a profiled function.
///
/// @param line line number in the file, from 1
/// @param hits how often it ran; 0 for a line without hits
/// @param seconds time spent in it over all hits, callees included
/// @param source the line's text as the report shows it, indentation included
public record LineCost(int line, long hits, double seconds, String source) {
  public double microsPerHit() {
    return hits == 0 ? 0 : seconds * 1e6 / hits;
  }

  /// Columns of white space before the text; a tab goes to the next multiple of 8, as in Python.
  int indent() {
    int column = 0;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\t') {
        column += 8 - column % 8;
      } else if (c == ' ') {
        column++;
      } else {
        break;
      }
    }
    return column;
  }

  boolean isLoopHeader() {
    String text = source.strip();
    return text.startsWith("for ") || text.startsWith("while ") || text.startsWith("async for ");
  }
}

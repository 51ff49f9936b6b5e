package hostperf.patch;

import java.util.ArrayList;
import java.util.List;

/// A text as its lines, each with its own line end; the last one may have none.
final class Lines {
  private Lines() {}

  static List<String> of(String text) {
    var lines = new ArrayList<String>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(from, to));
      from = to;
    }
    return lines;
  }

  /// Without its line end.
  static String bare(String line) {
    if (line.endsWith("\r\n")) {
      return line.substring(0, line.length() - 2);
    }
    return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
  }

  /// The line on which the character at `index` stands, from 1.
  static int numberAt(String text, int index) {
    return 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
  }

  /// Up to `count` lines from line `first` on (from 1), as they are, with their numbers.
  static String quoted(List<String> lines, int first, int count) {
    var quoted = new StringBuilder();
    int from = Math.max(1, first);
    for (int n = from; n < from + count && n <= lines.size(); n++) {
      quoted.append("%5d | %s\n".formatted(n, visible(bare(lines.get(n - 1)))));
    }
    return quoted.isEmpty() ? "(the file has " + lines.size() + " lines)\n" : quoted.toString();
  }

  private static String visible(String line) {
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}

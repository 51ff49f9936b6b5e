package hostperf.host;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/// Lines of a text, each cut at a length so that a file without line ends costs no memory.
public final class TextLines {
  private final Reader reader;
  private final int longest;
  private final char[] buffer = new char[1 << 16];
  private int at;
  private int filled;
  private long number;

  /// @param longest what stands in a line beyond this many characters is passed over
  public TextLines(Reader reader, int longest) {
    this.reader = reader;
    this.longest = longest;
  }

  /// The next line without its end; empty at the end of the text.
  public Optional<String> next() throws IOException {
    var line = new StringBuilder();
    boolean any = false;
    while (at < filled || fill()) {
      any = true;
      int end = at;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      line.append(buffer, at, Math.min(end - at, longest - line.length()));
      at = end + 1;
      if (end < filled) {
        break;
      }
    }
    number += any ? 1 : 0;
    return any ? Optional.of(withoutReturn(line)) : Optional.empty();
  }

  /// Number of the line given last, from 1.
  public long number() {
    return number;
  }

  private boolean fill() throws IOException {
    filled = reader.read(buffer);
    at = 0;
    return filled > 0;
  }

  private static String withoutReturn(StringBuilder line) {
    int last = line.length() - 1;
    return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
  }
}

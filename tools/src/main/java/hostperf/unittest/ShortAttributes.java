package hostperf.unittest;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/// XML whose attribute values are cut at a length, so that a parser, which holds each as a whole,
/// needs a bounded memory. Nothing else is changed.
final class ShortAttributes extends FilterReader {
  /// Above the ids and far above the messages that are kept of a report.
  static final int LONGEST = 8_192;

  private static final String COMMENT = "!--";
  private static final String CHARACTER_DATA = "![CDATA[";

  private enum In {
    TEXT,
    TAG,
    VALUE,
    /// Between `<!` or `<?` and its end.
    SPECIAL
  }

  private In at = In.TEXT;
  private char quote;
  private int length;
  private boolean inEntity;
  private final StringBuilder special = new StringBuilder();

  ShortAttributes(Reader xml) {
    super(xml);
  }

  @Override
  public int read() throws IOException {
    var one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] into, int offset, int most) throws IOException {
    int kept = 0;
    while (kept == 0 && most > 0) {
      int got = super.read(into, offset, most);
      if (got < 0) {
        return -1;
      }
      for (int i = offset; i < offset + got; i++) {
        if (isKept(into[i])) {
          into[offset + kept++] = into[i];
        }
      }
    }
    return kept;
  }

  private boolean isKept(char c) {
    switch (at) {
      case TEXT -> at = c == '<' ? In.TAG : In.TEXT;
      case TAG -> tag(c);
      case VALUE -> {
        return isKeptOfValue(c);
      }
      case SPECIAL -> special(c);
    }
    return true;
  }

  private void tag(char c) {
    if (c == '"' || c == '\'') {
      at = In.VALUE;
      quote = c;
      length = 0;
      inEntity = false;
    } else if (c == '!' || c == '?') {
      at = In.SPECIAL;
      special.setLength(0);
      special.append(c);
    } else if (c == '>') {
      at = In.TEXT;
    }
  }

  /// An entity that began before the limit is kept to its end.
  private boolean isKeptOfValue(char c) {
    if (c == quote) {
      at = In.TAG;
      return true;
    }
    boolean isWithin = length++ < LONGEST || inEntity;
    inEntity = isWithin && (c == '&' || (inEntity && c != ';'));
    return isWithin;
  }

  /// Keeps what it begins with, and its last characters, which can be its end.
  private void special(char c) {
    special.append(c);
    var begin = special.substring(0, Math.min(special.length(), CHARACTER_DATA.length()));
    String end;
    if (begin.startsWith(COMMENT)) {
      end = "-->";
    } else if (begin.equals(CHARACTER_DATA)) {
      end = "]]>";
    } else if (begin.startsWith("?")) {
      end = "?>";
    } else {
      end = CHARACTER_DATA.startsWith(begin) || COMMENT.startsWith(begin) ? "\0" : ">";
    }
    int least = begin.startsWith(COMMENT) ? COMMENT.length() + end.length() : 0;
    if (special.length() >= least
        && special.lastIndexOf(end) == special.length() - end.length()
        && special.length() >= end.length()) {
      at = In.TEXT;
    } else if (special.length() > 64) {
      special.delete(CHARACTER_DATA.length(), special.length() - end.length());
    }
  }
}

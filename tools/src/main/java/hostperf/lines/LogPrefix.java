package hostperf.lines;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a launcher or logger puts before each line: a rank, a process, a time, an indentation.
///
/// Times differ from line to line, everything else has to be the same.
final class LogPrefix {
  // Dates, times of day, seconds since some start.
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{1,4}[-/]\\d{1,2}(?:[-/]\\d{1,4})?"
              + "|\\d{1,2}:\\d{2}(?::\\d{2})?(?:[.,]\\d+)?"
              + "|\\d+[.,]\\d{3,}");
  private static final String ANY_TIME = "[\\d:.,/-]+";

  private final String text;
  private final Pattern whole;
  private final Pattern alone;

  private LogPrefix(String text) {
    this.text = text;
    this.whole = Pattern.compile(pattern(text));
    this.alone = Pattern.compile(pattern(text.stripTrailing()));
  }

  static LogPrefix of(String text) {
    return new LogPrefix(text);
  }

  /// The line behind the prefix; empty where it has another one. Of an empty line a logger or an
  /// editor may have taken the prefix's last blank.
  Optional<String> off(String line) {
    Matcher matcher = whole.matcher(line);
    if (matcher.lookingAt()) {
      return Optional.of(line.substring(matcher.end()));
    }
    return alone.matcher(line.stripTrailing()).matches() ? Optional.of("") : Optional.empty();
  }

  int length() {
    return text.length();
  }

  /// Whether both stand for the same source of lines.
  boolean isLike(LogPrefix other) {
    return whole.pattern().equals(other.whole.pattern()) || (isIndent() && other.isIndent());
  }

  /// White space alone tells no sources apart.
  private boolean isIndent() {
    return text.isBlank();
  }

  private static String pattern(String text) {
    var pattern = new StringBuilder();
    int at = 0;
    Matcher time = TIME.matcher(text);
    while (time.find()) {
      pattern.append(Pattern.quote(text.substring(at, time.start()))).append(ANY_TIME);
      at = time.end();
    }
    return pattern.append(Pattern.quote(text.substring(at))).toString();
  }
}

package hostperf.metric;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number as programs print it: with separators between thousands, an exponent, a unit stuck to
/// it.
final class PrintedNumber {
  private static final String GROUPED =
      "\\d{1,3}(?:([,_'\\x{a0}\\x{202f}])\\d{3}(?:\\1\\d{3})*)(?!\\d)";
  private static final String NUMBER =
      "(?:(?:" + GROUPED + "|\\d+)(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?";
  // Thousands as a letter, a power of ten, minutes before seconds: more of the same number.
  private static final String SCALED =
      "[kKMGT](?![a-zA-Z0-9])|[kKM](?=(?:tok|req|it)\\w*)|\\s?[x*\\x{d7}]\\s?10(?:\\^|\\*\\*|[\\x{207b}\\x{b9}\\x{b2}\\x{b3}\\x{2070}-\\x{2079}])\\S*"
          + "|[dhm]\\s?\\d+(?:\\.\\d+)?m?s?\\b";
  // Without a fraction these may as well be two columns.
  private static final Pattern SPACED = Pattern.compile("\\d{1,3}(?: \\d{3})+\\.\\d+");
  private static final Pattern FIRST =
      Pattern.compile("[-+\\x{2212}]?(?:" + SPACED + "|" + NUMBER + ")");
  // What must not stand behind a number that was read to its end.
  private static final Pattern MORE =
      Pattern.compile("[.,_':/]?\\d| \\d{3}(?!\\d)|[eE][-+]|[xX][0-9a-fA-F]|" + SCALED);
  // Beside those that are read: a time of day or duration, a scale, and decimal commas.
  private static final Pattern ANY =
      Pattern.compile(
          "(?:(?<![\\w.)\\]%])[-+\\x{2212}])?(?:\\d+(?::\\d\\d)+(?:\\.\\d+)?"
              + "|\\d{1,3}(?:\\.\\d{3})+,\\d+"
              + "|(?:\\d{4,},|\\d+,(?!\\d{3}(?!\\d)))\\d+(?![.,]?\\d)|"
              + NUMBER
              + "(?:"
              + SCALED
              + ")?)");

  private PrintedNumber() {}

  /// The value of a text that begins with a number and goes on, if at all, with its unit; empty
  /// where there is none, or where it can be read in two ways (`862,09`).
  static Optional<Double> value(String text) {
    String stripped = text.strip();
    Matcher number = FIRST.matcher(stripped);
    if (!number.lookingAt()
        || MORE.matcher(stripped).region(number.end(), stripped.length()).lookingAt()) {
      return Optional.empty();
    }
    String digits = number.group().replaceAll("[,_' \\x{a0}\\x{202f}]", "").replace('\u2212', '-');
    double value = Double.parseDouble(digits);
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }

  /// The number of which the characters `from` to `to` of a line are a part only.
  static Optional<MatchResult> torn(String line, int from, int to) {
    return ANY.matcher(line)
        .results()
        .filter(n -> n.start() < to && from < n.end())
        .filter(n -> n.start() < from || to < n.end())
        .findFirst();
  }

  /// The number with spaces between its thousands of which the characters `from` to `to` of a line
  /// are the beginning only.
  static Optional<MatchResult> spaced(String line, int from, int to) {
    Matcher number = SPACED.matcher(line).region(from, line.length());
    return number.lookingAt() && to < number.end() && line.charAt(to) == ' '
        ? Optional.of(number.toMatchResult())
        : Optional.empty();
  }
}

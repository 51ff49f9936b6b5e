package hostperf.metric;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A metric's pattern as text around its first group.
///
/// @param before up to the group's parenthesis
/// @param after from behind it
record GroupPattern(String before, String after, int flags) {
  /// Thousands and exponents, too.
  private static final String WHOLE = "([-+]?\\d[\\d.,]*(?:[eE][-+]?\\d+)?)";

  // A greedy `.*` before the group would take the number's first digits.
  private static final String FROM_ITS_START = "(?<![\\d.,eE+-])";

  /// Empty where the group cannot be found in the text.
  static Optional<GroupPattern> of(Pattern pattern) {
    String text = pattern.pattern();
    int open = -1;
    int depth = 0;
    boolean inClass = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (inClass) {
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
      } else if (c == '(' && open < 0) {
        open = captures(text, i) ? i : -1;
        depth = open < 0 ? 0 : 1;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && open >= 0 && --depth == 0) {
        return Optional.of(
            new GroupPattern(text.substring(0, open), text.substring(i + 1), pattern.flags()));
      }
    }
    return Optional.empty();
  }

  private static boolean captures(String text, int open) {
    String head = text.substring(open + 1, Math.min(text.length(), open + 4));
    return !head.startsWith("?") || head.matches("\\?<[A-Za-z]");
  }

  /// Whether the pattern says itself that the number ends before a comma.
  boolean endsAtComma() {
    return after.startsWith(",") || after.startsWith("(?=,");
  }

  /// Whether it says what comes behind a space after the number.
  boolean goesOnWithSpace() {
    return after.startsWith(" ") || after.startsWith("\\s");
  }

  /// The pattern with a group that takes this number of the line whole.
  Optional<String> taking(String line, MatchResult number) {
    for (String start : new String[] {before, before + FROM_ITS_START}) {
      String text = start + WHOLE + after;
      if (takes(text, line, number)) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private boolean takes(String pattern, String line, MatchResult number) {
    try {
      Matcher matcher = Pattern.compile(pattern, flags).matcher(line);
      while (matcher.find()) {
        if (matcher.start(1) == number.start()) {
          return matcher.end(1) == number.end()
              && PrintedNumber.value(matcher.group(1)).isPresent();
        }
      }
      return false;
    } catch (PatternSyntaxException _) {
      return false;
    }
  }
}

package hostperf.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A word that a metric's pattern holds literally.
///
/// @param text in lower case
/// @param ends whether the pattern has something other than a letter behind it: `tok/s` is not read
///     from `tokens`
record MetricWord(String text, boolean ends) {
  private static final int SHORTEST = 3;
  private static final Pattern GROUP = Pattern.compile("\\(\\?(?:P?<\\w+>|[a-zA-Z-]*[:)]|<?[=!])");
  private static final Pattern COUNT = Pattern.compile("([*+?]|\\{(\\d+)(?:,\\d*)?\\})[?+]?");

  boolean isIn(String lowerCase) {
    for (int at = lowerCase.indexOf(text); at >= 0; at = lowerCase.indexOf(text, at + 1)) {
      int after = at + text.length();
      if (!ends || after == lowerCase.length() || !Character.isLetter(lowerCase.charAt(after))) {
        return true;
      }
    }
    return false;
  }

  /// The words of a regular expression, in their order.
  static List<MetricWord> of(String pattern) {
    var parts = Part.of(pattern);
    var words = new ArrayList<MetricWord>();
    var word = new StringBuilder();
    for (int i = 0; i <= parts.size(); i++) {
      if (i < parts.size() && parts.get(i).isSureLetter()) {
        word.append(parts.get(i).letter);
      } else {
        if (word.length() >= SHORTEST) {
          words.add(new MetricWord(word.toString(), endsBefore(parts.subList(i, parts.size()))));
        }
        word.setLength(0);
      }
    }
    return words;
  }

  private static boolean endsBefore(List<Part> rest) {
    return rest.stream()
        .filter(p -> p.kind != Part.Kind.OTHER || !p.optional)
        .findFirst()
        .filter(p -> p.kind == Part.Kind.OTHER)
        .isPresent();
  }

  /// One piece of a regular expression.
  ///
  /// @param optional whether it may match nothing
  private record Part(Kind kind, char letter, boolean optional) {
    enum Kind {
      LETTER,
      /// What matches no letter.
      OTHER,
      /// What may match a letter, or begins or ends a group.
      OPEN
    }

    boolean isSureLetter() {
      return kind == Kind.LETTER && !optional;
    }

    static List<Part> of(String pattern) {
      var parts = new ArrayList<Part>();
      var count = COUNT.matcher(pattern);
      for (int at = 0; at < pattern.length(); ) {
        if (!parts.isEmpty() && isAt(count, at, pattern)) {
          boolean none = count.group(1).matches("[*?]") || "0".equals(count.group(2));
          var last = parts.removeLast();
          parts.add(new Part(last.kind, last.letter, none));
          if (last.kind == Kind.LETTER) {
            parts.add(new Part(Kind.OPEN, ' ', true));
          }
          at = count.end();
        } else {
          int end = end(pattern, at);
          parts.add(part(pattern.substring(at, end)));
          at = end;
        }
      }
      return parts;
    }

    private static boolean isAt(Matcher matcher, int at, String text) {
      return matcher.region(at, text.length()).lookingAt();
    }

    private static int end(String pattern, int at) {
      var group = GROUP.matcher(pattern);
      if (isAt(group, at, pattern)) {
        return group.end();
      }
      return switch (pattern.charAt(at)) {
        case '\\' -> escape(pattern, at);
        case '[' -> set(pattern, at);
        default -> at + 1;
      };
    }

    private static int escape(String pattern, int at) {
      int end = Math.min(at + 2, pattern.length());
      boolean hasName = pattern.substring(at, end).matches("\\\\[pPxN]");
      int close = pattern.indexOf('}', at);
      return hasName && pattern.startsWith("{", end) && close > 0 ? close + 1 : end;
    }

    private static int set(String pattern, int at) {
      int end = at + 1 + (pattern.startsWith("^", at + 1) ? 1 : 0);
      while (end < pattern.length() && pattern.charAt(end) != ']') {
        end += pattern.charAt(end) == '\\' ? 2 : 1;
      }
      return Math.min(end + 1, pattern.length());
    }

    private static Part part(String text) {
      char first = text.charAt(0);
      if (Character.isLetter(first)) {
        var lower = text.toLowerCase(Locale.ROOT);
        return new Part(Kind.LETTER, lower.charAt(0), false);
      }
      boolean isOpen =
          switch (first) {
            case '(', ')', '|', '.' -> true;
            case '\\' -> text.matches("\\\\[A-Za-z0-9].*") && !text.matches("\\\\[dshvRtnrfbAzZ]");
            case '[' -> text.startsWith("[^") || text.matches(".*(\\p{L}(?<!\\\\[dshvtnrf])).*");
            default -> false;
          };
      return new Part(isOpen ? Kind.OPEN : Kind.OTHER, ' ', false);
    }
  }
}

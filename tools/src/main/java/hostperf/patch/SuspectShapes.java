package hostperf.patch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Suspicions that take two lines of Python to see: a condition and the way out below it, an
/// `except` and what it does with the exception. One of the two has to be added.
final class SuspectShapes {
  private static final Pattern CONDITION =
      Pattern.compile("\\s*(?:el)?if\\b(.*?):\\s*(?:#.*)?((?:return|continue|break)\\b.*)?");
  private static final Pattern FLAG =
      Pattern.compile(
          "(?i)\\w*(flag|enabl|disabl|debug|bench|profil|fast|skip|mock|test|dry_?run|warm_?up|cheat"
              + "|measur|mode|cached?_?result|is_running|environ|getenv)\\w*"
              + "|\\bsys\\.|__debug__|\\b(True|False)\\b");
  private static final Pattern WAY_OUT = Pattern.compile("\\s*(return|continue|break)\\b.*");
  private static final Pattern EXCEPT =
      Pattern.compile(
          "\\s*except\\b[^:]*:\\s*(?:#.*)?((?:pass|continue|break|return|\\.\\.\\.).*)?");
  private static final Pattern SWALLOWS =
      Pattern.compile("\\s*(pass|continue|break|return|\\.\\.\\.)\\s*.*");
  private static final Pattern SUPPRESS = Pattern.compile("\\bsuppress\\s*\\(");

  private SuspectShapes() {}

  /// By number of the added line that shows the shape.
  static Map<Integer, Suspicion> in(List<String> lines, Set<Integer> added) {
    var found = new HashMap<Integer, Suspicion>();
    for (int number = 1; number <= lines.size(); number++) {
      int first = number;
      String line = Lines.bare(lines.get(number - 1));
      if (added.contains(number) && SUPPRESS.matcher(SuspectLines.withoutComment(line)).find()) {
        found.put(number, Suspicion.SWALLOWED_EXCEPTION);
      }
      shape(lines, number)
          .ifPresent(
              shape -> {
                if (added.contains(first)) {
                  found.put(first, shape.suspicion());
                } else if (shape.second().isPresent()
                    && added.contains(shape.second().getAsInt())) {
                  found.put(shape.second().getAsInt(), shape.suspicion());
                }
              });
    }
    return found;
  }

  /// @param second the line that completes the shape, unless it is on the first one too
  private record Shape(Suspicion suspicion, OptionalInt second) {}

  private static Optional<Shape> shape(List<String> lines, int number) {
    String line = Lines.bare(lines.get(number - 1));
    Matcher condition = CONDITION.matcher(line);
    if (condition.matches() && FLAG.matcher(condition.group(1)).find()) {
      return completed(
          Suspicion.FLAGGED_RETURN,
          Optional.ofNullable(condition.group(2)),
          lines,
          number,
          WAY_OUT);
    }
    Matcher except = EXCEPT.matcher(line);
    return except.matches()
        ? completed(
            Suspicion.SWALLOWED_EXCEPTION,
            Optional.ofNullable(except.group(1)),
            lines,
            number,
            SWALLOWS)
        : Optional.empty();
  }

  private static Optional<Shape> completed(
      Suspicion suspicion,
      Optional<String> inline,
      List<String> lines,
      int number,
      Pattern second) {
    if (inline.isPresent()) {
      return Optional.of(new Shape(suspicion, OptionalInt.empty()));
    }
    OptionalInt next = nextCode(lines, number);
    return next.isPresent() && second.matcher(Lines.bare(lines.get(next.getAsInt() - 1))).matches()
        ? Optional.of(new Shape(suspicion, next))
        : Optional.empty();
  }

  private static OptionalInt nextCode(List<String> lines, int number) {
    for (int next = number + 1; next <= lines.size(); next++) {
      String line = lines.get(next - 1).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        return OptionalInt.of(next);
      }
    }
    return OptionalInt.empty();
  }
}

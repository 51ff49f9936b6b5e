package hostperf.classify;

import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.source.Sources;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Functions of a profile whose lines cost but could not be judged, and why.
public final class UnreadLines {
  private static final int LONGEST = 80;

  private UnreadLines() {}

  /// One sentence about the most expensive of them; empty where every line that costs was judged.
  public static Optional<String> of(LineProfile profile, Sources sources) {
    List<FunctionProfile> unread =
        profile.functions().stream()
            .filter(f -> f.lines().stream().anyMatch(l -> l.seconds() > 0))
            .filter(f -> Located.of(f, sources).isEmpty())
            .sorted(Comparator.comparingDouble(FunctionProfile::seconds).reversed())
            .toList();
    return unread.stream().findFirst().map(f -> sentence(f, unread.size() - 1));
  }

  private static String sentence(FunctionProfile function, int others) {
    var most =
        function.lines().stream().max(Comparator.comparingDouble(LineCost::seconds)).orElseThrow();
    boolean hasText = !most.source().isBlank();
    String why =
        hasText
            ? unparsed(function)
            : "The report has no source text for %s (%s)"
                .formatted(name(function), function.file());
    return String.format(
        Locale.ROOT,
        "%s, so its lines are not judged: %.1f ms, of which %.1f ms at line %d%s%s.",
        why,
        function.seconds() * 1e3,
        most.seconds() * 1e3,
        most.line(),
        hasText ? ", " + quoted(most.source().strip()) : "",
        others == 0 ? "" : "; the same holds for %d more".formatted(others));
  }

  /// line_profiler prints no name for a file that it cannot find.
  private static String name(FunctionProfile function) {
    return function.name().equals("<unknown>")
        ? "the function at line " + function.line()
        : function.name();
  }

  private static String unparsed(FunctionProfile function) {
    return function.file().endsWith(".pyx")
        ? "%s (%s) is Cython, which is not read as Python"
            .formatted(function.name(), function.file())
        : "No function definition was found for %s at line %d of %s"
            .formatted(function.name(), function.line(), function.file());
  }

  private static String quoted(String text) {
    return "`" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "`";
  }
}

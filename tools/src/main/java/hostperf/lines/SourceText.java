package hostperf.lines;

import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Puts the text of their lines into functions that came without: line_profiler prints none for a
/// file that it cannot find, and a `.lprof` file never has any.
///
/// A text is taken only where it fits: the function begins at the report's line, bears its name,
/// and has something on every line that ran.
public final class SourceText {
  private SourceText() {}

  public static ProfileReport in(ProfileReport report, Sources sources) {
    return new ProfileReport(
        new LineProfile(report.functions().stream().map(f -> filled(f, sources)).toList()),
        report.timers());
  }

  private static FunctionProfile filled(FunctionProfile function, Sources sources) {
    boolean hasText = function.lines().stream().anyMatch(l -> !l.source().isBlank());
    return hasText || function.lines().isEmpty()
        ? function
        : sources.file(function.file()).flatMap(f -> filled(function, f)).orElse(function);
  }

  private static Optional<FunctionProfile> filled(FunctionProfile function, PythonFile file) {
    return file.functionAt(function.line())
        .filter(f -> f.firstLine() == function.line() && isNamed(function, f.name()))
        .map(PythonFunction::endLine)
        .or(() -> endOfBlock(function, file))
        .filter(end -> fits(function, file, end))
        .map(end -> withText(function, file, end));
  }

  private static boolean isNamed(FunctionProfile function, String name) {
    String last = function.name().substring(function.name().lastIndexOf('.') + 1);
    return last.equals("<unknown>") || last.equals(name);
  }

  /// Where Python's grammar finds no function: Cython's. The last line that the report has.
  private static Optional<Integer> endOfBlock(FunctionProfile function, PythonFile file) {
    String first = file.line(function.line()).strip();
    String name = function.name().substring(function.name().lastIndexOf('.') + 1);
    boolean begins =
        file.path().endsWith(".pyx")
            && first.matches("(?:cdef|cpdef|def|async|property|@).*")
            && (name.equals("<unknown>") || first.startsWith("@") || first.contains(name));
    return begins ? Optional.of(function.lines().getLast().line()) : Optional.empty();
  }

  private static boolean fits(FunctionProfile function, PythonFile file, int end) {
    return function.lines().stream()
        .filter(l -> l.hits() > 0)
        .allMatch(l -> l.line() <= end && !file.line(l.line()).isBlank());
  }

  private static FunctionProfile withText(FunctionProfile function, PythonFile file, int end) {
    var known = new HashMap<Integer, LineCost>();
    function.lines().forEach(l -> known.put(l.line(), l));
    List<LineCost> lines = new ArrayList<>();
    for (int line = function.line(); line <= end; line++) {
      LineCost cost = known.getOrDefault(line, new LineCost(line, 0, 0, ""));
      lines.add(new LineCost(line, cost.hits(), cost.seconds(), file.line(line)));
    }
    return new FunctionProfile(
        function.name(), function.file(), function.line(), function.seconds(), lines);
  }
}

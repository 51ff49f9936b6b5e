package hostperf.classify;

import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import java.util.Optional;

/// Where a profiled function's source was found: in its file, else in the report's own text, where
/// imports, the class and its attributes are not.
record Located(PythonFunction function, String file) {
  static Optional<Located> of(FunctionProfile profile, Sources sources) {
    return sources
        .file(profile.file())
        .flatMap(f -> in(f, profile))
        .map(f -> new Located(f, f.file().path()))
        .or(() -> inReport(profile));
  }

  private static Optional<PythonFunction> in(PythonFile file, FunctionProfile profile) {
    return file.functionAt(profile.line())
        .or(() -> file.function(profile.name()))
        .filter(f -> isSame(file, profile));
  }

  /// Whether the lines that were hit read the same in the file as in the report.
  private static boolean isSame(PythonFile file, FunctionProfile profile) {
    return profile.lines().stream()
        .filter(l -> l.hits() > 0)
        .allMatch(l -> file.line(l.line()).strip().equals(l.source().strip()));
  }

  /// The report's text, put at its line numbers.
  private static Optional<Located> inReport(FunctionProfile profile) {
    if (profile.lines().isEmpty()) {
      return Optional.empty();
    }
    var text = new StringBuilder("\n".repeat(profile.lines().getFirst().line() - 1));
    int indent =
        profile.lines().stream()
            .map(LineCost::source)
            .filter(s -> !s.isBlank())
            .mapToInt(s -> s.length() - s.stripLeading().length())
            .min()
            .orElse(0);
    int at = profile.lines().getFirst().line();
    for (var line : profile.lines()) {
      while (at < line.line()) {
        text.append('\n');
        at++;
      }
      text.append(line.source().substring(Math.min(indent, line.source().length())));
    }
    return PythonFile.of(profile.file(), text.append('\n').toString())
        .functionAt(profile.line())
        .map(f -> new Located(f, profile.file()));
  }
}

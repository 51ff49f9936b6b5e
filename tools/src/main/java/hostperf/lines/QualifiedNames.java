package hostperf.lines;

import hostperf.source.PythonFunction;
import hostperf.source.Sources;

/// Puts the class in front of methods: line_profiler before 4.1 prints `schedule` for
/// `Scheduler.schedule`, and nothing for a file it could not find.
public final class QualifiedNames {
  private QualifiedNames() {}

  /// The report with the names that the source has at each function's line; a name stays as it is
  /// where the source has another function there.
  public static ProfileReport in(ProfileReport report, Sources sources) {
    return new ProfileReport(
        new LineProfile(
            report.functions().stream().map(function -> named(function, sources)).toList()),
        report.timers());
  }

  private static FunctionProfile named(FunctionProfile function, Sources sources) {
    String last = function.name().substring(function.name().lastIndexOf('.') + 1);
    return sources
        .file(function.file())
        .flatMap(file -> file.functionAt(function.line()))
        .filter(found -> found.name().equals(last) || isLost(function))
        .map(PythonFunction::qualifiedName)
        .map(
            name ->
                new FunctionProfile(
                    name, function.file(), function.line(), function.seconds(), function.lines()))
        .orElse(function);
  }

  /// A name that line_profiler did not print, where the source's text was found to fit.
  private static boolean isLost(FunctionProfile function) {
    return function.name().equals("<unknown>")
        && function.lines().stream().anyMatch(l -> !l.source().isBlank());
  }
}

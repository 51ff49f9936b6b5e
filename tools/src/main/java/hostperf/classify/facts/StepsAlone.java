package hostperf.classify.facts;

import hostperf.profile.Observed;
import hostperf.source.Call;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.stacks.Frame;
import hostperf.stacks.Shares;
import java.util.Optional;

/// Whether calls of a function can be told by step: not where it was called more often than the
/// lines ran that call it within the steps, since the others call it outside them.
///
/// @param shares within the steps
record StepsAlone(Observed observed, Sources sources, Optional<Shares> shares) {
  /// Beyond it the counts are taken to differ.
  private static final double MOST = 1.02;

  boolean holds(PythonFunction function, long calls) {
    var callers =
        shares.stream()
            .flatMap(s -> s.calls().stream())
            .filter(c -> c.function().equals(function.qualifiedName()))
            .filter(c -> sources.isFileOf(c.file(), function))
            .map(Shares.CallShare::from)
            .distinct()
            .toList();
    return callers.isEmpty()
        || callers.stream().anyMatch(c -> hits(c) == 0 || mayCallOften(c, function))
        || calls <= MOST * callers.stream().mapToLong(this::hits).sum();
  }

  private long hits(Frame line) {
    return observed.lines().functions().stream()
        .filter(f -> sources.path(f.file()).equals(sources.path(line.file())))
        .flatMap(f -> f.lines().stream())
        .filter(l -> l.line() == line.line())
        .mapToLong(l -> l.hits())
        .max()
        .orElse(0);
  }

  /// In a comprehension, by two calls, or by another name a line can call it more often than it
  /// runs.
  private boolean mayCallOften(Frame line, PythonFunction callee) {
    var statement =
        sources
            .file(line.file())
            .flatMap(f -> f.functionAt(line.line()))
            .flatMap(f -> f.statementAt(line.line()));
    var name = callee.name().equals("__init__") ? owner(callee) : callee.name();
    return statement.isEmpty()
        || statement.get().find("for_in_clause", "lambda").findAny().isPresent()
        || statement
                .get()
                .find("call")
                .flatMap(c -> Call.of(c).stream())
                .filter(c -> c.isNamed(name))
                .count()
            != 1;
  }

  private static String owner(PythonFunction method) {
    return method.owner().map(o -> o.name()).orElse(method.name());
  }
}

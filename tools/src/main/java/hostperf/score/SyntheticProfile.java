package hostperf.score;

import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.source.Loop;
import hostperf.source.Node;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A profile for a case that none was taken of: hot lines cost a flat 20 µs a turn, all others
/// 0.2 µs, and there are 1000 × 16^(loop depth, at most 2) turns. Each test that a line stands
/// under, or that may skip it, halves its hits and not its cost, so that no fact rests on a test
/// that is true or false every time.
///
/// The figures are those by which labelled cases are scored elsewhere too, so that results
/// compare; since hot lines cost the same, only the source can tell their types apart.
final class SyntheticProfile {
  private static final double HOT_S = 20e-6;
  private static final double COLD_S = 0.2e-6;
  private static final long CALLS = 1000;
  private static final long TURNS = 16;

  private SyntheticProfile() {}

  /// Empty where no function of the case's name covers its first hot line.
  static Optional<LineProfile> of(LabelledCase each, PythonFile file) {
    var hot = each.place().hot();
    return function(file, each.place().function(), hot.getFirst())
        .map(f -> new LineProfile(List.of(profile(each.place().function(), f, hot))));
  }

  private static Optional<PythonFunction> function(PythonFile file, String name, int line) {
    var last = name.substring(name.lastIndexOf('.') + 1);
    return file.functions().stream()
        .filter(f -> f.covers(line))
        .flatMap(f -> Stream.concat(Stream.of(f), f.nested().stream()))
        .filter(f -> f.covers(line) && f.name().equals(last))
        .findFirst();
  }

  private static FunctionProfile profile(String name, PythonFunction function, List<Integer> hot) {
    var running = new HashSet<Integer>();
    function.body().tree().filter(SyntheticProfile::runs).forEach(n -> running.add(n.line()));
    var lines = new ArrayList<LineCost>();
    double total = 0;
    for (int line = function.line(); line <= function.endLine(); line++) {
      var text = function.file().line(line);
      long turns = running.contains(line) ? CALLS * turns(function, line) : 0;
      double seconds = turns * (hot.contains(line) ? HOT_S : COLD_S);
      total += seconds;
      long hits = turns == 0 ? 0 : Math.max(1, turns >> tests(function, line));
      lines.add(new LineCost(line, hits, seconds, text));
    }
    return new FunctionProfile(name, function.file().path(), function.line(), total, lines);
  }

  /// Whether tracing would see a line for this node: statements and expressions.
  private static boolean runs(Node node) {
    return !node.is("block", "comment", "type", "string_start", "string_content", "string_end");
  }

  private static long tests(PythonFunction function, int line) {
    var statement = function.statementAt(line);
    return statement.stream()
        .flatMap(s -> Stream.concat(Stream.of(s), s.ancestors()))
        .takeWhile(n -> n != function.node())
        .mapToLong(
            n ->
                n.is("block")
                    ? n
                        .parent()
                        .filter(p -> p.is("if_statement", "else_clause", "elif_clause"))
                        .stream()
                        .count()
                    : n.parent().stream()
                        .flatMap(b -> b.items().stream())
                        .filter(b -> b.start() < n.start() && skips(b))
                        .count())
        .sum();
  }

  /// `if …: continue`.
  private static boolean skips(Node statement) {
    return statement.is("if_statement")
        && statement.child("consequence").stream()
            .flatMap(b -> b.items().stream())
            .anyMatch(s -> s.is("continue_statement"));
  }

  private static long turns(PythonFunction function, int line) {
    long depth =
        function.loops().stream()
            .filter(l -> !l.isComprehension())
            .map(Loop::node)
            .filter(n -> n.covers(line))
            .count();
    return depth == 0 ? 1 : depth == 1 ? TURNS : TURNS * TURNS;
  }
}

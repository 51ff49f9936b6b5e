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

/// A profile for a case that none was taken of: hot lines cost a flat 20 µs a hit, all others
/// 0.2 µs, and a line runs 1000 × 16^(loop depth, at most 2) times.
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
      long hits = running.contains(line) ? CALLS * turns(function, line) : 0;
      double seconds = hits * (hot.contains(line) ? HOT_S : COLD_S);
      total += seconds;
      lines.add(new LineCost(line, hits, seconds, text));
    }
    return new FunctionProfile(name, function.file().path(), function.line(), total, lines);
  }

  /// Whether tracing would see a line for this node: statements and expressions.
  private static boolean runs(Node node) {
    return !node.is("block", "comment", "type", "string_start", "string_content", "string_end");
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

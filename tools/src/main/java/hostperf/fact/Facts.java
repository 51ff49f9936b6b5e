package hostperf.fact;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the pass `facts` saw, over all processes.
///
/// @param counted over which steps
/// @param lines most frequent first within a kind
/// @param calls one row a watched function, most calls first
/// @param loops of the watched functions, most often over the same items first
/// @param without collectors that did not work, each with the reason
public record Facts(
    Counted counted,
    List<LineFact> lines,
    List<CallFact> calls,
    List<LoopFact> loops,
    Map<String, String> without) {
  public static final Facts NONE =
      new Facts(Counted.NOTHING, List.of(), List.of(), List.of(), Map.of());

  public Facts {
    lines = List.copyOf(lines);
    calls = List.copyOf(calls);
    loops = List.copyOf(loops);
    without = Map.copyOf(without);
  }

  /// Calls of the root during which things were counted.
  public long steps() {
    return counted.steps();
  }

  /// The same for one kind: costly collectors look at fewer.
  public long steps(LineFact.Kind kind) {
    return counted.byKind().getOrDefault(kind, counted.steps());
  }

  /// How many times longer a watched step took than one that was left alone in the same launch;
  /// absent where none was.
  public Optional<Double> slowdown() {
    return counted.slowdown();
  }

  /// These lines alone, counted over the same steps.
  public Facts of(List<LineFact> some) {
    return new Facts(counted, some, List.of(), List.of(), Map.of());
  }

  /// Those of a function's lines.
  ///
  /// @param file as the profile names it: any path with the same end
  public List<LineFact> within(String file, int firstLine, int lastLine) {
    return lines.stream()
        .filter(fact -> fact.place().line() >= firstLine && fact.place().line() <= lastLine)
        .filter(fact -> isSameFile(fact.place().file(), file))
        .toList();
  }

  private static boolean isSameFile(String absolute, String path) {
    var tail = path.replace('\\', '/');
    return absolute.equals(tail) || absolute.endsWith(tail.startsWith("/") ? tail : "/" + tail);
  }
}

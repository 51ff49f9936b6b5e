package hostperf.fact;

import java.util.List;
import java.util.Map;

/// What the pass `facts` saw, over all processes.
///
/// @param steps calls of the root during which things were counted, over all processes
/// @param seconds their time, collectors included
/// @param lines most frequent first within a kind
/// @param calls one row a watched function, most calls first
/// @param without collectors that did not work, each with the reason
public record Facts(
    long steps,
    double seconds,
    List<LineFact> lines,
    List<CallFact> calls,
    Map<String, String> without) {
  public static final Facts NONE = new Facts(0, 0, List.of(), List.of(), Map.of());

  public Facts {
    lines = List.copyOf(lines);
    calls = List.copyOf(calls);
    without = Map.copyOf(without);
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

  /// These lines alone, counted over the same steps.
  public Facts of(List<LineFact> some) {
    return new Facts(steps, seconds, some, List.of(), Map.of());
  }

  private static boolean isSameFile(String absolute, String path) {
    var tail = path.replace('\\', '/');
    return absolute.equals(tail) || absolute.endsWith(tail.startsWith("/") ? tail : "/" + tail);
  }
}

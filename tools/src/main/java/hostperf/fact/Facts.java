package hostperf.fact;

import java.util.List;
import java.util.Map;

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

  /// These lines alone, counted over the same steps.
  public Facts of(List<LineFact> some) {
    return new Facts(counted, some, List.of(), List.of(), Map.of());
  }
}

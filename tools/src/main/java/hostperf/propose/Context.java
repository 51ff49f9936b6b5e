package hostperf.propose;

import java.util.List;
import java.util.Optional;

/// What somebody needs who writes the edit, as far as it is known.
///
/// @param callers who calls the hotspot's function
/// @param callees what it calls
/// @param same other functions that call what the hotspot calls
/// @param reads attributes that the function reads
/// @param writes attributes that it sets or changes
/// @param tests that use the file, by the map and by their text; empty where nobody looked
public record Context(
    List<Related> callers,
    List<Related> callees,
    List<Related> same,
    List<String> reads,
    List<String> writes,
    List<String> tests) {
  public Context {
    callers = List.copyOf(callers);
    callees = List.copyOf(callees);
    same = List.copyOf(same);
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
    tests = List.copyOf(tests);
  }

  /// Another function.
  ///
  /// @param line of the call; for what is called, of its definition where the checkout has it
  /// @param isCall true where the line is of the call
  /// @param share of the root's time in these calls, by samples; absent without them
  public record Related(
      String function, String file, int line, Optional<Boolean> isCall, Optional<Double> share) {}

  public Context withTests(List<String> known) {
    return new Context(callers, callees, same, reads, writes, known);
  }
}

package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Callees;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.HashSet;
import java.util.Set;

/// Whether a call is seen to change something, in the body that it leads to: what changes the world
/// cannot be left out or moved because it looks the same.
final class CallEffects {
  /// How far calls are followed.
  private static final int DEEPEST = 3;

  private CallEffects() {}

  static boolean areSeen(Spot spot, Call call) {
    return spot.callees().callees(call, spot.function()).stream()
        .anyMatch(f -> areSeen(spot.callees(), f));
  }

  static boolean areSeen(Callees callees, PythonFunction function) {
    return changes(callees, function, new HashSet<>(), 0);
  }

  private static boolean changes(
      Callees callees, PythonFunction function, Set<String> seen, int depth) {
    if (depth > DEEPEST || !seen.add(function.file().path() + function.qualifiedName())) {
      return false;
    }
    return function
        .body()
        .find("assignment", "augmented_assignment", "delete_statement", "call")
        .anyMatch(n -> isChange(n) || leadsToChange(callees, function, n, seen, depth));
  }

  /// An attribute or an item is set or deleted, or a method is called for its effect.
  private static boolean isChange(Node node) {
    return switch (node.kind()) {
      case "assignment", "augmented_assignment" ->
          node.child("left").filter(l -> l.is("attribute", "subscript")).isPresent();
      case "delete_statement" -> node.find("attribute", "subscript").findAny().isPresent();
      default ->
          node.isWholeStatement()
              && Call.of(node)
                  .filter(c -> c.receiver().isPresent())
                  .filter(c -> !c.callee().matches(".*log(ger|ging)?\\.\\w+"))
                  .isPresent();
    };
  }

  private static boolean leadsToChange(
      Callees callees, PythonFunction function, Node node, Set<String> seen, int depth) {
    return Call.of(node).stream()
        .flatMap(c -> callees.callees(c, function).stream())
        .anyMatch(f -> changes(callees, f, seen, depth + 1));
  }
}

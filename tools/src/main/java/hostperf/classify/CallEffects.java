package hostperf.classify;

import hostperf.source.Call;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Whether a call is seen to change something, in the body that it leads to in its own file: what
/// changes the world cannot be left out or moved because it looks the same.
final class CallEffects {
  /// How far calls within the class are followed.
  private static final int DEEPEST = 3;

  private CallEffects() {}

  static boolean areSeen(Spot spot, Call call) {
    return target(spot.function(), call).filter(f -> changes(f, new HashSet<>(), 0)).isPresent();
  }

  /// The function of the same file: `self.m` of the same class, or a function of the module.
  private static Optional<PythonFunction> target(PythonFunction from, Call call) {
    var callee = call.callee();
    if (callee.matches("(self|cls)\\.\\w+")) {
      return from.owner()
          .flatMap(o -> from.file().function(o.name() + callee.substring(callee.indexOf('.'))));
    }
    return callee.matches("\\w+") ? from.file().function(callee) : Optional.empty();
  }

  private static boolean changes(PythonFunction function, Set<String> seen, int depth) {
    if (depth > DEEPEST || !seen.add(function.qualifiedName())) {
      return false;
    }
    return function
        .body()
        .find("assignment", "augmented_assignment", "delete_statement", "call")
        .anyMatch(n -> isChange(n) || leadsToChange(function, n, seen, depth));
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
      PythonFunction function, Node node, Set<String> seen, int depth) {
    return Call.of(node)
        .flatMap(c -> target(function, c))
        .filter(f -> changes(f, seen, depth + 1))
        .isPresent();
  }
}

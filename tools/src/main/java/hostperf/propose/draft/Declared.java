package hostperf.propose.draft;

import hostperf.source.Names;
import hostperf.source.Names.Binding;
import hostperf.source.Node;
import java.util.Optional;
import java.util.regex.Pattern;

/// The type that annotations give an expression, elements of lists included: `int` for `row[-1]`
/// where `row` runs over a `list[list[int]]`.
final class Declared {
  private static final Pattern ELEMENTS =
      Pattern.compile(
          "(?:typing\\.)?(?:[Ll]ist|Sequence|Iterable|[Tt]uple)\\[(.+?)(?:, *\\.\\.\\.)?]");

  /// Definitions can be circular.
  private static final int MOST_STEPS = 6;

  private Declared() {}

  static Optional<String> type(Spot spot, Node expression) {
    return type(spot, Syntax.bare(expression), MOST_STEPS);
  }

  private static Optional<String> type(Spot spot, Node node, int steps) {
    if (steps == 0) {
      return Optional.empty();
    }
    if (node.is("subscript")) {
      boolean one =
          node.all("subscript").stream()
              .allMatch(s -> s.is("integer", "identifier", "unary_operator"));
      return node.child("value")
          .filter(_ -> one)
          .flatMap(v -> type(spot, v, steps - 1))
          .flatMap(Declared::element);
    }
    var path = Names.path(node);
    var bound =
        path.map(
                p ->
                    spot.names().bindings(p).stream()
                        .filter(b -> b.kind() != Names.Kind.MUTATED)
                        .toList())
            .filter(b -> b.size() == 1);
    if (bound.isEmpty()) {
      return path.filter(p -> p.contains(".") && spot.names().bindings(p).isEmpty())
          .flatMap(p -> new Types(spot).attribute(p))
          .flatMap(s -> s.attribute().annotation());
    }
    return bound.flatMap(b -> of(spot, b.getFirst(), steps));
  }

  private static Optional<String> of(Spot spot, Binding binding, int steps) {
    var annotated = binding.node().child("type").map(Node::text);
    return switch (binding.kind()) {
      case PARAMETER -> annotated;
      case ASSIGNED -> annotated.or(() -> binding.value().flatMap(v -> type(spot, v, steps - 1)));
      case LOOP ->
          binding.value().flatMap(v -> type(spot, v, steps - 1)).flatMap(Declared::element);
      case UNPACKED, AUGMENTED, WITH, MUTATED -> Optional.empty();
    };
  }

  private static Optional<String> element(String type) {
    var list = ELEMENTS.matcher(type);
    return list.matches() ? Optional.of(list.group(1)) : Optional.empty();
  }
}

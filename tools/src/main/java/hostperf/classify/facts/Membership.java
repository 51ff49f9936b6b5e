package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.Optional;

/// `x in y`, and whether `y` is a list.
public final class Membership {
  private Membership() {}

  public static boolean is(Node comparison) {
    return comparison.all("operators").stream().anyMatch(o -> o.text().matches("in|not\\s+in"));
  }

  /// What is searched.
  public static Node container(Node comparison) {
    return comparison.items().getLast();
  }

  static boolean inList(Spot spot, Node comparison) {
    return is(comparison) && isList(spot, container(comparison));
  }

  /// A list or the like by what the code shows.
  static boolean isSeenList(Spot spot, Node node) {
    return isList(spot, node) && Names.path(node).filter(p -> isByName(spot, p, node)).isEmpty();
  }

  private static boolean isByName(Spot spot, String path, Node node) {
    return path.endsWith("_list")
        && spot.names().reaching(path, node).isEmpty()
        && attributeType(spot, path).isEmpty();
  }

  /// A list by its display, its annotation, what it is bound to, or a name ending in `_list`.
  private static boolean isList(Spot spot, Node node) {
    if (node.is("list_comprehension")
        || (node.is("list") && node.items().size() > 4)
        || Call.of(node).filter(c -> c.isNamed("list", "sorted", "tolist", "values")).isPresent()) {
      return true;
    }
    var path = Names.path(node);
    if (path.isEmpty()) {
      return false;
    }
    var binding = spot.names().reaching(path.get(), node);
    var value = binding.flatMap(Names.Binding::value);
    if (value
        .filter(
            v ->
                v.is("list", "list_comprehension")
                    || Call.of(v).filter(c -> c.isNamed("list", "sorted", "tolist")).isPresent())
        .isPresent()) {
      return true;
    }
    var annotation =
        binding
            .flatMap(b -> b.node().child("type"))
            .map(Node::text)
            .or(() -> attributeType(spot, path.get()));
    return annotation
            .filter(t -> t.matches("(?i)(typing\\.)?(list|sequence|tuple)\\b.*"))
            .isPresent()
        || (annotation.isEmpty() && value.isEmpty() && path.get().endsWith("_list"));
  }

  private static Optional<String> attributeType(Spot spot, String path) {
    return path.startsWith("self.")
        ? spot.function()
            .owner()
            .flatMap(c -> c.attribute(path.substring(5)))
            .flatMap(
                a -> a.annotation().or(() -> a.value().filter(v -> v.is("list")).map(_ -> "list")))
        : Optional.empty();
  }
}

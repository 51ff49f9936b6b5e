package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.Optional;

/// `x in y`, and lists that a line searches: by that, by `remove` or by `index`.
public final class Membership {
  private static final String[] MAKES_LIST = {"list", "sorted", "tolist", "values"};

  private Membership() {}

  static void add(Spot spot, FactList facts) {
    spot.nodes("comparison_operator").stream()
        .filter(Membership::is)
        .filter(c -> isList(spot, container(c), false))
        .forEach(c -> searches(c, facts));
    spot.calls().stream()
        .filter(c -> c.isNamed("remove", "index") && c.positional().size() == 1)
        .filter(c -> c.receiver().filter(r -> isList(spot, r, true)).isPresent())
        .forEach(c -> searches(c.node(), facts));
  }

  private static void searches(Node searching, FactList facts) {
    facts.seen(
        Known.SEARCHES_LIST, "%s searches from the head, if what it searches is a list", searching);
  }

  public static boolean is(Node comparison) {
    return comparison.all("operators").stream().anyMatch(o -> o.text().matches("in|not\\s+in"));
  }

  /// What is searched.
  public static Node container(Node comparison) {
    return comparison.items().getLast();
  }

  /// A list by its display, by what it is bound to or by its annotation.
  ///
  /// @param unknown what it is where none of these is known and its name does not tell
  private static boolean isList(Spot spot, Node node, boolean unknown) {
    var path = Names.path(node);
    var binding = path.flatMap(p -> spot.names().reaching(p, node));
    var type =
        binding
            .flatMap(b -> b.node().child("type"))
            .map(Node::text)
            .or(() -> path.flatMap(p -> attributeType(spot, p)));
    var value = binding.flatMap(Names.Binding::value);
    return (node.is("list") && node.items().size() > 4)
        || isMade(node, MAKES_LIST)
        || value.filter(v -> isMade(v, MAKES_LIST)).isPresent()
        || type.filter(t -> t.matches("(?i)(typing\\.)?(list|sequence|tuple)\\b.*")).isPresent()
        || (type.isEmpty()
            && value.isEmpty()
            && (unknown || path.filter(p -> p.endsWith("_list")).isPresent()));
  }

  private static boolean isMade(Node value, String... makers) {
    return value.is("list_comprehension")
        || Call.of(value).filter(c -> c.isNamed(makers)).isPresent();
  }

  private static Optional<String> attributeType(Spot spot, String path) {
    return Optional.of(path)
        .filter(p -> p.startsWith("self."))
        .flatMap(p -> spot.function().owner().flatMap(c -> c.attribute(p.substring(5))))
        .flatMap(a -> a.annotation().or(() -> a.value().map(v -> v.is("list") ? "list" : "other")));
  }
}

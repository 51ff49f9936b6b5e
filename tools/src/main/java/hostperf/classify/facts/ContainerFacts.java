package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.Optional;
import java.util.Set;

/// Lists, sets, dictionaries and texts that a line copies, searches or makes.
final class ContainerFacts {
  private static final Set<String> COPIES =
      Set.of("list", "set", "dict", "tuple", "sorted", "frozenset");

  private final Spot spot;
  private final FactList facts;

  private ContainerFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.facts = facts;
  }

  static void add(Spot spot, FactList facts) {
    var containers = new ContainerFacts(spot, facts);
    spot.calls().forEach(containers::call);
    spot.nodes("comparison_operator").forEach(containers::searched);
    spot.nodes("attribute").forEach(containers::property);
    containers.values();
  }

  private void call(Call call) {
    var first = call.argument(0);
    boolean single = call.positional().size() == 1;
    if (COPIES.contains(call.callee()) && single && !first.get().is("generator_expression")) {
      facts.seen(Known.COPIES_CONTAINER, "%s makes a new container", call.node());
    } else if (call.callee().equals("sum")
        && call.argument(1).filter(a -> a.is("list")).isPresent()) {
      facts.seen(Known.ADDS_LISTS, "%s copies the list so far for each list added", call.node());
    } else if (call.isNamed("pop", "insert")
        && first.filter(a -> a.text().equals("0")).isPresent()) {
      facts.seen(
          Known.SHIFTS_LIST, "%s moves all other elements%s", call.node(), ifList(call.receiver()));
    } else if (call.isNamed("remove", "index") && single && !isKeyed(call)) {
      facts.seen(
          Known.SEARCHES_LIST, "%s searches from the head%s", call.node(), ifList(call.receiver()));
    } else if (call.callee().equals("len")) {
      first.ifPresent(this::measuredByLength);
    }
  }

  private String ifList(Optional<Node> container) {
    return container.filter(c -> Membership.isSeenList(spot, c)).isPresent()
        ? ""
        : ", if it is a list";
  }

  /// `self.used: set[int]`: taking one out is a lookup.
  private boolean isKeyed(Call call) {
    return call.receiver()
        .filter(r -> r.text().startsWith("self."))
        .flatMap(r -> spot.function().owner().flatMap(c -> c.attribute(r.text().substring(5))))
        .filter(
            a ->
                a.annotation()
                        .filter(t -> t.matches("(?i)(typing\\.)?(frozen)?set\\b.*"))
                        .isPresent()
                    || a.value()
                        .filter(v -> v.text().matches("(?s)(set|dict)\\(.*|\\{.*"))
                        .isPresent())
        .isPresent();
  }

  private void measuredByLength(Node argument) {
    boolean built =
        argument.is("list_comprehension", "list")
            || isSlice(argument)
            || Call.of(argument).filter(c -> !c.isNamed("range", "set", "get", "pop")).isPresent();
    if (built) {
      facts.seen(Known.LENGTH_ONLY, "Of %s only the length is taken", argument);
    }
  }

  static boolean isSlice(Node node) {
    return node.is("subscript") && node.all("subscript").stream().allMatch(i -> i.is("slice"));
  }

  private void searched(Node comparison) {
    if (!Membership.is(comparison)) {
      return;
    }
    var container = Membership.container(comparison);
    boolean anew =
        container.is("list", "tuple", "set")
            && container.items().size() > 1
            && container.items().stream().anyMatch(i -> i.is("attribute"));
    if (Membership.inList(spot, comparison)) {
      facts.seen(
          Known.SEARCHES_LIST,
          "%s searches from the head%s",
          comparison,
          ifList(Optional.of(container)));
    } else if (anew) {
      facts.seen(Known.SEARCHES_LIST, "%s is rebuilt and searched", container);
    }
  }

  private void property(Node attribute) {
    var name = attribute.child("attribute").map(Node::text).orElse("");
    boolean own = attribute.child("object").filter(o -> o.text().equals("self")).isPresent();
    if (!own) {
      return;
    }
    spot.function()
        .owner()
        .flatMap(c -> c.property(name))
        .filter(ContainerFacts::builds)
        .ifPresent(
            p ->
                facts.seen(
                    Known.BUILDING_PROPERTY,
                    "%s is a property (line %s) that builds its value on each read",
                    attribute,
                    p.line()));
  }

  private static boolean builds(PythonFunction property) {
    return property
            .body()
            .find("list_comprehension", "slice", "dictionary_comprehension")
            .findAny()
            .isPresent()
        || property.calls().stream().anyMatch(c -> COPIES.contains(c.callee()));
  }

  private void values() {
    var target = spot.assigned().map(Node::text).orElse("");
    var value = spot.value();
    value
        .filter(v -> v.is("list", "dictionary", "set") && v.items().isEmpty())
        .ifPresent(v -> facts.seen(Known.NEW_CONTAINER, "A new %s is made", v));
    var grown =
        spot.nodes("augmented_assignment").stream()
            .filter(a -> a.child("operator").filter(o -> o.text().equals("+=")).isPresent())
            .findFirst()
            .or(
                () ->
                    value.filter(
                        v -> v.is("binary_operator") && v.text().startsWith(target + " +")));
    grown
        .filter(g -> isGathered(g, g.child("right")) || isGathered(g, firstValue(g)))
        .ifPresent(
            g ->
                facts.seen(
                    Known.GROWS_TEXT,
                    g.is("augmented_assignment")
                        ? "%s adds to a text, which may be copied each time"
                        : "%s copies all that was gathered before",
                    g));
  }

  private Optional<Node> firstValue(Node grown) {
    return grown
        .child("left")
        .flatMap(Names::path)
        .flatMap(p -> spot.names().bindings(p).stream().findFirst())
        .flatMap(Names.Binding::value);
  }

  /// `xs += […]` adds in place; a text, and `xs + […]`, is made anew.
  private static boolean isGathered(Node grown, Optional<Node> value) {
    return value
        .filter(
            v ->
                v.is("string", "concatenated_string")
                    || (!grown.is("augmented_assignment") && v.is("list", "list_comprehension"))
                    || Call.of(v).filter(c -> c.isNamed("str", "join", "decode")).isPresent())
        .isPresent();
  }
}

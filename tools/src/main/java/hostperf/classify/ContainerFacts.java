package hostperf.classify;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
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
    spot.nodes("binary_operator").forEach(containers::repeated);
    containers.values();
    containers.walkedValues();
  }

  private void call(Call call) {
    var first = call.argument(0);
    boolean single = call.positional().size() == 1;
    if (COPIES.contains(call.callee()) && single && !first.get().is("generator_expression")) {
      facts.seen(Known.COPIES_CONTAINER, "%s makes a new container", call.node());
    } else if (call.callee().equals("sum")
        && call.argument(1).filter(a -> a.is("list")).isPresent()) {
      facts.seen(Known.ADDS_LISTS, "%s copies the list so far for each list added", call.node());
    } else if (call.resolved().equals("copy.copy")
        || (call.isNamed("copy")
            && call.positional().isEmpty()
            && call.receiver().filter(r -> !spot.device(r).isArray()).isPresent())) {
      facts.seen(Known.COPIES_OBJECT, "%s makes a copy", call.node());
    } else if (call.isNamed("pop", "insert")
        && first.filter(a -> a.text().equals("0")).isPresent()) {
      facts.seen(
          Known.SHIFTS_LIST, "%s moves all other elements%s", call.node(), ifList(call.receiver()));
    } else if (call.isNamed("remove", "index") && single && !isKeyed(call)) {
      facts.seen(
          Known.SEARCHES_LIST, "%s searches from the head%s", call.node(), ifList(call.receiver()));
    } else if (call.callee().equals("len")) {
      first.ifPresent(a -> measuredByLength(call, a));
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

  private void measuredByLength(Call len, Node argument) {
    boolean built =
        argument.is("list_comprehension", "list")
            || isSlice(argument)
            || Call.of(argument).filter(c -> !c.isNamed("range", "set", "get", "pop")).isPresent();
    if (built) {
      facts.seen(Known.LENGTH_ONLY, "Of %s only the length is taken", argument);
    } else if (argument.is("attribute") && spot.isSlow() && spot.calls().size() == 1) {
      facts.measured(Known.SLOW_LENGTH, "%s takes %s a hit", len.node(), spot.perHit());
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
    } else if (isSlice(container)) {
      facts.seen(Known.SLICES_LIST, "%s is copied to be searched, if it is a list", container);
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
        .ifPresent(
            p -> {
              boolean builds =
                  p.body()
                          .find("list_comprehension", "slice", "dictionary_comprehension")
                          .findAny()
                          .isPresent()
                      || p.calls().stream().anyMatch(c -> COPIES.contains(c.callee()));
              facts.seen(
                  builds ? Known.BUILDING_PROPERTY : Known.PROPERTY_CALL,
                  "%s is a property (line %s)"
                      + (builds ? " that builds its value on each read" : ""),
                  attribute,
                  p.line());
            });
  }

  /// `[0] * n`, `[0] + ids`.
  private void repeated(Node sum) {
    if (sum.children().stream().anyMatch(c -> c.is("list"))
        && sum.child("operator").filter(o -> o.text().matches("[*+]")).isPresent()) {
      facts.seen(Known.REPEATS_LIST, "%s builds a new list", sum);
    }
  }

  private void values() {
    var target = spot.assigned().map(Node::text).orElse("");
    var value = spot.value();
    value
        .filter(v -> v.is("list", "dictionary", "set") && v.items().isEmpty())
        .ifPresent(v -> facts.seen(Known.NEW_CONTAINER, "A new %s is made", v));
    value
        .filter(v -> isSlice(v) && !spot.device(v).isArray())
        .ifPresent(
            v ->
                facts.named(
                    Known.SLICES_LIST,
                    "%s copies %s if it is a list",
                    v,
                    v.child("value").map(Node::text).filter(target::equals).isPresent()
                        ? "all that is left of it"
                        : "a part"));
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

  /// `if value == node: return key`.
  private static boolean looksFor(Node statement, Loop loop) {
    boolean compares =
        statement
            .child("condition")
            .filter(c -> c.is("comparison_operator"))
            .filter(c -> c.text().matches("(?s)\\w+(\\.\\w+)? (==|is) (?!None|not\\b).*"))
            .filter(c -> loop.names().contains(c.text().split("\\W", 2)[0]))
            .isPresent();
    return statement.is("if_statement")
        && compares
        && statement.child("consequence").stream()
            .anyMatch(b -> b.find("break_statement", "return_statement").findAny().isPresent());
  }

  /// `for key, value in children.items(): if value == node:`.
  private void walkedValues() {
    spot.headed()
        .or(() -> spot.loops().stream().findFirst())
        .filter(l -> Call.of(l.iterable()).filter(c -> c.isNamed("items", "values")).isPresent())
        .filter(
            l -> l.body().stream().flatMap(b -> b.items().stream()).anyMatch(s -> looksFor(s, l)))
        .ifPresent(
            l ->
                facts.seen(
                    Known.SEARCHES_VALUES,
                    "%s is searched element by element for a value",
                    l.iterable()));
  }
}

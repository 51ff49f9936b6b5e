package hostperf.classify;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A type's question about one line, with the line's own names in it, and what is known of who
/// changes them.
final class TypeQuestion {
  /// Python's own, of which nobody wonders what they give.
  private static final String SMALL =
      "len|range|enumerate|zip|isinstance|min|max|int|float|bool|str|id|sum|any|all|next|iter"
          + "|tuple|list|set|dict|sorted";

  /// They ask what a call is for, and nothing where none is made but of such.
  private static final Set<HotspotType> OF_CALLS =
      Set.of(HotspotType.HOIST, HotspotType.FUNCALL, HotspotType.DEAD_WORK);

  private TypeQuestion() {}

  /// Empty where the line has nothing to ask about.
  static Optional<String> of(TypeRules rules, Spot spot) {
    boolean small =
        !spot.calls().isEmpty() && spot.calls().stream().allMatch(c -> c.callee().matches(SMALL));
    if (small && OF_CALLS.contains(rules.type())) {
      return Optional.empty();
    }
    if (rules.question().contains("{walked}") && walked(spot).isEmpty()) {
      return Optional.empty();
    }
    var text =
        rules
            .question()
            .replace("{value}", Spot.quote(value(spot)))
            .replace("{result}", result(spot))
            .replace("{walked}", walked(spot).map(Spot::quote).orElse(""))
            .replace("{function}", "`" + spot.function().name() + "`");
    return Optional.of(rules.type() == HotspotType.HOIST ? text + writers(spot) : text);
  }

  /// What the line computes: its first call of more than Python's own small ones, else its first
  /// call, else its right-hand side, else itself.
  private static Node value(Spot spot) {
    return spot.calls().stream()
        .filter(c -> !c.callee().matches(SMALL))
        .findFirst()
        .or(() -> spot.calls().stream().findFirst())
        .map(Call::node)
        .or(spot::value)
        .or(() -> spot.statement().child("condition"))
        .orElse(spot.statement());
  }

  private static String result(Spot spot) {
    return spot.assigned()
        .map(Spot::quote)
        .orElseGet(
            () ->
                spot.statement().is("expression_statement")
                    ? "the effect of " + Spot.quote(value(spot))
                    : "what " + Spot.quote(value(spot)) + " gives");
  }

  /// What is gone over: what is searched, else what the first call is given, else what the loop
  /// runs over.
  private static Optional<Node> walked(Spot spot) {
    return spot.nodes("comparison_operator").stream()
        .filter(Membership::is)
        .map(Membership::container)
        .findFirst()
        .or(() -> spot.headed().or(() -> spot.loops().stream().findFirst()).map(Loop::iterable))
        .or(
            () ->
                spot.nodes().stream()
                    .filter(n -> n.is("for_in_clause"))
                    .flatMap(n -> n.child("right").stream())
                    .findFirst())
        .or(() -> spot.calls().stream().flatMap(c -> c.argument(0).stream()).findFirst())
        .filter(n -> !n.is("tuple", "list", "set"));
  }

  /// " Nothing in `step` assigns `self.tables`; `preempt` does."
  private static String writers(Spot spot) {
    var owner = spot.function().owner();
    var path =
        Names.readIn(value(spot)).stream()
            .filter(p -> p.matches("self\\.\\w+.*"))
            .sorted()
            .findFirst();
    if (owner.isEmpty() || path.isEmpty()) {
      return "";
    }
    var attribute = "self." + path.get().split("\\.")[1];
    var writing =
        owner.get().methods().stream()
            .filter(m -> !m.name().equals("__init__") && m.node().text().contains(attribute))
            .filter(m -> writes(m, attribute))
            .map(PythonFunction::name)
            .distinct()
            .toList();
    boolean here = writing.contains(spot.function().name());
    var others = writing.stream().filter(n -> !n.equals(spot.function().name())).toList();
    return " %s in `%s` assigns `%s`; %s."
        .formatted(
            here ? "A line" : "Nothing",
            spot.function().name(),
            attribute,
            others.isEmpty()
                ? "no other method of its class but the constructor does"
                : listed(others) + (others.size() == 1 ? " does" : " do"));
  }

  private static boolean writes(PythonFunction method, String attribute) {
    return Names.writtenIn(method.body()).stream()
        .anyMatch(w -> w.equals(attribute) || w.startsWith(attribute + "."));
  }

  private static String listed(List<String> names) {
    return names.stream().limit(3).map(n -> "`" + n + "`").collect(Collectors.joining(", "))
        + (names.size() > 3 ? " and %d more".formatted(names.size() - 3) : "");
  }
}

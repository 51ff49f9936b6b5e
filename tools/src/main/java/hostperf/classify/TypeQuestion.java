package hostperf.classify;

import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.Membership;
import hostperf.classify.facts.SameFacts;
import hostperf.classify.facts.Spot;
import hostperf.classify.facts.TypeRules;
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

  /// Calls that give a number.
  private static final String NUMBER = "size|numel|dim|item|index|count|bit_length|prod|mean";

  /// These take longer the longer the container is.
  private static final String WALKING_METHODS = "index|count|remove|insert|copy|sort|sorted";

  private static final String CONTAINER_METHODS =
      "list|set|dict|tuple|sorted|frozenset|append|extend|insert|pop|popleft|remove|index|count"
          + "|add|discard|update|copy|keys|values|items|get|sort";

  private static final String[] NOTHING_TO_COMPUTE = {
    "identifier", "none", "true", "false", "integer", "float", "string"
  };

  private TypeQuestion() {}

  /// Empty where the line has nothing to ask about.
  static Optional<String> of(TypeRules rules, Spot spot) {
    boolean small =
        !spot.calls().isEmpty() && spot.calls().stream().allMatch(c -> c.callee().matches(SMALL));
    if (small && OF_CALLS.contains(rules.type())) {
      return Optional.empty();
    }
    var walked = rules.type() == HotspotType.CONTAINER ? container(spot) : walked(spot);
    boolean isAsked =
        switch (rules.type()) {
          case HOIST -> givesValue(spot) && !value(spot).is(NOTHING_TO_COMPUTE);
          case ALLOC -> makesValue(spot);
          case FUNCALL -> !spot.calls().isEmpty();
          case PYLOOP -> spot.headed().isPresent() || comprehended(spot).isPresent();
          case CONTAINER, REDUNDANT_ITER -> walked.isPresent();
          default -> true;
        };
    if (!isAsked) {
      return Optional.empty();
    }
    var text =
        rules
            .question()
            .replace("{value}", Spot.quote(ofLoop(rules, spot).orElseGet(() -> value(spot))))
            .replace("{result}", result(spot))
            .replace("{walked}", walked.map(Spot::quote).orElse(""))
            .replace("{function}", "`" + spot.function().name() + "`");
    return Optional.of(rules.type() == HotspotType.HOIST ? text + writers(spot) : text);
  }

  private static boolean givesValue(Spot spot) {
    return !spot.statement().is("expression_statement") || spot.assigned().isPresent();
  }

  /// Whether the line binds something that is made by it: by a call of more than Python's own small
  /// ones and those that give a number, a display or a comprehension.
  private static boolean makesValue(Spot spot) {
    return spot.assigned().isPresent()
        && (spot.calls().stream().anyMatch(c -> !c.name().matches(SMALL + "|" + NUMBER))
            || spot.value()
                .filter(v -> v.isComprehension() || v.is("list", "dictionary", "set"))
                .isPresent());
  }

  /// What a loop does not change of the line, where that is what the question is about.
  private static Optional<Node> ofLoop(TypeRules rules, Spot spot) {
    return spot.nodes("attribute").stream()
        .filter(_ -> rules.type() == HotspotType.HOIST)
        .filter(a -> SameFacts.isSame(spot, a))
        .findFirst();
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

  /// What is gone over: what is searched, else what the loop or the comprehension runs over.
  private static Optional<Node> walked(Spot spot) {
    return searched(spot)
        .or(() -> spot.headed().map(Loop::iterable))
        .or(() -> comprehended(spot))
        .or(() -> spot.loops().stream().findFirst().map(Loop::iterable))
        .filter(n -> !n.is("tuple", "list", "set"));
  }

  private static Optional<Node> searched(Spot spot) {
    return spot.nodes("comparison_operator").stream()
        .filter(Membership::is)
        .map(Membership::container)
        .findFirst();
  }

  private static Optional<Node> comprehended(Spot spot) {
    return spot.nodes("for_in_clause").stream().flatMap(c -> c.child("right").stream()).findFirst();
  }

  /// What the line searches, copies or changes, as far as it has a name.
  private static Optional<Node> container(Spot spot) {
    return searched(spot)
        .or(() -> spot.headed().map(Loop::iterable))
        .or(() -> comprehended(spot))
        .or(() -> givenTo(spot, WALKING_METHODS))
        .or(() -> givenTo(spot, CONTAINER_METHODS))
        .filter(c -> Names.path(c).isPresent());
  }

  private static Optional<Node> givenTo(Spot spot, String methods) {
    return spot.calls().stream()
        .filter(c -> c.name().matches(methods))
        .flatMap(c -> c.receiver().or(() -> c.argument(0)).stream())
        .findFirst();
  }

  /// " Nothing in `step` changes `self.tables`; `preempt` of `Scheduler` does."
  private static String writers(Spot spot) {
    var owner = spot.function().owner();
    var attribute =
        Names.readIn(value(spot)).stream()
            .filter(p -> p.matches("self\\.\\w+.*"))
            .map(p -> p.split("\\.")[1])
            .filter(a -> owner.filter(o -> o.method(a).isPresent()).isEmpty())
            .sorted()
            .findFirst();
    if (owner.isEmpty() || attribute.isEmpty()) {
      return "";
    }
    var path = "self." + attribute.get();
    var writing =
        owner.get().methods().stream()
            .filter(m -> m.node().text().contains(path) && writes(m, path))
            .map(PythonFunction::name)
            .distinct()
            .toList();
    var name = spot.function().name();
    var others = writing.stream().filter(n -> !n.equals(name)).toList();
    var of = "of `" + owner.get().name() + "`";
    boolean here = writing.contains(name);
    var does = others.size() == 1 ? "does" : "do";
    return " %s in `%s` changes `%s`; %s."
        .formatted(
            here ? "A line" : "Nothing",
            name,
            path,
            others.isEmpty()
                ? "no other method " + of + " does"
                : here
                    ? "so " + does + " " + listed(others) + " " + of
                    : listed(others) + " " + of + " " + does);
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

package hostperf.classify;

import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.Membership;
import hostperf.classify.facts.Spot;
import hostperf.classify.facts.TypeRules;
import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A type's question about one line, with the line's own names in it, and what is known of who
/// changes them.
final class TypeQuestion {
  /// Python's own, of which nobody wonders what they give.
  private static final String SMALL =
      "len|range|enumerate|zip|isinstance|min|max|int|float|bool|str|id|sum|any|all|next|iter"
          + "|tuple|list|set|dict|sorted";

  /// Calls that give a number.
  private static final String NUMBER = "size|numel|dim|item|index|count|bit_length|prod|mean";

  /// Those that take longer the longer the container is, first.
  private static final List<String> OF_CONTAINERS =
      List.of(
          "index|count|remove|insert|copy|sort|sorted",
          "list|set|dict|tuple|frozenset|append|extend|pop|popleft|add|discard|update|keys|values"
              + "|items|get");

  private static final String[] PLAIN = {
    "identifier", "none", "true", "false", "integer", "float", "string"
  };

  private TypeQuestion() {}

  /// Empty where the line has nothing that the question is about.
  static Optional<String> of(TypeRules rules, Spot spot) {
    boolean isAsked =
        switch (rules.type()) {
          case HOIST -> !isSmall(spot) && givesValue(spot) && !value(spot).is(PLAIN);
          case ALLOC -> makesValue(spot);
          case FUNCALL, COMM -> !isSmall(spot) && !spot.calls().isEmpty();
          case DEAD_WORK -> !isSmall(spot);
          case PYLOOP, CONTAINER, REDUNDANT_ITER -> walked(rules.type(), spot).isPresent();
          default -> true;
        };
    return isAsked ? Optional.of(asked(rules, spot)) : Optional.empty();
  }

  /// The question, whether or not the line has what it is about.
  static String asked(TypeRules rules, Spot spot) {
    var text =
        rules
            .question()
            .replace("{value}", Spot.quote(value(spot)))
            .replace("{result}", result(spot))
            .replace("{walked}", walked(rules.type(), spot).map(Spot::quote).orElse("it"))
            .replace("{function}", "`" + spot.function().name() + "`");
    return rules.type() == HotspotType.HOIST ? text + writers(spot) : text;
  }

  private static boolean isSmall(Spot spot) {
    return !spot.calls().isEmpty()
        && spot.calls().stream().allMatch(c -> c.callee().matches(SMALL));
  }

  private static boolean givesValue(Spot spot) {
    return !spot.statement().is("expression_statement") || spot.assigned().isPresent();
  }

  /// Whether the line binds what it makes: by a call of more than Python's own small ones and those
  /// that give a number, by a display or by a comprehension.
  private static boolean makesValue(Spot spot) {
    return spot.assigned().isPresent()
        && (spot.calls().stream().anyMatch(c -> !c.name().matches(SMALL + "|" + NUMBER))
            || spot.value()
                .filter(v -> v.isComprehension() || v.is("list", "dictionary", "set"))
                .isPresent());
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
                (givesValue(spot) ? "what %s gives" : "the effect of %s")
                    .formatted(Spot.quote(value(spot))));
  }

  /// What is gone over by a loop or a comprehension; of a container also what is searched, and what
  /// a method is called on, where that has a name.
  private static Optional<Node> walked(HotspotType type, Spot spot) {
    var walked =
        iterated(spot.headed().stream())
            .or(
                () ->
                    spot.nodes("for_in_clause").stream()
                        .flatMap(c -> c.child("right").stream())
                        .findFirst());
    return switch (type) {
      case CONTAINER ->
          spot.nodes("comparison_operator").stream()
              .filter(Membership::is)
              .map(Membership::container)
              .findFirst()
              .or(() -> walked)
              .or(() -> OF_CONTAINERS.stream().flatMap(m -> givenTo(spot, m)).findFirst())
              .filter(c -> Names.path(c).isPresent());
      case REDUNDANT_ITER ->
          walked
              .or(() -> iterated(spot.loops().stream()))
              .filter(n -> !n.is("tuple", "list", "set"));
      default -> walked.filter(n -> !n.is("tuple", "list", "set"));
    };
  }

  /// A `while` has a condition and walks over nothing.
  private static Optional<Node> iterated(Stream<Loop> loops) {
    return loops.filter(l -> !l.isWhile()).map(Loop::iterable).findFirst();
  }

  private static Stream<Node> givenTo(Spot spot, String methods) {
    return spot.calls().stream()
        .filter(c -> c.name().matches(methods))
        .flatMap(c -> c.receiver().or(() -> c.argument(0)).stream());
  }

  /// " Nothing in `step` changes `self.tables`; `preempt` of `Scheduler` does."
  private static String writers(Spot spot) {
    var owner = spot.function().owner();
    var path =
        Names.readIn(value(spot)).stream()
            .filter(p -> p.matches("self\\.\\w+.*"))
            .map(p -> p.split("\\.")[1])
            .filter(a -> owner.filter(o -> o.method(a).isPresent()).isEmpty())
            .sorted()
            .findFirst()
            .map("self."::concat);
    if (owner.isEmpty() || path.isEmpty()) {
      return "";
    }
    var writing =
        owner.get().methods().stream()
            .filter(m -> m.node().text().contains(path.get()) && writes(m, path.get()))
            .map(PythonFunction::name)
            .distinct()
            .toList();
    var name = spot.function().name();
    var others = writing.stream().filter(n -> !n.equals(name)).toList();
    boolean here = writing.contains(name);
    return " %s in `%s` changes `%s`; %s of `%s` %s%s."
        .formatted(
            here ? "A line" : "Nothing",
            name,
            path.get(),
            others.isEmpty() ? "no other method" : listed(others),
            owner.get().name(),
            others.size() > 1 ? "do" : "does",
            here && !others.isEmpty() ? ", too" : "");
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

package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Node;
import hostperf.source.Statements;

/// What loops a line heads or stands in, and whether they compute element by element.
final class LoopFacts {
  /// A body of more statements does more with an element than to compute with it.
  private static final int MOST = 12;

  private static final String[] COMPREHENSIONS = {
    "list_comprehension", "dictionary_comprehension", "set_comprehension", "generator_expression"
  };

  private LoopFacts() {}

  static void add(Spot spot, FactList facts) {
    spot.headed()
        .or(() -> spot.loops().stream().filter(l -> l.node().is("for_statement")).findFirst())
        .ifPresent(loop -> add(spot, loop, facts));
    Statements.own(spot.statement()).stream()
        .filter(n -> n.is(COMPREHENSIONS) && spot.nodes().stream().anyMatch(n::contains))
        .forEach(
            n -> facts.seen(Known.COMPREHENSION, "%s iterates over its elements in Python", n));
  }

  private static void add(Spot spot, Loop loop, FactList facts) {
    boolean heads = spot.headed().isPresent();
    facts.seen(
        heads ? Known.LOOP_HEAD : Known.IN_LOOP,
        heads ? "The line is the head of a loop over %s" : "It runs in the loop over %s",
        loop.iterable());
    var over = Call.of(loop.iterable());
    if (over.filter(c -> c.isNamed("range", "zip", "enumerate")).isPresent()) {
      facts.seen(Known.COUNTED_LOOP, "The loop counts or pairs elements: %s", loop.iterable());
    }
    boolean walksArray =
        isArray(spot, loop.iterable())
            || over.filter(c -> c.isNamed("zip", "enumerate", "reversed"))
                .filter(c -> c.positional().stream().anyMatch(a -> isArray(spot, a)))
                .isPresent();
    boolean counts = over.filter(c -> c.isNamed("range")).isPresent();
    if (walksArray
        || fillsArray(spot, loop)
        || (counts ? elements(loop) >= 2 : isScalarWork(loop))) {
      facts.seen(
          Known.ELEMENTWISE,
          "The loop over %s at line %s works on one element per iteration",
          loop.iterable(),
          loop.node().line());
    }
  }

  private static boolean isArray(Spot spot, Node node) {
    return spot.device(node).isArray() || node.text().endsWith(".tolist()");
  }

  /// `rows[i] = …` on each turn, with `rows` a numpy array or a tensor on the host.
  private static boolean fillsArray(Spot spot, Loop loop) {
    return loop.body().stream()
        .flatMap(b -> b.find("subscript"))
        .filter(s -> s.field().equals("left"))
        .filter(s -> s.all("subscript").stream().anyMatch(i -> isTurns(loop, i)))
        .anyMatch(s -> s.child("value").filter(v -> isArray(spot, v)).isPresent());
  }

  /// How many elements the body takes by what the loop counts.
  private static long elements(Loop loop) {
    return loop.body().stream()
        .flatMap(b -> b.find("subscript"))
        .filter(
            s ->
                s.all("subscript").stream()
                    .filter(i -> !i.is("slice"))
                    .anyMatch(i -> i.find("identifier").anyMatch(n -> isTurns(loop, n))))
        .count();
  }

  private static boolean isTurns(Loop loop, Node name) {
    return loop.names().contains(name.text());
  }

  /// The body is short and computes with the element itself, a number as it seems.
  private static boolean isScalarWork(Loop loop) {
    var uses =
        loop.body().stream()
            .flatMap(b -> b.find("identifier"))
            .filter(n -> isTurns(loop, n))
            .map(n -> n.parent().orElse(n))
            .toList();
    return loop.body().stream().flatMap(Node::tree).filter(Statements::isStatement).count() <= MOST
        && uses.stream().filter(LoopFacts::isComputed).count() >= 2
        && uses.stream().noneMatch(p -> p.is("attribute"));
  }

  private static boolean isComputed(Node use) {
    return use.is("binary_operator", "augmented_assignment", "unary_operator")
        || (use.is("comparison_operator") && !use.text().matches("(?s).*\\b(in|is)\\b.*"));
  }
}

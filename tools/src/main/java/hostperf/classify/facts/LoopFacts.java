package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.List;

/// What loops a line heads or stands in, and what they walk.
final class LoopFacts {
  /// A body of more statements does more with an element than to compute with it.
  private static final int MOST = 12;

  private static final String[] COMPREHENSIONS = {
    "list_comprehension", "dictionary_comprehension", "set_comprehension", "generator_expression"
  };

  private final Spot spot;
  private final FactList facts;

  private LoopFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.facts = facts;
  }

  static void add(Spot spot, FactList facts) {
    var loops = new LoopFacts(spot, facts);
    var around =
        spot.headed()
            .or(() -> spot.loops().stream().filter(l -> l.node().is("for_statement")).findFirst());
    around.ifPresent(loops::loop);
    if (around.isEmpty()
        && !spot.statement().is("while_statement")
        && spot.loops().isEmpty()
        && spot.nodes().stream().noneMatch(n -> n.is("for_in_clause"))
        && spot.statement().ancestor("while_statement").isEmpty()
        && spot.calls().isEmpty()) {
      facts.seen(Known.NO_LOOP, "No loop or call runs at the line or around it");
    }
    loops.comprehensions();
    loops.slices();
  }

  private void loop(Loop loop) {
    boolean heads = spot.headed().isPresent();
    facts.seen(
        heads ? Known.LOOP_HEAD : Known.IN_LOOP,
        heads ? "The line is the head of a loop over %s" : "It runs in the loop over %s",
        loop.iterable());
    var over = Call.of(loop.iterable());
    if (over.filter(c -> c.isNamed("range", "zip", "enumerate")).isPresent()) {
      facts.seen(Known.COUNTED_LOOP, "The loop counts or pairs elements: %s", loop.iterable());
    }
    if (isElementwise(loop)) {
      facts.seen(
          Known.ELEMENTWISE,
          "The loop over %s at line %s works on one element per iteration",
          loop.iterable(),
          loop.node().line());
    }
    if (filters(loop) && isUpToFilter(loop)) {
      filtered(loop);
    }
    if (heads) {
      walkedBefore(loop);
    }
  }

  private void filtered(Loop loop) {
    boolean again =
        spot.function().loopsAround(loop.node()).stream()
            .anyMatch(o -> Names.isInvariant(loop.iterable(), o));
    if (again) {
      facts.seen(
          Known.RESCANS,
          "The loop over %s at line %s starts over in each iteration of the outer loop",
          loop.iterable(),
          loop.node().line());
    }
    var turns = Turns.of(spot, loop);
    if (turns.isSearch()) {
      facts.measured(Known.FILTERS, "%s", turns.words(loop));
    }
  }

  /// Past the test, a statement belongs to an element that was looked for.
  private boolean isUpToFilter(Loop loop) {
    return loop.body().stream()
        .flatMap(b -> b.items().stream())
        .filter(s -> s.is("if_statement"))
        .reduce((_, later) -> later)
        .filter(s -> spot.statement().start() <= s.start() || s.contains(spot.statement()))
        .isPresent();
  }

  /// Whether the body only does something for some elements: it begins with an `if` that leaves, or
  /// is nothing but an `if`, names that are looked up for the test left out.
  private static boolean filters(Loop loop) {
    var body =
        loop.body().stream()
            .flatMap(b -> b.items().stream())
            .dropWhile(LoopFacts::isLookup)
            .toList();
    if (body.isEmpty() || !body.getFirst().is("if_statement")) {
      return false;
    }
    var leaves =
        body.getFirst().child("consequence").stream()
            .flatMap(c -> c.items().stream())
            .reduce((_, later) -> later)
            .filter(l -> l.is("continue_statement", "break_statement", "return_statement"));
    return leaves.isPresent()
        || (body.size() == 1 && body.getFirst().child("alternative").isEmpty());
  }

  private static boolean isLookup(Node statement) {
    return statement.is("expression_statement")
        && statement.items().stream().allMatch(e -> e.is("assignment"));
  }

  /// An earlier loop over the same collection, unchanged in between as far as its name tells.
  private void walkedBefore(Loop second) {
    var path = Names.path(second.iterable());
    spot.function().loops().stream()
        .filter(l -> l.node().is("for_statement") && l.node().start() < second.node().start())
        .filter(l -> !l.node().contains(second.node()))
        .filter(l -> l.iterable().text().equals(second.iterable().text()))
        .filter(
            l ->
                path.isPresent()
                    && spot.names().bindings(path.get()).stream()
                        .map(b -> b.node().start())
                        .noneMatch(s -> s > l.node().start() && s < second.node().start()))
        .findFirst()
        .ifPresent(
            first ->
                facts.seen(
                    Known.WALKED_BEFORE,
                    "The loop over %s follows one over the same at line %s: they had %s and %s hits",
                    second.iterable(),
                    first.node().line(),
                    spot.hitsOf(first.node()),
                    spot.hits()));
  }

  private boolean isElementwise(Loop loop) {
    var iterable = Call.of(loop.iterable());
    boolean arrays =
        isArray(loop.iterable())
            || iterable
                .filter(c -> c.isNamed("zip", "enumerate", "reversed"))
                .filter(c -> c.positional().stream().anyMatch(this::isArray))
                .isPresent();
    boolean counted = iterable.filter(c -> c.isNamed("range")).isPresent();
    return arrays
        || fillsArray(loop)
        || (counted ? elements(loop.body(), loop) >= 2 : isScalarWork(loop));
  }

  private static long elements(List<Node> nodes, Loop loop) {
    return nodes.stream()
        .flatMap(b -> b.find("subscript"))
        .filter(
            s ->
                s.all("subscript").stream()
                    .filter(i -> !i.is("slice"))
                    .anyMatch(i -> i.find("identifier").anyMatch(n -> names(loop, n))))
        .count();
  }

  private static boolean names(Loop loop, Node node) {
    return loop.names().contains(node.text());
  }

  private boolean isArray(Node node) {
    return spot.device(node).isArray() || node.text().endsWith(".tolist()");
  }

  /// `rows[i] = …` on each turn, with `rows` a numpy array or a tensor on the host.
  private boolean fillsArray(Loop loop) {
    return loop.body().stream()
        .flatMap(b -> b.find("subscript"))
        .filter(s -> s.field().equals("left"))
        .filter(s -> s.all("subscript").stream().anyMatch(i -> names(loop, i)))
        .anyMatch(s -> s.child("value").filter(this::isArray).isPresent());
  }

  /// The body computes with the element itself, a number as it seems, and searches nothing.
  private static boolean isScalarWork(Loop loop) {
    if (loop.body().stream().flatMap(b -> b.tree()).filter(Statements::isStatement).count()
        > MOST) {
      return false;
    }
    var uses =
        loop.body().stream()
            .flatMap(b -> b.find("identifier"))
            .filter(n -> names(loop, n))
            .map(n -> n.parent().orElse(n))
            .toList();
    long computed =
        uses.stream()
            .filter(
                p ->
                    p.is("binary_operator", "augmented_assignment", "unary_operator")
                        || (p.is("comparison_operator")
                            && !p.text().matches("(?s).*\\b(in|is)\\b.*")))
            .count();
    boolean searches =
        loop.names().size() < 2
            && loop.body().stream().anyMatch(b -> b.find("break_statement").findAny().isPresent());
    return computed >= 2 && uses.stream().noneMatch(p -> p.is("attribute")) && !searches;
  }

  private void comprehensions() {
    for (var list :
        Statements.own(spot.statement()).stream()
            .filter(n -> n.is(COMPREHENSIONS))
            .filter(n -> spot.nodes().stream().anyMatch(n::contains))
            .toList()) {
      facts.seen(Known.COMPREHENSION, "%s iterates over its elements in Python", list);
      if (list.find("if_clause").findAny().isPresent()) {
        facts.seen(Known.FILTERS, "%s tests every element", list);
      }
    }
  }

  /// `x[:i]` with the loop's own counter: each turn takes again what the last one had.
  private void slices() {
    for (var slice : spot.nodes("slice")) {
      boolean counted =
          slice.children().size() == 1
              && spot.loops(slice).stream()
                  .filter(
                      l ->
                          Call.of(l.iterable())
                              .filter(c -> c.isNamed("range", "enumerate"))
                              .isPresent())
                  .anyMatch(l -> slice.find("identifier").anyMatch(n -> names(l, n)));
      if (counted) {
        facts.seen(
            Known.GROWING_SLICE,
            "The slice %s grows with each iteration, so elements are taken again and again",
            slice.parent().orElse(slice));
      }
    }
  }
}

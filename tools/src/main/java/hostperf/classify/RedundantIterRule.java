package hostperf.classify;

import static hostperf.classify.HotspotType.REDUNDANT_ITER;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// REDUNDANT_ITER: work goes over the same elements again, or over elements that it skips.
final class RedundantIterRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    scan(spot, found);
    enclosing(spot).ifPresent(l -> rescans(spot, l, found));
    materialised(spot, found);
    readOnce(spot, found);
    aggregated(spot, found);
    growing(spot, found);
    weeded(spot, found);
    visited(spot, found);
    filtered(spot, found);
    return found;
  }

  /// `list.index(x)`, `x in list`: from the head each time.
  private static void scan(Spot spot, List<Finding> found) {
    for (var call : spot.calls()) {
      if (call.isNamed("index") && call.receiver().isPresent() && !call.positional().isEmpty()) {
        found.add(
            Finding.of(
                REDUNDANT_ITER,
                spot.isInLoop(call.node()) ? 0.66 : 0.78,
                "%s searches from the head each time%s"
                    .formatted(quote(call.node()), ifList(spot, call.receiver().orElseThrow()))));
      }
    }
    for (var comparison : spot.nodes("comparison_operator")) {
      if (Membership.inList(spot, comparison)) {
        found.add(
            Finding.of(
                REDUNDANT_ITER,
                spot.isInLoop(comparison) ? 0.6 : 0.76,
                "%s searches from the head%s"
                    .formatted(quote(comparison), ifList(spot, Membership.container(comparison)))));
      }
    }
  }

  /// Nothing where the code shows a list or the like.
  static String ifList(Spot spot, Node container) {
    return Membership.isSeenList(spot, container) ? "" : ", if it is a list";
  }

  private static Optional<Loop> enclosing(Spot spot) {
    var statement = spot.statement();
    return spot.headed().isPresent()
        ? spot.headed()
        : spot.loops().stream()
            .filter(l -> l.node().is("for_statement"))
            .findFirst()
            .filter(l -> isDirectly(statement, l));
  }

  /// Stands in the loop's own block: deeper ones belong to elements that passed a test.
  private static boolean isDirectly(Node statement, Loop loop) {
    return statement
        .ancestors()
        .filter(n -> n.is("block"))
        .findFirst()
        .flatMap(Node::parent)
        .filter(p -> p == loop.node())
        .isPresent();
  }

  private static void rescans(Spot spot, Loop loop, List<Finding> found) {
    var outer = spot.function().loopsAround(loop.node());
    boolean again = outer.stream().anyMatch(o -> Names.isInvariant(loop.iterable(), o));
    boolean filters = filters(loop);
    boolean isTest = spot.statement().is("for_statement", "if_statement");
    if (!isUpToFilter(spot, loop)) {
      return;
    }
    if (again && filters) {
      found.add(
          Finding.of(
              REDUNDANT_ITER,
              0.82,
              "The loop over %s at line %d begins anew on each turn of the loop around it"
                  .formatted(quote(loop.iterable()), loop.node().line())));
    } else if (filters) {
      var turns = Turns.of(spot, loop);
      if (turns.isSearch()) {
        found.add(
            Finding.of(
                REDUNDANT_ITER, !isTest ? 0.5 : outer.isEmpty() ? 0.56 : 0.72, turns.words(loop)));
      }
    }
  }

  /// Past the test, a statement belongs to an element that was looked for.
  private static boolean isUpToFilter(Spot spot, Loop loop) {
    return loop.body().stream()
        .flatMap(b -> b.items().stream())
        .filter(s -> s.is("if_statement"))
        .reduce((_, later) -> later)
        .filter(s -> spot.statement().start() <= s.start() || s.contains(spot.statement()))
        .isPresent();
  }

  /// Whether the body only does something for some elements: an early `continue` or `break`, or
  /// nothing but an `if`.
  private static boolean filters(Loop loop) {
    var body = loop.body().stream().flatMap(b -> b.items().stream()).toList();
    var last = body.isEmpty() ? Optional.<Node>empty() : Optional.of(body.getLast());
    boolean onlyForSome =
        last.filter(s -> s.is("if_statement") && s.child("alternative").isEmpty()).isPresent()
            && body.subList(0, body.size() - 1).stream().allMatch(s -> isPreparation(s));
    return onlyForSome
        || body.stream()
            .dropWhile(RedundantIterRule::isPreparation)
            .limit(1)
            .filter(s -> s.is("if_statement"))
            .anyMatch(
                s ->
                    s.child("consequence").stream()
                        .flatMap(c -> c.items().stream())
                        .reduce((_, later) -> later)
                        .filter(
                            l -> l.is("continue_statement", "break_statement", "return_statement"))
                        .isPresent());
  }

  /// Looks something up for the test that follows.
  private static boolean isPreparation(Node statement) {
    return statement.is("expression_statement")
        && statement.items().stream()
            .allMatch(
                e ->
                    e.is("assignment")
                        && e.child("left")
                            .filter(l -> l.is("identifier", "pattern_list"))
                            .isPresent());
  }

  /// A list built whole, then only read element by element.
  private static void materialised(Spot spot, List<Finding> found) {
    var assignment = spot.assignment();
    var list = spot.value().filter(v -> v.is("list_comprehension"));
    var name = assignment.flatMap(a -> a.child("left")).filter(l -> l.is("identifier"));
    if (list.isEmpty() || name.isEmpty()) {
      return;
    }
    var uses =
        spot.names().uses(name.get().text()).stream()
            .filter(u -> u.start() > list.get().end())
            .toList();
    boolean readInOneLoop =
        !uses.isEmpty()
            && uses.stream().allMatch(u -> isReadOnce(spot, u))
            && uses.stream().map(u -> loopOf(spot, u).node()).distinct().count() == 1;
    if (readInOneLoop) {
      found.add(
          Finding.of(
              REDUNDANT_ITER,
              0.74,
              "The list `%s` is built whole, but only read element by element at line %d"
                  .formatted(name.get().text(), uses.getFirst().line())));
    }
  }

  /// `any(… for … in requests)`, `sum(…)`: a pass over all of them for one value.
  private static void aggregated(Spot spot, List<Finding> found) {
    for (var call : spot.calls()) {
      boolean pass =
          call.argument(0)
              .filter(a -> a.is("generator_expression", "list_comprehension"))
              .isPresent();
      if (pass && List.of("any", "all", "sum", "max", "min", "next").contains(call.callee())) {
        found.add(
            Finding.of(
                REDUNDANT_ITER,
                0.54,
                "%s goes over elements for one value; it %s"
                    .formatted(quote(call.node()), spot.rate())));
      }
    }
  }

  /// The place where such a list is read.
  private static void readOnce(Spot spot, List<Finding> found) {
    for (var subscript : spot.nodes("subscript")) {
      var name = subscript.child("value").filter(v -> v.is("identifier"));
      var built = name.flatMap(spot::bound).filter(v -> v.is("list_comprehension"));
      if (built.isPresent()
          && spot.isInLoop(subscript)
          && spot.names().uses(name.get().text()).stream()
              .filter(u -> u.start() > built.get().end())
              .allMatch(u -> isReadOnce(spot, u))) {
        found.add(
            Finding.of(
                REDUNDANT_ITER,
                0.7,
                "The list behind %s is built whole at line %d, only to be read here"
                    .formatted(quote(subscript), built.get().line())));
      }
    }
  }

  private static boolean isReadOnce(Spot spot, Node use) {
    var parent = use.parent().orElse(use);
    return (parent.is("subscript") && spot.isInLoop(parent))
        || (parent.is("for_statement", "for_in_clause") && use.field().equals("right"));
  }

  private static Loop loopOf(Spot spot, Node use) {
    return spot.loops(use).stream()
        .findFirst()
        .or(() -> spot.function().loops().stream().filter(l -> l.iterable() == use).findFirst())
        .orElseThrow();
  }

  /// `self.x = [v for v in self.x if …]`: all are gone through and copied so that a few may go.
  private static void weeded(Spot spot, List<Finding> found) {
    var target = spot.assigned().map(Node::text).orElse("");
    spot.value()
        .filter(v -> v.is("list_comprehension", "dictionary_comprehension", "set_comprehension"))
        .filter(v -> v.find("if_clause").findAny().isPresent())
        .filter(
            v ->
                v.find("for_in_clause")
                    .flatMap(f -> f.child("right").stream())
                    .anyMatch(r -> r.text().matches(Pattern.quote(target) + "(\\.\\w+\\(\\))?")))
        .ifPresent(
            v ->
                found.add(
                    Finding.of(
                        REDUNDANT_ITER,
                        0.62,
                        "%s goes through all of `%s` and copies it to drop some"
                            .formatted(quote(v), target))));
  }

  /// `[x for x in xs if …]`: all are tested to find some.
  private static void filtered(Spot spot, List<Finding> found) {
    spot.nodes("list_comprehension", "set_comprehension").stream()
        .filter(l -> l.find("if_clause").findAny().isPresent())
        .findFirst()
        .ifPresent(
            l ->
                found.add(
                    Finding.of(
                        REDUNDANT_ITER,
                        0.52,
                        "%s tests every element; it %s".formatted(quote(l), spot.rate()))));
  }

  /// `for request in self.queue:`: all objects are visited, of which nothing else is known.
  private static void visited(Spot spot, List<Finding> found) {
    spot.headed()
        .filter(l -> l.iterable().is("attribute", "identifier") && l.names().size() == 1)
        .filter(l -> !spot.device(l.iterable()).isArray())
        .ifPresent(
            l ->
                found.add(
                    Finding.of(
                        REDUNDANT_ITER,
                        0.45,
                        "The loop goes over the elements of %s; its head %s"
                            .formatted(quote(l.iterable()), spot.rate()))));
  }

  private static boolean isCounted(Loop loop) {
    return Call.of(loop.iterable()).filter(c -> c.isNamed("range", "enumerate")).isPresent();
  }

  /// `x[:i]` or `x[-i:]` with the loop's own counter: each turn takes what the last one had.
  private static void growing(Spot spot, List<Finding> found) {
    for (var slice : spot.nodes("slice")) {
      boolean counts =
          slice.parent().filter(p -> p.is("subscript")).isPresent()
              && slice.children().size() == 1
              && spot.loops(slice).stream()
                  .filter(RedundantIterRule::isCounted)
                  .anyMatch(
                      l -> slice.find("identifier").anyMatch(n -> l.names().contains(n.text())));
      if (counts) {
        found.add(
            Finding.of(
                REDUNDANT_ITER,
                0.76,
                "The slice %s grows with each turn, so elements are taken again and again"
                    .formatted(slice.parent().map(Spot::quote).orElse(quote(slice)))));
      }
    }
  }
}

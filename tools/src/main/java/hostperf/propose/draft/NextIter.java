package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.List;
import java.util.Optional;

/// `list(d.keys())[0]` → `next(iter(d.keys()))`, where `d` is seen to be a container, under a test
/// that it is not empty.
final class NextIter implements Shape {
  @Override
  public String pattern() {
    return "next-iter";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.own()
        .filter(n -> n.is("subscript") && n.all("subscript").size() == 1)
        .filter(n -> n.all("subscript").getFirst().text().equals("0") && !Syntax.isTarget(n))
        .flatMap(
            n ->
                n
                    .child("value")
                    .flatMap(Call::of)
                    .filter(c -> c.callee().equals("list") && c.positional().size() == 1)
                    .map(c -> attempt(spot, n, c))
                    .stream())
        .findFirst()
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(Spot spot, Node element, Call list) {
    var source = list.argument(0).orElseThrow();
    var collection = collection(source);
    if (!spot.pure().isBuiltin(list) || !new Kinds(spot).isReiterable(source)) {
      return Attempt.refused(
          "not_empty",
          "`%s` is not seen to be a container; of an iterator, `list` takes all and `next` one"
              .formatted(Syntax.brief(collection)));
    }
    if (!isTested(spot, element, collection)) {
      return Attempt.refused(
          "not_empty",
          "`%s` is not seen to be non-empty here, and an empty one would raise StopIteration instead of IndexError"
              .formatted(Syntax.brief(collection)));
    }
    return Attempt.draft(
        new Edits(spot.file()).replace(element, "next(iter(%s))".formatted(source.text())),
        List.of("not_empty"),
        "Takes the first element without copying them all.");
  }

  /// `d` of `d.keys()`.
  private static Node collection(Node source) {
    return Call.of(source)
        .filter(c -> c.isNamed("keys", "values", "items") && c.positional().isEmpty())
        .flatMap(Call::receiver)
        .orElse(source);
  }

  /// An `if` or `while` around it holds only for a collection with elements, and nothing between
  /// may have taken them out.
  private static boolean isTested(Spot spot, Node element, Node collection) {
    return element
        .ancestors()
        .takeWhile(a -> !a.is("function_definition", "lambda"))
        .filter(a -> a.is("if_statement", "elif_clause", "while_statement"))
        .anyMatch(
            a ->
                block(a).filter(b -> b.contains(element)).isPresent()
                    && Syntax.conjuncts(a.child("condition").orElseThrow())
                        .anyMatch(c -> meansElements(c, collection.text()))
                    && isKept(spot, block(a).orElseThrow(), element, collection));
  }

  private static Optional<Node> block(Node statement) {
    return statement.child("consequence").or(() -> statement.child("body"));
  }

  /// `d`, `len(d)`, `len(d) > 0`, `len(d) == 2`.
  private static boolean meansElements(Node condition, String collection) {
    var length = "len(" + collection + ")";
    if (condition.text().equals(collection) || condition.text().equals(length)) {
      return true;
    }
    if (!condition.is("comparison_operator")
        || condition.items().size() != 2
        || !condition.items().getFirst().text().equals(length)
        || !condition.items().getLast().is("integer")) {
      return false;
    }
    var operator = condition.all("operators").getFirst().text();
    boolean zero = condition.items().getLast().text().equals("0");
    return zero ? operator.matches(">|!=") : operator.matches(">|>=|==");
  }

  /// The statements of the block before the one with the element leave the collection alone.
  private static boolean isKept(Spot spot, Node block, Node element, Node collection) {
    var before =
        Syntax.statements(block).stream()
            .filter(s -> s.start() < element.start())
            .filter(s -> s != Statements.around(element))
            .toList();
    var stable = Stability.over(before, collection, spot);
    return Names.path(collection).isPresent()
        && stable.broken().isEmpty()
        && stable.seen().contains("no_writer");
  }
}

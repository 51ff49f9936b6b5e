package hostperf.classify;

import hostperf.source.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a line stands in its function.
final class ContextFacts {
  private ContextFacts() {}

  static void add(Spot spot, FactList facts) {
    var function = spot.function();
    if (Scopes.isPerLayer(function)) {
      facts.named(
          Known.PER_LAYER, "`%s` runs in every layer, by its name", function.qualifiedName());
    }
    if (function.isAsync()) {
      facts.seen(Known.IN_ASYNC, "`%s` runs on an event loop", function.name());
    }
    var statement = spot.statement();
    if (statement.is("expression_statement")
        && spot.onlyItem().filter(i -> i.is("call", "await")).isPresent()) {
      facts.seen(Known.CALL_ALONE, "The line is a call whose result is not used");
    }
    condition(statement).ifPresent(text -> facts.seen(Known.UNDER_TEST, "%s", text));
  }

  /// The innermost condition that decides whether a statement runs, with its side: below `else`,
  /// and for the test of an `elif`, those above do not hold.
  private static Optional<String> condition(Node statement) {
    var around =
        Stream.concat(Stream.of(statement), statement.ancestors())
            .takeWhile(n -> !n.is("for_statement", "while_statement", "function_definition"))
            .toList();
    for (int i = 1; i < around.size(); i++) {
      var inner = around.get(i - 1);
      var outer = around.get(i);
      if (outer.is("if_statement", "elif_clause") && inner.field().equals("consequence")) {
        return outer.child("condition").map(c -> "It runs under the condition " + Spot.quote(c));
      }
      if (outer.is("if_statement") && inner.field().equals("alternative")) {
        var above = conditionsAbove(outer, inner);
        return Optional.of(
            above.size() == 1
                ? "It runs where the condition %s does not hold".formatted(above.getFirst())
                : "It runs where none of the conditions %s holds"
                    .formatted(String.join(", ", above)));
      }
    }
    return Optional.empty();
  }

  private static List<String> conditionsAbove(Node chain, Node alternative) {
    return Stream.concat(
            Stream.of(chain),
            chain.all("alternative").stream().filter(a -> a.start() < alternative.start()))
        .flatMap(n -> n.child("condition").stream())
        .map(Spot::quote)
        .toList();
  }
}

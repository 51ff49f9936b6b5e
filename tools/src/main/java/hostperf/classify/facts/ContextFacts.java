package hostperf.classify.facts;

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
  }
}

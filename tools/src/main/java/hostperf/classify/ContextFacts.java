package hostperf.classify;

import hostperf.source.Device;
import hostperf.source.Node;

/// Where a line stands and what the names around it suggest; all but the syntax only named.
final class ContextFacts {
  private ContextFacts() {}

  static void add(Spot spot, FactList facts) {
    var function = spot.function();
    var owner = function.owner().map(c -> c.name()).orElse("");
    if (Scopes.isPerLayer(function)) {
      facts.named(
          Known.PER_LAYER, "`%s` runs in every layer, by its name", function.qualifiedName());
    }
    if (owner.matches("\\w*Scheduler(Base|Impl|Mixin|V\\d+)?")) {
      facts.named(Known.IN_SCHEDULER, "`%s` schedules requests, by its name", owner);
    }
    if ((owner + function.name()).matches("(?i).*metadata.*")) {
      facts.named(
          Known.IN_METADATA,
          "`%s` prepares the step's metadata, by its name",
          function.qualifiedName());
    }
    if (function.isAsync()) {
      facts.seen(Known.IN_ASYNC, "`%s` runs on an event loop", function.name());
    }
    named(spot, "(?i)(\\w+_)?(hidden_states|logits|embeds|embeddings)\\w*")
        .ifPresent(
            n ->
                facts.named(
                    Known.ACTIVATIONS,
                    "%s is named like values that have a row for each token",
                    n));
    named(
            spot,
            "(?i)\\w*(seq_?lens?|seqlens?|lengths?|indices|indptr|start_loc|offsets?)(_cpu|_np)?")
        .ifPresent(
            n ->
                facts.named(
                    Known.LENGTHS,
                    "%s is named like lengths or indices, which many engines keep on the host as well",
                    n));
    var statement = spot.statement();
    if (statement.is("expression_statement")
        && spot.onlyItem().filter(i -> i.is("call", "await")).isPresent()) {
      facts.seen(Known.CALL_ALONE, "The line is a call whose result is not used");
    }
    statement
        .ancestors()
        .takeWhile(n -> !n.is("for_statement", "while_statement", "function_definition"))
        .filter(n -> n.is("if_statement", "elif_clause"))
        .findFirst()
        .flatMap(n -> n.child("condition"))
        .ifPresent(c -> facts.seen(Known.UNDER_TEST, "It runs under the condition %s", c));
  }

  private static java.util.Optional<Node> named(Spot spot, String names) {
    return spot.nodes("identifier").stream()
        .filter(n -> n.text().matches(names))
        .filter(n -> spot.device(n) != Device.PYTHON)
        .findFirst();
  }
}

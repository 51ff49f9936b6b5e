package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.List;

/// Who uses what a line computes, as far as its function shows.
final class UseFacts {
  private final Spot spot;
  private final FactList facts;

  private UseFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.facts = facts;
  }

  static void add(Spot spot, FactList facts) {
    var uses = new UseFacts(spot, facts);
    uses.assigned();
    spot.calls().forEach(uses::logs);
  }

  private void assigned() {
    var target = spot.assigned().filter(l -> l.is("identifier"));
    if (target.isEmpty() || target.get().text().startsWith("_")) {
      return;
    }
    var name = target.get().text();
    var after = spot.names().uses(name).stream().filter(this::isAfter).toList();
    if (after.isEmpty()) {
      unread(name);
      return;
    }
    if (spot.hits() > 0 && after.stream().noneMatch(u -> spot.mayRun(u))) {
      facts.measured(
          Known.READ_WHERE_NOTHING_RAN,
          "`%s` is read only at line %s, which never ran in this profile; the line has %s hits",
          name,
          String.join(
              ", ", after.stream().map(Node::line).distinct().map(String::valueOf).toList()),
          spot.hits());
    }
  }

  /// The value is not needed; what is called for it may be.
  private void unread(String name) {
    if (!isLocal() || spot.calls().stream().anyMatch(c -> CallEffects.areSeen(spot, c))) {
      return;
    }
    var sentence = "No line of `%s` reads `%s` afterwards";
    if (spot.value()
        .filter(v -> spot.callees().effects(spot.function()).onlyReads(v))
        .isPresent()) {
      facts.seen(Known.UNREAD, sentence, spot.function().name(), name);
    } else {
      facts.seen(
          Known.UNREAD_RESULT,
          sentence + "; what else %s does is not known",
          spot.function().name(),
          name,
          spot.value().orElse(spot.statement()));
    }
  }

  /// No other scope sets or reads the function's names, and none outlives a turn of a loop in a way
  /// that the function does not show.
  private boolean isLocal() {
    return spot.function().body().find("global_statement", "nonlocal_statement").findAny().isEmpty()
        && spot.function().calls().stream()
            .noneMatch(c -> List.of("locals", "vars", "eval", "exec").contains(c.callee()));
  }

  /// Later in the text, anywhere in a loop around the statement (`x = f(x)` reads what the turn
  /// before has left), or in a function defined inside, which may run later.
  private boolean isAfter(Node use) {
    return use.start() >= spot.statement().end()
        || spot.loops().stream().anyMatch(l -> l.node().contains(use))
        || use.ancestor("function_definition", "lambda")
            .filter(f -> f != spot.function().node() && !spot.statement().contains(f))
            .isPresent();
  }

  private static boolean isLog(Call call) {
    return (call.isNamed("debug", "info", "warning", "trace")
            || (call.isNamed("log") && call.positional().size() > 1))
        && call.receiver()
            .filter(r -> r.text().matches("(?i)(.*[._])?_?log(ger|ging)?(\\(.*\\))?"))
            .isPresent();
  }

  private void logs(Call call) {
    if (!isLog(call)) {
      return;
    }
    boolean formats =
        call.positional().stream()
            .anyMatch(
                a ->
                    a.is("binary_operator")
                        || a.find("interpolation", "call").findAny().isPresent());
    facts.seen(
        formats ? Known.EAGER_LOG : Known.LOG_CALL,
        formats
            ? "%s evaluates its arguments before the logger checks the level"
            : "%s calls the logger each time",
        call.node());
  }
}

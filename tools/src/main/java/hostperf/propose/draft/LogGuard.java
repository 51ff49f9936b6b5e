package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `if logger.isEnabledFor(logging.DEBUG):` around a log call: the question that the call itself
/// asks first, so that text and moment stay the same.
final class LogGuard {
  /// Below the level that is on where nobody sets one; above it a guard would save nothing.
  private static final List<String> LEVELS = List.of("debug", "info");

  private LogGuard() {}

  /// Whether the call stands under a guard already.
  static boolean isAround(Node call) {
    return call.ancestors()
        .filter(a -> a.is("if_statement"))
        .flatMap(a -> a.child("condition").stream())
        .anyMatch(c -> c.find("attribute").anyMatch(n -> n.text().endsWith(".isEnabledFor")));
  }

  /// Empty where no guard can be put there.
  ///
  /// @param call on a logger that is seen to be the standard library's
  static Optional<Attempt> attempt(Spot spot, Call call) {
    var statement = spot.statement();
    var logger = call.receiver().orElseThrow().text();
    // `logging.debug(…)` also sets the root logger up where nobody has.
    boolean isModule = spot.file().imports().resolve(logger).equals("logging");
    if (isModule
        || !LEVELS.contains(call.name())
        || !importsLogging(spot)
        || !Edits.ownsItsLines(statement)
        || hasTextOverLines(statement)
        || !spot.pure().isPure(call.argument(0).orElseThrow())) {
      return Optional.empty();
    }
    var edits = new Edits(spot.file());
    var guard =
        "if %s.isEnabledFor(logging.%s):".formatted(logger, call.name().toUpperCase(Locale.ROOT));
    var indent = Edits.indent(statement);
    var inner = edits.lines(statement, statement, indent + "    ");
    edits.above(statement, guard + edits.newline() + indent + "    " + inner).remove(statement);
    return Optional.of(
        Attempt.draft(
            edits,
            List.of("std_logging", "values_late", "pure"),
            "Makes the text only when `%s` logs at this level.".formatted(logger)));
  }

  private static boolean importsLogging(Spot spot) {
    return ModuleTop.imports(spot.file()).stream()
            .anyMatch(i -> i.text().matches("import\\s+(.*,\\s*)?logging(\\.\\w+)*(\\s*,.*)?"))
        && spot.names().bindings("logging").isEmpty();
  }

  /// Such a text would get the new indentation into it.
  private static boolean hasTextOverLines(Node statement) {
    return statement.find("string").anyMatch(s -> s.line() != s.endLine());
  }
}

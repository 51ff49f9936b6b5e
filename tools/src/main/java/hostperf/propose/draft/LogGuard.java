package hostperf.propose.draft;

import hostperf.source.Call;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `if logger.isEnabledFor(logging.DEBUG):` around a log call: the question that the call itself
/// asks first, so that text and moment stay the same. An engine's own logger is asked as the map of
/// that engine says.
final class LogGuard {
  /// Below the level that is on where nobody sets one; above it a guard would save nothing.
  private static final List<String> LEVELS = List.of("debug", "info");

  private LogGuard() {}

  /// Empty where no guard can be put there.
  ///
  /// @param call on a logger that is seen to be the standard library's, or an engine's own
  static Optional<Attempt> attempt(Spot spot, Call call) {
    if (!isOpenTo(spot, call)
        || !canAsk(spot, call)
        || !spot.pure().isPure(call.argument(0).orElseThrow())) {
      return Optional.empty();
    }
    var argument = call.argument(0).orElseThrow();
    var edits = new Edits(spot.file());
    put(edits, spot, call);
    return Optional.of(
        Attempt.draft(
            edits,
            spot.pure().isSeen(argument)
                ? List.of("std_logging", "values_late", "pure")
                : List.of("std_logging", "values_late"),
            "Makes the text only when `%s` logs at this level."
                .formatted(call.receiver().orElseThrow().text())));
  }

  /// Whether a guard saves something and can stand there. The module `logging` has no
  /// `isEnabledFor`, and its `debug` also sets the root logger up where nobody has.
  static boolean isOpenTo(Spot spot, Call call) {
    var logger = call.receiver().orElseThrow().text();
    return LEVELS.contains(call.name())
        && spot.logger(logger).map(own -> own.enabled().containsKey(call.name())).orElse(true)
        && !spot.file().imports().resolve(logger).equals("logging")
        && Guarded.canBe(spot.statement());
  }

  static void put(Edits edits, Spot spot, Call call) {
    var receiver = call.receiver().orElseThrow().text();
    Guarded.put(
        edits,
        spot.statement(),
        spot.logger(receiver)
            .map(own -> own.question(receiver, call.name()))
            .orElseGet(
                () ->
                    "%s.isEnabledFor(logging.%s)"
                        .formatted(receiver, call.name().toUpperCase(Locale.ROOT))));
  }

  private static boolean canAsk(Spot spot, Call call) {
    return spot.logger(call.receiver().orElseThrow().text()).isPresent() || importsLogging(spot);
  }

  private static boolean importsLogging(Spot spot) {
    return ModuleTop.imports(spot.file()).stream()
            .filter(i -> i.is("import_statement"))
            .flatMap(i -> i.all("name").stream())
            .anyMatch(n -> n.text().equals("logging") || n.text().startsWith("logging."))
        && spot.names().bindings("logging").isEmpty();
  }
}

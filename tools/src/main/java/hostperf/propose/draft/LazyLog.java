package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// `logger.debug(f"… {x}")` → the same call under `if logger.isEnabledFor(logging.DEBUG):`: the
/// question that the call itself asks first, so that text and moment stay the same.
///
/// For a logger that is seen to be the standard library's, or an engine's own, which is asked as
/// the map of that engine says.
final class LazyLog implements Shape {
  /// Below the level that is on where nobody sets one; above it a guard would save nothing.
  private static final List<String> LEVELS = List.of("debug", "info");

  @Override
  public String pattern() {
    return "lazy-log";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return Syntax.only(site.statement())
        .flatMap(Call::of)
        .filter(c -> LEVELS.contains(c.name()) && isLogger(c) && !c.positional().isEmpty())
        .filter(c -> makesSomething(c) && isOpenTo(site, c) && !isGuarded(site, c))
        .map(c -> attempt(site, c))
        .orElse(Attempt.NO_MATCH);
  }

  private static boolean isLogger(Call call) {
    return call.receiver()
        .filter(r -> r.text().matches("(?i)(self\\._?)?_?log(ger|ging)?"))
        .isPresent();
  }

  /// Something is done before the call sees that its level is off.
  private static boolean makesSomething(Call call) {
    return arguments(call)
        .anyMatch(
            a ->
                a.find("interpolation", "call", "binary_operator").findAny().isPresent()
                    || a.find("for_in_clause").findAny().isPresent());
  }

  private static Stream<Node> arguments(Call call) {
    return call.node().child("arguments").stream().flatMap(a -> a.items().stream());
  }

  /// Whether a guard can stand there. The module `logging` has no `isEnabledFor`, and its `debug`
  /// also sets the root logger up where nobody has.
  private static boolean isOpenTo(DraftSite site, Call call) {
    var logger = call.receiver().orElseThrow().text();
    return site.logger(logger).map(own -> own.enabled().containsKey(call.name())).orElse(true)
        && !site.file().imports().resolve(logger).equals("logging")
        && site.names().bindings("logging").isEmpty()
        && Guarded.canBe(site.statement());
  }

  private static boolean isGuarded(DraftSite site, Call call) {
    var receiver = call.receiver().orElseThrow().text();
    return Guarded.by(call.node(), "isEnabledFor")
        || site.logger(receiver)
            .filter(own -> Guarded.by(call.node(), receiver + "." + own.level()))
            .isPresent();
  }

  private static Attempt attempt(DraftSite site, Call call) {
    var logger = call.receiver().orElseThrow().text();
    if (!isKnown(site, logger)) {
      return Attempt.unknown(
          "std_logging",
          "`%s` is not seen to be a logger of the standard library, so how to ask for its level is not known"
              .formatted(logger));
    }
    var doubtful = arguments(call).filter(a -> !site.effects().onlyReads(a)).findFirst();
    if (doubtful.isPresent()) {
      return Syntax.notPure("pure", doubtful.get(), site.effects());
    }
    var edits = new Edits(site.file());
    if (site.logger(logger).isEmpty()) {
      ModuleTop.addImport(edits, site.file(), "import logging");
    }
    Guarded.put(edits, site.statement(), question(site, call, logger));
    boolean pure = arguments(call).allMatch(site.infallible()::is);
    return Attempt.draft(
        edits,
        pure ? List.of("std_logging", "pure") : List.of("std_logging"),
        "Makes the text only when `%s` logs at this level.".formatted(logger));
  }

  private static String question(DraftSite site, Call call, String logger) {
    return site.logger(logger)
        .map(own -> own.question(logger, call.name()))
        .orElseGet(
            () ->
                "%s.isEnabledFor(logging.%s)"
                    .formatted(logger, call.name().toUpperCase(Locale.ROOT)));
  }

  /// It is an engine's own, or its maker is seen: `logging.getLogger(…)`, or the vLLM and SGLang
  /// habit `init_logger`, which gives a standard logger.
  private static boolean isKnown(DraftSite site, String logger) {
    if (site.logger(logger).isPresent()) {
      return true;
    }
    Optional<Node> value =
        logger.startsWith("self.")
            ? site.function()
                .owner()
                .flatMap(c -> c.attribute(logger.substring(5)))
                .flatMap(a -> a.value())
            : site.file().constant(logger);
    return value
        .flatMap(Call::of)
        .filter(c -> c.resolved().equals("logging.getLogger") || c.name().equals("init_logger"))
        .isPresent();
  }
}

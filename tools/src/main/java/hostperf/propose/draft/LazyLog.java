package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `logger.debug(f"… {x}")` → the same call under `if logger.isEnabledFor(logging.DEBUG):`, or,
/// where no guard can be put there, `logger.debug("… %s", x)`. A call that hands over what is
/// expensive in itself (`request.model_dump_json()`) gets the guard too.
///
/// The guard keeps the text as it is, and makes it when it was made before; handed over, a value
/// may print otherwise by the time that a handler formats it. For a logger that is seen to be the
/// standard library's, or an engine's own that the map of that engine describes; the latter gets
/// the guard or nothing, since it joins its arguments.
final class LazyLog implements Shape {
  /// Calls that turn a whole object into text or plain data, and do nothing else by custom.
  private static final Set<String> EXPENSIVE =
      Set.of(
          "model_dump_json",
          "model_dump",
          "dumps",
          "to_dict",
          "to_json",
          "asdict",
          "pformat",
          "tolist",
          "repr");

  @Override
  public String pattern() {
    return "lazy-log";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return Syntax.only(spot.statement())
        .flatMap(Call::of)
        .filter(c -> c.isNamed("debug", "info", "warning", "error"))
        .filter(
            c ->
                c.receiver()
                    .filter(r -> r.text().matches("(?i)(self\\._?)?_?log(ger|ging)?"))
                    .isPresent())
        .filter(c -> !isGuarded(spot, c))
        .flatMap(
            c ->
                c.positional().size() == 1
                    ? c.argument(0).flatMap(a -> lazy(spot, c, a))
                    : guarded(spot, c))
        .orElse(Attempt.NO_MATCH);
  }

  /// `logger.debug("… %s", request.model_dump_json())`: the text is late, what goes in it is not.
  private static Optional<Attempt> guarded(Spot spot, Call call) {
    var expensive =
        call.positional().stream()
            .skip(1)
            .flatMap(a -> PythonFunction.calls(a).stream())
            .filter(c -> EXPENSIVE.contains(c.name()))
            .toList();
    if (expensive.isEmpty() || !LogGuard.isOpenTo(spot, call)) {
      return Optional.empty();
    }
    var logger = call.receiver().orElseThrow().text();
    if (!isKnown(spot, logger)) {
      return Optional.of(notStandard(logger));
    }
    var unknown =
        call.positional().stream()
            .skip(1)
            .flatMap(a -> PythonFunction.calls(a).stream())
            .filter(c -> !EXPENSIVE.contains(c.name()) && !spot.pure().isPure(c))
            .findFirst();
    if (unknown.isPresent()) {
      return Optional.of(
          Attempt.refused(
              "pure", "`%s` may have an effect".formatted(Syntax.brief(unknown.get().node()))));
    }
    var edits = new Edits(spot.file());
    if (spot.logger(logger).isEmpty()) {
      ModuleTop.addImport(edits, spot.file(), "import logging");
    }
    LogGuard.put(edits, spot, call);
    return Optional.of(
        Attempt.draft(
            edits,
            List.of("std_logging", "values_late"),
            "Calls `%s` only when the level is on."
                .formatted(Syntax.brief(expensive.getFirst().node()))));
  }

  private static Optional<Attempt> lazy(Spot spot, Call call, Node argument) {
    if (isFormatted(argument)) {
      return Optional.of(attempt(spot, call, argument));
    }
    var joined = joined(spot, call, argument);
    return joined.isPresent() ? joined : concatenated(spot, call, argument);
  }

  /// `f"… {x}" + (f"… {y}" if y else "")`: only a guard spares it.
  private static Optional<Attempt> joined(Spot spot, Call call, Node argument) {
    boolean formatted =
        argument.is("binary_operator") && argument.find("interpolation").findAny().isPresent();
    return formatted && isKnown(spot, call.receiver().orElseThrow().text())
        ? LogGuard.attempt(spot, call)
        : Optional.empty();
  }

  /// `"text " + str(x)`.
  private static Optional<Attempt> concatenated(Spot spot, Call call, Node argument) {
    var left = argument.child("left").filter(l -> l.is("string") && Syntax.isLiteral(l));
    var value =
        argument
            .child("right")
            .flatMap(Call::of)
            .filter(c -> c.callee().equals("str") && c.positional().size() == 1)
            .flatMap(c -> c.argument(0))
            .filter(spot.pure()::isPure);
    if (!argument.is("binary_operator") || left.isEmpty() || value.isEmpty()) {
      return Optional.empty();
    }
    var logger = call.receiver().orElseThrow().text();
    if (!isKnown(spot, logger)) {
      return Optional.of(notStandard(logger));
    }
    var guarded = LogGuard.attempt(spot, call);
    if (guarded.isPresent()) {
      return guarded;
    }
    if (spot.logger(logger).isPresent()) {
      return Optional.of(guardOnly(logger));
    }
    var text = left.get().text().replace("%", "%%");
    var quote = text.substring(text.length() - 1);
    var lazy = text.substring(0, text.length() - 1) + "%s" + quote + ", " + value.get().text();
    return Optional.of(
        Attempt.draft(
            new Edits(spot.file()).replace(argument, lazy),
            List.of("std_logging", "pure"),
            "Hands the value to the logger, which formats it only when the level is on."));
  }

  private static boolean isGuarded(Spot spot, Call call) {
    var receiver = call.receiver().orElseThrow().text();
    return Guarded.by(call.node(), "isEnabledFor")
        || spot.logger(receiver)
            .filter(own -> Guarded.by(call.node(), receiver + "." + own.level()))
            .isPresent();
  }

  private static Attempt guardOnly(String logger) {
    return Attempt.refused(
        "std_logging",
        "`%s` is the engine's own logger, which joins its arguments; a guard by its level cannot be drawn up here"
            .formatted(logger));
  }

  private static Attempt notStandard(String logger) {
    return Attempt.refused(
        "std_logging",
        "`%s` is not seen to be a logger of the standard library; guard the call by its level instead"
            .formatted(logger));
  }

  private static boolean isFormatted(Node argument) {
    return argument.is("string", "concatenated_string")
        && argument.find("interpolation").findAny().isPresent();
  }

  private static Attempt attempt(Spot spot, Call call, Node text) {
    var logger = call.receiver().orElseThrow().text();
    if (!isKnown(spot, logger)) {
      return notStandard(logger);
    }
    var guarded = LogGuard.attempt(spot, call);
    if (guarded.isPresent()) {
      return guarded.get();
    }
    if (spot.logger(logger).isPresent()) {
      return guardOnly(logger);
    }
    var strings = text.is("string") ? List.of(text) : text.items();
    var values = new ArrayList<String>();
    var parts = new ArrayList<String>();
    var pure = spot.pure();
    for (var string : strings) {
      var part = rewritten(string, values, pure);
      if (part.isEmpty()) {
        return Attempt.refused(
            "values_late",
            "a value of `%s` is formatted specially, or calls something with an effect"
                .formatted(Syntax.brief(string)));
      }
      parts.add(part.get());
    }
    var edits = new Edits(spot.file());
    for (int i = 0; i < parts.size(); i++) {
      edits.replace(
          strings.get(i),
          parts.get(i) + (i == parts.size() - 1 ? ", " + String.join(", ", values) : ""));
    }
    return Attempt.draft(
        edits,
        List.of("std_logging", "pure"),
        "Hands the values to the logger, which formats them only when the level is on.");
  }

  /// The string with `%s` for each value; none where a value cannot be handed over as it is.
  private static Optional<String> rewritten(Node string, List<String> values, PureCalls pure) {
    var text = new StringBuilder();
    for (var child : string.children()) {
      switch (child.kind()) {
        case "string_start" -> text.append(child.text().replaceAll("[fF]", ""));
        case "string_content" ->
            text.append(child.text().replace("%", "%%").replace("{{", "{").replace("}}", "}"));
        case "string_end" -> text.append(child.text());
        case "interpolation" -> {
          var value = child.child("expression").filter(pure::isPure);
          var conversion =
              child.children().stream()
                  .filter(c -> c.is("type_conversion"))
                  .findFirst()
                  .map(Node::text);
          boolean special =
              child.children().stream().anyMatch(c -> c.is("format_specifier"))
                  || child.text().replaceAll("\\s*}$", "").endsWith("=")
                  || conversion.filter(c -> !c.equals("!r") && !c.equals("!s")).isPresent();
          if (special || value.isEmpty() || value.get().is("expression_list")) {
            return Optional.empty();
          }
          text.append(conversion.filter(c -> c.equals("!r")).isPresent() ? "%r" : "%s");
          values.add(value.get().text());
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(text.toString());
  }

  /// It is an engine's own, or its maker is seen: `logging.getLogger(…)`, or the vLLM and SGLang
  /// habit `init_logger`, which gives a standard logger.
  private static boolean isKnown(Spot spot, String logger) {
    if (spot.file().imports().resolve(logger).equals("logging")
        || spot.logger(logger).isPresent()) {
      return true;
    }
    var value =
        logger.startsWith("self.")
            ? spot.function()
                .owner()
                .flatMap(c -> c.attribute(logger.substring(5)))
                .flatMap(a -> a.value())
            : spot.file().constant(logger);
    return value
        .flatMap(Call::of)
        .filter(c -> c.resolved().equals("logging.getLogger") || c.name().equals("init_logger"))
        .isPresent();
  }
}

package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `re.match(r"…", text)` → a module-level `re.compile(r"…")` and `PATTERN.match(text)`.
final class PrecompileRegex implements Shape {
  private static final Set<String> USES =
      Set.of("match", "search", "fullmatch", "findall", "finditer", "sub", "subn", "split");

  @Override
  public String pattern() {
    return "precompile-regex";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.calls()
        .filter(c -> c.resolved().startsWith("re.") && USES.contains(c.name()))
        .filter(c -> c.positional().size() >= 2)
        .findFirst()
        .map(c -> attempt(spot, c))
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(Spot spot, Call call) {
    var pattern = call.argument(0).orElseThrow();
    if (!pattern.is("string", "concatenated_string")
        || pattern.find("interpolation").findAny().isPresent()) {
      return Attempt.refused(
          "literal", "the pattern `%s` is no literal".formatted(Syntax.brief(pattern)));
    }
    if (call.keyword("flags").isPresent() || call.positional().size() > positions(call)) {
      return Attempt.refused("literal", "flags are given at the call");
    }
    if (ModuleTop.imports(spot.file()).stream()
        .noneMatch(i -> i.text().matches("import re( as \\w+)?"))) {
      return Attempt.refused("literal", "`re` is not imported at module level");
    }
    var name =
        FreshName.of(
            "_" + spot.function().name().replaceFirst("^_+", "").toUpperCase(Locale.ROOT) + "_RE",
            spot.file());
    var module = call.receiver().map(Node::text).orElse("re");
    var edits = new Edits(spot.file());
    ModuleTop.addConstant(
        edits, spot.file(), "%s = %s.compile(%s)".formatted(name, module, pattern.text()));
    edits.replace(call.receiver().orElseThrow(), name);
    edits.replace(pattern.start(), call.argument(1).orElseThrow().start(), "");
    return Attempt.draft(
        edits, List.of("literal"), "Compiles the pattern once, as `%s`.".formatted(name));
  }

  /// Positional arguments that the method of a compiled pattern takes alike, the pattern counted.
  private static int positions(Call call) {
    return switch (call.name()) {
      case "sub", "subn" -> 4;
      case "split" -> 3;
      default -> 2;
    };
  }
}

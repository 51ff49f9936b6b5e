package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// `re.match(r"…", text)` → a module-level `re.compile(r"…")` and `PATTERN.match(text)`; for a
/// pattern that the constructor sets, the compiled one stands beside it.
final class PrecompileRegex implements Shape {
  private static final Set<String> USES =
      Set.of("match", "search", "fullmatch", "findall", "finditer", "sub", "subn", "split");

  @Override
  public String pattern() {
    return "precompile-regex";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return site.calls()
        .filter(c -> c.resolved().startsWith("re.") && USES.contains(c.name()))
        .filter(c -> c.positional().size() >= 2)
        .findFirst()
        .map(c -> attempt(site, c))
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(DraftSite site, Call call) {
    var pattern = call.argument(0).orElseThrow();
    var flags = flags(call);
    if (flags.filter(f -> !isConstant(f)).isPresent()) {
      return Attempt.unknown(
          "literal", "the flags `%s` are not constant".formatted(Syntax.brief(flags.get())));
    }
    if (ModuleTop.imports(site.file()).stream()
        .noneMatch(i -> i.text().matches("import re( as \\w+)?"))) {
      return Attempt.unknown("literal", "`re` is not imported at module level");
    }
    if (isLiteral(pattern)) {
      return ofModule(site, call, pattern, flags);
    }
    var set = Names.path(pattern).flatMap(p -> setOnce(site, p));
    return set.map(s -> ofObject(site, call, s, flags))
        .orElseGet(
            () ->
                Attempt.contradicted(
                    "literal",
                    "the pattern `%s` is not a literal".formatted(Syntax.brief(pattern))));
  }

  private static boolean isLiteral(Node pattern) {
    var bare = pattern.bare();
    return bare.is("string", "concatenated_string")
        && bare.find("interpolation").findAny().isEmpty();
  }

  private static Attempt ofModule(DraftSite site, Call call, Node pattern, Optional<Node> flags) {
    var name =
        FreshName.of(
            "_" + site.function().name().replaceFirst("^_+", "").toUpperCase(Locale.ROOT) + "_RE",
            site.file());
    var edits = new Edits(site.file());
    ModuleTop.addConstant(edits, site.file(), name + " = " + compiled(call, pattern.text(), flags));
    edits.replace(call.receiver().orElseThrow(), name);
    return drafted(call, flags, edits, name);
  }

  /// The pattern is an attribute that the constructor sets: compiled there, beside it.
  private static Attempt ofObject(DraftSite site, Call call, Node set, Optional<Node> flags) {
    var path = call.argument(0).orElseThrow().text();
    var name = path.replaceFirst("^self\\._?", "self._compiled_");
    if (site.file().text().contains(name)) {
      return Attempt.unknown("literal", "`%s` is there already".formatted(name));
    }
    var edits = new Edits(site.file()).below(set, name + " = " + compiled(call, path, flags));
    edits.replace(call.receiver().orElseThrow(), name);
    return drafted(call, flags, edits, name);
  }

  /// The statement of the constructor that sets `self.x` to a literal, where nothing else sets it.
  private static Optional<Node> setOnce(DraftSite site, String path) {
    var attribute =
        Optional.of(path)
            .filter(p -> p.matches("self\\.\\w+"))
            .flatMap(p -> site.function().owner().flatMap(c -> c.attribute(p.substring(5))));
    var statement =
        attribute
            .flatMap(a -> a.value())
            .filter(PrecompileRegex::isLiteral)
            .map(Statements::around)
            .filter(Edits::ownsItsLines);
    long writes =
        java.util.regex.Pattern.compile(
                "\\.%s\\s*(:[^=\\n]*)?=[^=]".formatted(path.substring(path.indexOf('.') + 1)))
            .matcher(site.file().text())
            .results()
            .count();
    return statement.filter(
        s ->
            writes == 1
                && s.ancestor("function_definition")
                    .flatMap(f -> f.child("name"))
                    .filter(n -> n.text().equals("__init__"))
                    .isPresent());
  }

  private static String compiled(Call call, String pattern, Optional<Node> flags) {
    var module = call.receiver().map(Node::text).orElse("re");
    return "%s.compile(%s%s)"
        .formatted(module, pattern, flags.map(f -> ", " + f.text()).orElse(""));
  }

  private static Attempt drafted(Call call, Optional<Node> flags, Edits edits, String name) {
    var arguments = call.node().child("arguments").orElseThrow();
    var kept =
        arguments.items().stream()
            .skip(1)
            .filter(
                a ->
                    flags
                        .filter(f -> a == f || a.is("keyword_argument") && a.contains(f))
                        .isEmpty())
            .map(Node::text)
            .toList();
    edits.replace(arguments, "(" + String.join(", ", kept) + ")");
    return Attempt.draft(
        edits, List.of("literal"), "Compiles the pattern once, as `%s`.".formatted(name));
  }

  private static Optional<Node> flags(Call call) {
    return call.keyword("flags").or(() -> call.argument(positions(call)));
  }

  private static boolean isConstant(Node flags) {
    return flags.text().matches("re\\.[A-Z]+( *\\| *re\\.[A-Z]+)*");
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

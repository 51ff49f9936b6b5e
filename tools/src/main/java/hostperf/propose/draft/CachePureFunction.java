package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// `@functools.cache` on a function of the module without arguments, that asks only what does not
/// change while the process runs: the platform, the device's capability, an environment variable.
///
/// The flagged line lies in the function, or calls it.
final class CachePureFunction implements Shape {
  private static final String FIXED =
      "(?s)(os\\.(getenv|environ\\.get|cpu_count|getpid|path\\.\\w+)|platform\\.\\w+|sys\\.\\w+|shutil\\.which"
          + "|importlib\\.\\w+(\\.\\w+)?|torch\\.cuda\\.(is_available|device_count|get_device_capability|get_device_properties|get_device_name)"
          + "|torch\\.version\\.\\w+|torch\\.backends\\.\\w+(\\.\\w+)*|current_platform\\.\\w+|version\\.parse|int|str|bool|float|len|tuple|any|all|hasattr|getattr|isinstance)";

  private static final int MOST_LEVELS = 2;
  private static final Set<String> OF_TEXT =
      Set.of("lower", "upper", "strip", "split", "startswith", "endswith", "join");

  @Override
  public String pattern() {
    return "cache-pure-function";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    var called =
        site.calls()
            .filter(c -> c.positional().isEmpty() && !c.callee().contains("."))
            .flatMap(c -> site.effects().callees().of(c).stream());
    var function =
        Stream.concat(Stream.of(site.function()), called)
            .filter(CachePureFunction::isNullary)
            .filter(f -> asksOnlyFixed(f, MOST_LEVELS))
            .findFirst();
    return function.map(f -> attempt(site, f)).orElse(Attempt.NO_MATCH);
  }

  private static boolean isNullary(PythonFunction function) {
    return function.parameters().isEmpty()
        && function.owner().isEmpty()
        && !function.isAsync()
        && !function.qualifiedName().contains(".")
        && function.decorators().stream().noneMatch(d -> d.contains("cache"))
        && function.body().find("return_statement").anyMatch(r -> !r.items().isEmpty());
  }

  private static Attempt attempt(DraftSite site, PythonFunction function) {
    if (function
        .body()
        .find("return_statement")
        .flatMap(r -> r.items().stream())
        .anyMatch(
            v ->
                v.is(
                    "list",
                    "dictionary",
                    "set",
                    "list_comprehension",
                    "dictionary_comprehension"))) {
      return Attempt.contradicted(
          "shared_ok",
          "`%s` returns a container that callers could write into".formatted(function.name()));
    }
    var edits = new Edits(site.file());
    var head =
        function.node().parent().filter(p -> p.is("decorated_definition")).orElse(function.node());
    var cache =
        site.file().imports().names().containsValue("functools.lru_cache")
            ? "lru_cache(maxsize=None)"
            : site.file().imports().names().containsValue("functools.cache")
                ? "cache"
                : "functools.cache";
    edits.above(head, "@" + cache);
    if (cache.startsWith("functools.")) {
      ModuleTop.addImport(edits, site.file(), "import functools");
    }
    return Attempt.draft(
        edits,
        new ArrayList<>(List.of("shared_ok", "no_graph", "no_leak")),
        "Remembers the answer of `%s`.".formatted(function.name()));
  }

  private static boolean asksOnlyFixed(PythonFunction function, int levels) {
    var calls = PythonFunction.calls(function.body());
    return calls.stream().allMatch(c -> isFixed(c, function, levels))
        && !calls.isEmpty()
        && Names.readIn(function.body()).stream().allMatch(r -> isFixed(r, function))
        && function.body().tree().noneMatch(CachePureFunction::hasEffect);
  }

  /// What is read does not change: a local name, what a module has that asks the platform, a
  /// function or class, or a constant of this file. A table that others fill is none of them.
  private static boolean isFixed(String read, PythonFunction function) {
    var head = read.split("\\.")[0];
    var file = function.file();
    return !function.names().bindings(head).isEmpty()
        || file.imports().resolve(read).matches(FIXED + "|os\\.environ")
        || file.functions().stream().anyMatch(f -> f.qualifiedName().equals(head))
        || file.classNamed(head).isPresent()
        || file.constant(head).filter(Syntax::isLiteral).isPresent()
            && !function.file().text().contains("global " + head);
  }

  /// Also a function of the same file that asks only what is fixed in its turn.
  private static boolean isFixed(Call call, PythonFunction from, int levels) {
    return call.resolved().matches(FIXED)
        || OF_TEXT.contains(call.name())
            && call.receiver().filter(r -> isText(r, from, levels)).isPresent()
        || levels > 0
            && call.positional().isEmpty()
            && from.file().functions().stream()
                .filter(f -> f.qualifiedName().equals(call.callee()))
                .anyMatch(f -> asksOnlyFixed(f, levels - 1));
  }

  /// A literal, an answer of the surroundings, or a local name that holds one.
  private static boolean isText(Node receiver, PythonFunction from, int levels) {
    return receiver.is("string")
        || Call.of(receiver).filter(c -> isFixed(c, from, levels)).isPresent()
        || from.names()
            .reaching(receiver.text(), receiver)
            .flatMap(Names.Binding::value)
            .filter(v -> v.is("string", "call"))
            .isPresent();
  }

  private static boolean hasEffect(Node node) {
    return node.is(
            "global_statement",
            "nonlocal_statement",
            "yield",
            "delete_statement",
            "function_definition")
        || node.is("assignment")
            && node.child("left").filter(l -> !l.is("identifier", "pattern_list")).isPresent();
  }
}

package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Work that still stands in the file and no longer runs: in a function that became a generator
/// or a coroutine, behind a second definition or a decorator of the file's own, in a loop over
/// nothing.
final class LeftOut {
  private final Version version;
  private final Set<String> ran;
  private final Set<String> definitions;
  private final List<Trait> found = new ArrayList<>();

  private LeftOut(Version version, Set<String> ran) {
    this.version = version;
    this.ran = ran;
    definitions =
        version.nodes().stream()
            .filter(n -> n.is("function_definition", "class_definition"))
            .flatMap(n -> n.child("name").stream())
            .map(Node::text)
            .collect(Collectors.toSet());
  }

  /// @param ran functions whose whole body ran when they were called; see `running`
  static List<Trait> in(Version version, Set<String> ran) {
    var leftOut = new LeftOut(version, ran);
    var defined = new HashSet<String>();
    for (var node : version.nodes()) {
      switch (node.kind()) {
        case "function_definition" -> leftOut.function(node, defined);
        case "for_statement" -> leftOut.loop(node, "right");
        case "while_statement" -> leftOut.loop(node, "condition");
        default -> {}
      }
    }
    return leftOut.found;
  }

  /// The functions of a version that are neither generators nor coroutines.
  static Set<String> running(Version version) {
    return version.nodes().stream()
        .filter(n -> n.is("function_definition") && !waits(n))
        .map(LeftOut::path)
        .collect(Collectors.toSet());
  }

  private void function(Node function, Set<String> defined) {
    var path = path(function);
    var name = function.child("name").map(Node::text).orElse("");
    if (ran.contains(path) && waits(function) && isCalledForItsWork(function, name)) {
      add("makes %s a generator or coroutine: a call alone runs nothing", name, path, function);
    }
    var around = function.parent().filter(p -> p.is("decorated_definition"));
    var decorators =
        around.stream().flatMap(p -> p.items().stream()).filter(d -> d.is("decorator")).toList();
    boolean isPlain =
        decorators.isEmpty()
            && function.parent().filter(p -> p.is("block", "module")).isPresent()
            && function.parent().flatMap(Node::parent).stream()
                .noneMatch(p -> p.is("if_statement", "else_clause", "try_statement"));
    if (!defined.add(path) && isPlain) {
      add("defines %s a second time", name, path, function);
    }
    decorators.stream()
        .filter(_ -> ran.contains(path))
        .filter(this::isOwn)
        .forEach(
            d -> add("puts %s behind a decorator of this file", name, path + Snippets.plain(d), d));
  }

  private boolean isOwn(Node decorator) {
    return decorator.items().stream()
        .map(d -> Call.of(d).flatMap(Call::function).orElse(d))
        .filter(d -> d.is("identifier"))
        .anyMatch(d -> definitions.contains(d.text()));
  }

  /// Whether the file calls it and drops what comes back. A generator that the file does not call
  /// counts as well; a coroutine is awaited elsewhere or Python warns.
  private boolean isCalledForItsWork(Node function, String name) {
    var calls =
        version.nodes().stream()
            .filter(n -> n.is("call"))
            .filter(n -> Call.of(n).filter(c -> c.isNamed(name)).isPresent())
            .toList();
    return calls.isEmpty() && !isAsync(function) || calls.stream().anyMatch(Node::isWholeStatement);
  }

  private static boolean waits(Node function) {
    return isAsync(function)
        || function.child("body").stream()
            .flatMap(b -> b.tree(n -> !n.is("function_definition", "class_definition", "lambda")))
            .anyMatch(n -> n.is("yield"));
  }

  private static boolean isAsync(Node function) {
    return function.children().stream().anyMatch(c -> c.text().equals("async"));
  }

  /// `for _ in range(0):`, `for _ in ():`, `while False:`.
  private void loop(Node loop, String over) {
    loop.child(over)
        .filter(
            o ->
                o.is("false", "none")
                    || o.text().matches("0|\\(\\)|\\[\\]|\\{\\}|\"\"|''|range\\(\\s*0\\s*\\)"))
        .ifPresent(
            o ->
                found.add(
                    Trait.added(
                        Suspicion.FLAGGED_RETURN,
                        "never runs the body of the loop over " + Snippets.quote(o),
                        Snippets.own(loop),
                        loop)));
  }

  private static String path(Node function) {
    return function
        .ancestors()
        .filter(a -> a.is("function_definition", "class_definition"))
        .map(a -> a.child("name").map(Node::text).orElse(""))
        .collect(
            Collectors.joining(
                " in ", function.child("name").map(Node::text).orElse("") + " in ", ""));
  }

  private void add(String what, String name, String key, Node node) {
    found.add(
        Trait.added(
            Suspicion.FLAGGED_RETURN, what.formatted(Snippets.quote(name)), what + key, node));
  }
}

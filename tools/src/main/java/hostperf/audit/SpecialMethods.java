package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Special methods that Python calls by itself and whose answer hides a wrong result or an
/// exception: an object that equals everything, a context that swallows what its body raises.
final class SpecialMethods {
  private static final Set<String> COMPARING =
      Set.of("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__");
  private static final Set<String> LEAVING = Set.of("__exit__", "__aexit__");

  private final List<Trait> found = new ArrayList<>();

  private SpecialMethods() {}

  static List<Trait> in(Version version) {
    var answers = new SpecialMethods();
    version.nodes().forEach(answers::look);
    return answers.found;
  }

  private void look(Node node) {
    switch (node.kind()) {
      case "function_definition" ->
          node.child("name")
              .filter(n -> COMPARING.contains(n.text()) || LEAVING.contains(n.text()))
              .ifPresent(n -> method(n, node));
      case "assignment" ->
          node.child("left")
              .filter(l -> COMPARING.contains(l.text()) || LEAVING.contains(l.text()))
              .ifPresent(
                  l ->
                      add(
                          Suspicion.REFLECTION,
                          "binds " + Snippets.quote(l) + ", which Python calls by itself",
                          node));
      case "call" ->
          Call.of(node)
              .filter(c -> c.isNamed("push"))
              .flatMap(c -> c.argument(0))
              .filter(a -> a.is("lambda"))
              .ifPresent(
                  _ ->
                      add(
                          Suspicion.SWALLOWED_EXCEPTION,
                          "decides on exceptions by " + Snippets.quote(node),
                          node));
      default -> {}
    }
  }

  private void method(Node name, Node function) {
    var returned =
        function
            .find("return_statement")
            .flatMap(r -> r.items().stream().limit(1))
            .filter(v -> !v.is("none", "false", "call", "await"))
            .toList();
    if (LEAVING.contains(name.text()) && !returned.isEmpty()) {
      add(
          Suspicion.SWALLOWED_EXCEPTION,
          "can swallow what the body of a `with` raises, by " + Snippets.quote(returned.getFirst()),
          returned.getFirst());
    }
    if (COMPARING.contains(name.text())
        && function.find("return_statement").count() > 0
        && function
            .find("return_statement")
            .allMatch(r -> r.items().stream().allMatch(v -> v.is("true", "false", "integer")))) {
      add(
          Suspicion.REMOVED_CHECK,
          "answers the same to whatever it is compared with, " + Snippets.quote(name),
          name);
    }
  }

  private void add(Suspicion suspicion, String what, Node node) {
    found.add(Trait.added(suspicion, what, Snippets.function(node) + Snippets.plain(node), node));
  }
}

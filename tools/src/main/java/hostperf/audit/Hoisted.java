package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Names.Binding;
import hostperf.source.Names.Kind;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Texts with what variables of the function stand for: below `seen = set(self.seen)` the condition
/// `x in seen` is `x in self.seen`.
///
/// Only for variables that the function sets once, to a path, a collection of a path, or a call.
final class Hoisted {
  private static final Set<String> COLLECTIONS = Set.of("set", "frozenset", "tuple", "list");

  private Hoisted() {}

  /// As `Snippets.plain`, with what variables stand for.
  static String plain(Node node) {
    var function = node.file().functionAt(node.line());
    if (function.isEmpty()) {
      return Snippets.plain(node);
    }
    var text = new StringBuilder();
    int at = node.start();
    for (var name : node.find("identifier").filter(n -> !Snippets.isMemberOrKeyword(n)).toList()) {
      var value = value(name, function.get());
      if (value.isPresent()) {
        text.append(node.file().text(), at, name.start()).append(value.get());
        at = name.end();
      }
    }
    return at == node.start()
        ? Snippets.plain(node)
        : Snippets.laidOut(text.append(node.file().text(), at, node.end()).toString());
  }

  private static Optional<String> value(Node name, PythonFunction function) {
    var bindings = function.names().bindings(name.text());
    return bindings.size() == 1
        ? Optional.of(bindings.getFirst())
            .filter(b -> b.kind() == Kind.ASSIGNED && b.node().end() <= name.start())
            .flatMap(Binding::value)
            .flatMap(Hoisted::standsFor)
        : Optional.empty();
  }

  private static Optional<String> standsFor(Node value) {
    if (Names.path(value).isPresent()) {
      return Optional.of(Snippets.plain(value));
    }
    var call = Call.of(value);
    return call.filter(c -> c.function().filter(f -> COLLECTIONS.contains(f.text())).isPresent())
        .map(Call::positional)
        .filter(p -> p.size() == 1 && Names.path(p.getFirst()).isPresent())
        .map(List::getFirst)
        .or(() -> call.map(Call::node))
        .map(Snippets::plain);
  }
}

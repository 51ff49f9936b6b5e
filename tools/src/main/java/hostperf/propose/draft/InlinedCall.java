package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Names.Write;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A function that an expression runs, with what its parameters stand for in the caller's names:
/// `self.n` for `self.size()` with `return self.n`.
record InlinedCall(DraftSite inside, Map<String, String> given, int levels) {
  private static final int MOST_LEVELS = 3;

  /// The functions and properties that an expression runs, as far as they are found.
  static List<InlinedCall> of(Node expression, DraftSite site) {
    return of(expression, site, MOST_LEVELS);
  }

  private static List<InlinedCall> of(Node expression, DraftSite site, int levels) {
    if (levels == 0) {
      return List.of();
    }
    var called =
        PythonFunction.calls(expression).stream().flatMap(c -> of(c, site, levels).stream());
    var read = expression.find("attribute").flatMap(a -> ofProperty(a, site, levels));
    return Stream.concat(called, read).toList();
  }

  static Optional<InlinedCall> of(Call call, DraftSite site) {
    return of(call, site, MOST_LEVELS);
  }

  private static Optional<InlinedCall> of(Call call, DraftSite site, int levels) {
    return site.effects()
        .callees()
        .of(call)
        .map(f -> run(f, call.receiver(), call.positional(), site, levels));
  }

  static Stream<InlinedCall> ofProperty(Node attribute, DraftSite site) {
    return ofProperty(attribute, site, MOST_LEVELS);
  }

  private static Stream<InlinedCall> ofProperty(Node attribute, DraftSite site, int levels) {
    return site.effects()
        .callees()
        .property(attribute)
        .map(p -> run(p, attribute.child("object"), List.of(), site, levels));
  }

  private static InlinedCall run(
      PythonFunction function,
      Optional<Node> receiver,
      List<Node> arguments,
      DraftSite site,
      int levels) {
    var names = function.parameters().stream().map(PythonFunction.Parameter::name).toList();
    var given = new HashMap<String, String>();
    boolean method = function.owner().isPresent() && !function.hasDecorator("staticmethod");
    if (method && !names.isEmpty()) {
      receiver.flatMap(Names::path).ifPresent(r -> given.put(names.getFirst(), r));
    }
    int from = method ? 1 : 0;
    for (int i = 0; i < arguments.size() && i + from < names.size(); i++) {
      int at = i + from;
      Names.path(arguments.get(i)).ifPresent(p -> given.put(names.get(at), p));
    }
    return new InlinedCall(site.of(function), given, levels - 1);
  }

  private Node body() {
    return inside.function().body();
  }

  /// Paths that it reads and does not bind itself, in the caller's names.
  Set<String> reads() {
    var found = new LinkedHashSet<String>();
    Stream.concat(
            Names.readIn(body()).stream(),
            of(body(), inside, levels).stream().flatMap(r -> r.reads().stream()))
        .flatMap(p -> outside(p).stream())
        .forEach(found::add);
    return found;
  }

  /// @param isAll whether nothing is called of which it is not known what it changes
  record Writes(Set<Write> known, boolean isAll) {}

  /// What it sets or changes, in the caller's names; what it makes itself is left out.
  Writes writes() {
    var found = new LinkedHashSet<Write>();
    boolean all = true;
    Names.writesIn(body()).stream().flatMap(w -> outside(w).stream()).forEach(found::add);
    for (var call : PythonFunction.calls(body())) {
      var run = levels == 0 ? Optional.<InlinedCall>empty() : of(call, inside, levels);
      if (run.isPresent()) {
        var deeper = run.get().writes();
        deeper.known().stream().flatMap(w -> outside(w).stream()).forEach(found::add);
        all &= deeper.isAll();
      } else {
        all &= inside.effects().onlyReads(call.node()) || Stability.grows(call, inside);
      }
    }
    return new Writes(found, all);
  }

  private Optional<Write> outside(Write write) {
    return outside(write.path()).map(p -> new Write(p, write.isInPlace()));
  }

  /// In the caller's names; none for a local of the function, and for an argument without one.
  private Optional<String> outside(String path) {
    int dot = path.indexOf('.');
    var head = dot < 0 ? path : path.substring(0, dot);
    var rest = dot < 0 ? "" : path.substring(dot);
    if (given.containsKey(head)) {
      return Optional.of(given.get(head) + rest);
    }
    var global =
        body()
            .find("global_statement", "nonlocal_statement")
            .anyMatch(g -> g.text().contains(head));
    boolean local =
        inside.names().bindings(head).stream()
            .anyMatch(b -> b.kind() != Names.Kind.MUTATED && b.kind() != Names.Kind.PARAMETER);
    boolean parameter = inside.function().parameter(head).isPresent();
    return global || !local && !parameter
        ? Optional.of(path)
        : rest.isEmpty() && !parameter ? Optional.empty() : Optional.of("?" + rest);
  }
}

package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Functions that return what an earlier call left behind: they store a value made from their
/// arguments outside the call, and return from that store. A value made of no argument may be kept.
final class Kept {
  private static final Set<String> CACHES =
      Set.of("functools.lru_cache", "functools.cache", "functools.cached_property");

  private final Version version;
  private final List<Trait> found = new ArrayList<>();

  private Kept(Version version) {
    this.version = version;
  }

  static List<Trait> in(Version version) {
    var kept = new Kept(version);
    version.nodes().stream().filter(n -> n.is("function_definition")).forEach(kept::look);
    version.nodes().stream().filter(n -> n.is("call")).forEach(kept::wrapped);
    return kept.found;
  }

  private void look(Node function) {
    var body = function.child("body");
    if (body.isEmpty()) {
      return;
    }
    decorated(function);
    var inside = body.get().tree(n -> !n.is("function_definition", "class_definition")).toList();
    var parameters = parameters(function);
    for (var store : inside) {
      if (store.is("assignment")) {
        stored(store)
            .filter(p -> isOutside(p, parameters, function))
            .filter(p -> !isConverted(p, store) && !isPutBack(p, store, inside))
            .filter(p -> !new CacheKeys(version, function, store, p).byAllArguments())
            .filter(
                _ -> dependsOnCall(store, parameters, inside) || dependsOnState(store, function))
            .ifPresent(p -> returned(p, store, inside));
      }
    }
  }

  private static Set<String> parameters(Node function) {
    var names = new HashSet<String>();
    function.child("parameters").stream()
        .flatMap(p -> p.items().stream())
        .flatMap(p -> p.child("name").or(() -> p.find("identifier").findFirst()).stream())
        .forEach(n -> names.add(n.text()));
    names.remove("self");
    names.remove("cls");
    return names;
  }

  /// The path that an assignment stores to: `self._memo` of `self._memo[key] = out`.
  private static Optional<Node> stored(Node assignment) {
    return assignment
        .child("left")
        .map(l -> l.is("subscript") ? l.child("value").orElse(l) : l)
        .filter(l -> Names.path(l).isPresent());
  }

  /// Whether the path outlives the call: an attribute of `self` or of a module's name, or a default
  /// argument.
  private static boolean isOutside(Node path, Set<String> parameters, Node function) {
    var text = Names.path(path).orElse("");
    var head = text.split("\\.")[0];
    if (head.equals("self") || head.equals("cls")) {
      return text.contains(".");
    }
    if (parameters.contains(head)) {
      return function.child("parameters").stream()
          .flatMap(p -> p.items().stream())
          .filter(p -> p.child("name").filter(n -> n.text().equals(head)).isPresent())
          .flatMap(p -> p.child("value").stream())
          .anyMatch(v -> !v.is("none", "integer", "true", "false", "string", "float"));
    }
    boolean isLocal =
        function.child("body").stream()
            .flatMap(b -> b.find("assignment", "for_statement"))
            .anyMatch(a -> a.child("left").filter(l -> l.text().equals(head)).isPresent());
    boolean isShared =
        function.child("body").stream()
            .flatMap(b -> b.find("global_statement", "nonlocal_statement"))
            .anyMatch(g -> g.items().stream().anyMatch(i -> i.text().equals(head)));
    return isShared || !isLocal && !isOfCallAround(head, function);
  }

  /// A variable of the function around, where this one is only called there: it ends with that
  /// call. One that goes on and on, by `while` or `yield`, has no end.
  private static boolean isOfCallAround(String variable, Node function) {
    var name = function.child("name").map(Node::text).orElse("");
    return function
        .ancestor("function_definition")
        .filter(f -> f.find("while_statement", "yield", "await").findAny().isEmpty())
        .filter(
            f ->
                f.find("assignment")
                    .anyMatch(
                        a -> a.child("left").filter(l -> l.text().equals(variable)).isPresent()))
        .filter(
            f ->
                f.find("identifier")
                    .filter(i -> i.text().equals(name) && !i.field().equals("name"))
                    .allMatch(i -> i.field().equals("function")))
        .isPresent();
  }

  /// `self.table = self.table.to(device)`: what was there is kept in another form.
  private static boolean isConverted(Node path, Node store) {
    return store
        .child("right")
        .flatMap(Call::of)
        .flatMap(Call::receiver)
        .flatMap(Names::path)
        .equals(Names.path(path));
  }

  /// `rows = self.rows.pop(key)`, `self.rows[key] = rows`.
  private static boolean isPutBack(Node path, Node store, List<Node> inside) {
    var value = store.child("right").filter(v -> v.is("identifier")).map(Node::text);
    var of = Set.of(Names.path(path).orElse(""));
    var set =
        inside.stream()
            .filter(n -> n.is("assignment"))
            .filter(
                n ->
                    n.child("left")
                        .map(Node::text)
                        .filter(l -> value.equals(Optional.of(l)))
                        .isPresent())
            .toList();
    return !set.isEmpty()
        && set.stream().allMatch(n -> n.child("right").filter(r -> reads(r, of)).isPresent());
  }

  private static boolean dependsOnCall(Node store, Set<String> parameters, List<Node> inside) {
    var from = new HashSet<>(parameters);
    inside.stream()
        .filter(n -> n.is("assignment", "for_statement"))
        .filter(n -> n.child("right").stream().flatMap(Snippets::names).anyMatch(from::contains))
        .flatMap(n -> n.child("left").stream())
        .flatMap(l -> l.find("identifier"))
        .filter(
            i ->
                i.field().equals("left")
                    || i.parent().filter(p -> p.is("pattern_list", "tuple_pattern")).isPresent())
        .forEach(i -> from.add(i.text()));
    return store.child("right").stream().flatMap(Snippets::names).anyMatch(from::contains);
  }

  /// Whether the value is made of an attribute of `self` that other methods set anew.
  private static boolean dependsOnState(Node store, Node function) {
    return store.child("right").filter(r -> isState(r, function)).isPresent();
  }

  private static boolean readsState(Node function) {
    return function.child("body").filter(b -> isState(b, function)).isPresent();
  }

  private static boolean isState(Node value, Node function) {
    var read =
        Stream.of(value)
            .flatMap(r -> r.find("attribute"))
            .flatMap(a -> Names.path(a).stream())
            .filter(p -> p.startsWith("self."))
            .collect(Collectors.toSet());
    return !read.isEmpty()
        && function.ancestor("class_definition").stream()
            .flatMap(c -> c.find("function_definition"))
            .filter(f -> f != function)
            .filter(f -> f.child("name").filter(n -> n.text().equals("__init__")).isEmpty())
            .flatMap(f -> f.find("assignment", "augmented_assignment"))
            .flatMap(a -> a.child("left").stream())
            .flatMap(l -> Names.path(l).stream())
            .anyMatch(read::contains);
  }

  private void returned(Node path, Node store, List<Node> inside) {
    var text = Names.path(path).orElse("");
    var holders = new HashSet<String>(Set.of(text));
    inside.stream()
        .filter(n -> n.is("assignment", "named_expression"))
        .filter(
            n ->
                n.child("right")
                    .or(() -> n.child("value"))
                    .filter(v -> reads(v, Set.of(text)))
                    .isPresent())
        .flatMap(n -> n.child("left").or(() -> n.child("name")).stream())
        .filter(l -> l.is("identifier"))
        .forEach(l -> holders.add(l.text()));
    inside.stream()
        .filter(n -> n.is("return_statement") && skips(n, store))
        .filter(r -> r.items().stream().anyMatch(v -> reads(v, holders)))
        .findFirst()
        .ifPresent(
            r ->
                found.add(
                    Trait.added(
                        Suspicion.REMEMBERED,
                        "returns what an earlier call stored in " + Snippets.quote(text),
                        Snippets.function(r) + " " + text,
                        r)));
  }

  /// Whether the return can be reached without the store: it stands before it, or behind the
  /// condition that the store is under.
  private static boolean skips(Node wayOut, Node store) {
    return wayOut.start() < store.start()
        || store
            .ancestor("if_statement", "except_clause", "function_definition")
            .filter(a -> !a.is("function_definition") && !a.contains(wayOut))
            .isPresent();
  }

  /// `memo`, `memo[key]`, `memo.get(key)`.
  private static boolean reads(Node value, Set<String> paths) {
    if (Names.path(value).filter(paths::contains).isPresent()) {
      return true;
    }
    if (value.is("subscript")) {
      return value.child("value").filter(v -> reads(v, paths)).isPresent();
    }
    return Call.of(value)
        .filter(c -> c.isNamed("get", "pop", "clone", "copy"))
        .flatMap(Call::receiver)
        .filter(r -> reads(r, paths))
        .isPresent();
  }

  /// A cache over a method does not see that the object has changed in between, and one over a
  /// function that does the work of a step keeps that work.
  private void decorated(Node function) {
    boolean isMethod =
        function.child("parameters").stream()
            .flatMap(p -> p.items().stream().limit(1))
            .anyMatch(p -> p.text().equals("self"));
    function
        .parent()
        .filter(p -> p.is("decorated_definition"))
        .filter(
            _ ->
                isMethod
                    ? parameters(function).size() > 0 || readsState(function)
                    : works(function))
        .stream()
        .flatMap(p -> p.items().stream())
        .filter(d -> d.is("decorator"))
        .filter(
            d ->
                d.find("identifier", "attribute")
                    .flatMap(i -> version.scopes().resolve(i).stream())
                    .anyMatch(CACHES::contains))
        .forEach(
            d ->
                found.add(
                    Trait.added(
                        Suspicion.REMEMBERED,
                        isMethod
                            ? "keeps the results of a method whose object can change"
                            : "keeps the results of a function that hands its arguments on",
                        Snippets.plain(d) + function.child("name").map(Node::text).orElse(""),
                        d)));
  }

  /// `self._step = functools.lru_cache(8)(self.step)`, as the decorator.
  private void wrapped(Node node) {
    var call = Call.of(node).orElseThrow();
    boolean wraps =
        call.function()
            .map(f -> Call.of(f).flatMap(Call::function).orElse(f))
            .filter(f -> version.scopes().resolve(f).stream().anyMatch(CACHES::contains))
            .isPresent();
    if (wraps) {
      call.argument(0)
          .filter(a -> a.is("attribute"))
          .filter(a -> a.child("object").filter(o -> o.text().equals("self")).isPresent())
          .flatMap(Snippets::lastName)
          .flatMap(this::methodNamed)
          .filter(f -> parameters(f).size() > 0 || readsState(f))
          .ifPresent(
              _ ->
                  found.add(
                      Trait.added(
                          Suspicion.REMEMBERED,
                          "keeps the results of a method whose object can change",
                          Snippets.plain(node),
                          node)));
    }
  }

  private Optional<Node> methodNamed(String name) {
    return version.nodes().stream()
        .filter(n -> n.is("function_definition") && n.ancestor("class_definition").isPresent())
        .filter(n -> n.child("name").filter(m -> m.text().equals(name)).isPresent())
        .findFirst();
  }

  /// Whether a function hands an argument that could be anything to a function of the program's.
  private boolean works(Node function) {
    var open =
        function.child("parameters").stream()
            .flatMap(p -> p.items().stream())
            .filter(p -> p.is("identifier"))
            .map(Node::text)
            .collect(Collectors.toSet());
    return function.child("body").stream()
        .flatMap(b -> b.find("call"))
        .flatMap(c -> Call.of(c).stream())
        .filter(c -> c.positional().stream().anyMatch(a -> open.contains(a.text())))
        .flatMap(c -> c.function().stream())
        .filter(f -> f.is("identifier"))
        .anyMatch(f -> version.scopes().resolve(f).stream().allMatch(version::isOwn));
  }
}

package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whether a stored value is found again by every argument that it is made of, and is no work of
/// the program's own: `table[n] = torch.arange(n)`, or `if t is None or t.numel() != n:` above the
/// store.
///
/// A key that says less than the arguments (`len(rows)`), and a call of the program's own that the
/// arguments go into, are another matter: an earlier call's result would stand for this one's.
final class CacheKeys {
  private final Version version;
  private final Node function;
  private final Node store;
  private final Node path;
  private final List<Node> inside;

  CacheKeys(Version version, Node function, Node store, Node path) {
    this.version = version;
    this.function = function;
    this.store = store;
    this.path = path;
    inside =
        function.child("body").stream()
            .flatMap(b -> b.tree(n -> !n.is("function_definition", "class_definition")))
            .toList();
  }

  boolean byAllArguments() {
    var made = new HashSet<String>();
    var values = new HashSet<Node>();
    store.child("right").ifPresent(r -> follow(r, made, values));
    made.retainAll(parameters());
    return !made.isEmpty()
        && (key().containsAll(made) || compared().containsAll(made))
        && values.stream().noneMatch(v -> worksWith(v, made));
  }

  /// The names that a value is made of, by way of the function's variables.
  private void follow(Node value, Set<String> made, Set<Node> values) {
    if (!values.add(value)) {
      return;
    }
    for (var name : Snippets.names(value).toList()) {
      if (made.add(name)) {
        inside.stream()
            .filter(
                n ->
                    n.is("assignment", "augmented_assignment", "for_statement", "named_expression"))
            .filter(n -> n != store && n.start() < store.start())
            .filter(
                n ->
                    n.child("left").or(() -> n.child("name")).stream()
                        .flatMap(Snippets::names)
                        .anyMatch(name::equals))
            .flatMap(n -> n.child("right").or(() -> n.child("value")).stream())
            .forEach(v -> follow(v, made, values));
      }
    }
  }

  private Set<String> parameters() {
    return function.child("parameters").stream()
        .flatMap(p -> p.items().stream())
        .flatMap(p -> p.child("name").or(() -> p.find("identifier").findFirst()).stream())
        .map(Node::text)
        .filter(n -> !n.equals("self") && !n.equals("cls"))
        .collect(Collectors.toSet());
  }

  /// The names that stand in the key as they are: of `table[n, device]`, or of a tuple set before.
  private Set<String> key() {
    return store.child("left").filter(l -> l.is("subscript")).stream()
        .flatMap(l -> l.all("subscript").stream())
        .flatMap(k -> names(k, true).stream())
        .collect(Collectors.toSet());
  }

  private Set<String> names(Node key, boolean mayLookUp) {
    if (key.is("tuple", "parenthesized_expression")) {
      return key.items().stream()
          .flatMap(i -> names(i, mayLookUp).stream())
          .collect(Collectors.toSet());
    }
    if (!key.is("identifier")) {
      return Set.of();
    }
    var set =
        inside.stream()
            .filter(n -> n.is("assignment"))
            .filter(n -> n.child("left").filter(l -> l.text().equals(key.text())).isPresent())
            .toList();
    return set.isEmpty() || !mayLookUp
        ? set.isEmpty() ? Set.of(key.text()) : Set.of()
        : set.size() > 1
            ? Set.of()
            : set.getFirst().child("right").map(r -> names(r, false)).orElse(Set.of());
  }

  /// The names that the condition above the store compares with what is kept, one by one.
  private Set<String> compared() {
    return store
        .ancestors()
        .takeWhile(a -> a != function)
        .filter(a -> a.is("if_statement"))
        .findFirst()
        .flatMap(i -> i.child("condition"))
        .stream()
        .filter(c -> c.find("boolean_operator").allMatch(CacheKeys::isOr))
        .flatMap(c -> c.find("comparison_operator"))
        .filter(c -> c.all("operators").stream().map(Node::text).toList().equals(List.of("!=")))
        .flatMap(c -> c.items().stream())
        .filter(o -> o.is("identifier"))
        .map(Node::text)
        .collect(Collectors.toSet());
  }

  private static boolean isOr(Node operator) {
    return operator.child("operator").filter(o -> o.text().equals("or")).isPresent();
  }

  /// Whether a value calls something of the program's own with an argument.
  private boolean worksWith(Node value, Set<String> made) {
    return value
        .find("call")
        .flatMap(c -> Call.of(c).stream())
        .filter(isOwn())
        .anyMatch(
            c ->
                c.node().child("arguments").stream()
                    .flatMap(Snippets::names)
                    .anyMatch(n -> made.contains(n) || !parameters().contains(n) && isLocal(n)));
  }

  private boolean isLocal(String name) {
    return inside.stream()
        .filter(n -> n.is("assignment", "for_statement"))
        .anyMatch(n -> n.child("left").stream().flatMap(Snippets::names).anyMatch(name::equals));
  }

  /// Neither a module's, nor a builtin, nor a class of the file: making an object is no work of a
  /// step.
  private Predicate<Call> isOwn() {
    var classes = version.file().classes().stream().map(c -> c.name()).collect(Collectors.toSet());
    return call ->
        call.function()
            .filter(f -> !classes.contains(f.text()))
            .filter(
                f -> {
                  var resolved = version.scopes().resolve(f);
                  return resolved.isEmpty() || resolved.stream().anyMatch(version::isOwn);
                })
            .filter(f -> !f.is("attribute") || !isOfValue(f))
            .isPresent();
  }

  /// `x.to(device)` of a value made here.
  private boolean isOfValue(Node attribute) {
    return attribute
        .child("object")
        .filter(
            o -> Names.path(o).filter(p -> p.startsWith("self") || p.startsWith("cls")).isEmpty())
        .filter(o -> !Names.path(o).equals(Names.path(path)))
        .filter(o -> o.is("identifier") && isLocal(o.text()) || o.is("call"))
        .isPresent();
  }
}

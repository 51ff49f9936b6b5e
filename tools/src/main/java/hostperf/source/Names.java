package hostperf.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Definitions and uses of names in one function.
///
/// A name is a path: `x`, `self.pool`, `batch.seq_lens`; a subscript ends it, so `self.rows[i].n`
/// reads `self.rows`.
public final class Names {
  private static final Set<String> MUTATORS =
      Set.of(
          "append",
          "extend",
          "insert",
          "remove",
          "pop",
          "popleft",
          "appendleft",
          "clear",
          "add",
          "update",
          "discard",
          "setdefault",
          "sort",
          "reverse",
          "popitem");

  private final Map<String, List<Binding>> bindings = new LinkedHashMap<>();
  private final Map<String, List<Node>> uses = new LinkedHashMap<>();

  private Names() {}

  /// A place where a name gets a value or its value is changed.
  ///
  /// @param node the assignment, loop, `with` item, call or parameter
  /// @param value what it is set to, or iterated over for `LOOP`; none where unknown
  public record Binding(String name, Kind kind, Node node, Optional<Node> value) {
    public int line() {
      return node.line();
    }
  }

  public enum Kind {
    PARAMETER,
    ASSIGNED,
    /// One of several targets: `a, b = f()`.
    UNPACKED,
    AUGMENTED,
    LOOP,
    WITH,
    /// `x[i] = …`, or `x.append(…)` and its kind.
    MUTATED
  }

  static Names of(PythonFunction function) {
    var names = new Names();
    for (var parameter : function.node().child("parameters").stream().toList()) {
      for (var item : parameter.items()) {
        item.find("identifier")
            .findFirst()
            .ifPresent(id -> names.bind(id.text(), Kind.PARAMETER, item, Optional.empty()));
      }
    }
    names.collect(function.body());
    return names;
  }

  private void collect(Node below) {
    below
        .tree()
        .forEach(
            node -> {
              writesOf(node)
                  .forEach(b -> bindings.computeIfAbsent(b.name(), _ -> new ArrayList<>()).add(b));
              pathRead(node)
                  .ifPresent(p -> uses.computeIfAbsent(p, _ -> new ArrayList<>()).add(node));
            });
  }

  private void bind(String name, Kind kind, Node node, Optional<Node> value) {
    bindings
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .add(new Binding(name, kind, node, value));
  }

  /// Where a name is bound or changed, in the order of the text.
  public List<Binding> bindings(String name) {
    return List.copyOf(bindings.getOrDefault(name, List.of()));
  }

  /// All of them, name by name.
  public List<Binding> bindings() {
    return bindings.values().stream().flatMap(List::stream).toList();
  }

  /// The last plain binding before a node, else one of an earlier turn of a loop around both. A
  /// `None` of another branch is left out: who uses the value is past the test for it.
  public Optional<Binding> reaching(String name, Node use) {
    var plain =
        bindings(name).stream()
            .filter(b -> b.kind() != Kind.MUTATED && b.kind() != Kind.AUGMENTED)
            .toList();
    var before =
        plain.stream()
            .filter(b -> b.node().start() < use.start() && !isValueOf(b, use))
            .filter(b -> !isNoneOfAnotherBranch(b, use))
            .reduce((_, later) -> later);
    return before.or(() -> plain.stream().filter(b -> isOfEarlierTurn(b, use)).findFirst());
  }

  /// The binding that a use surely sees: that of the innermost loop around it which binds the name
  /// and in which nothing else does, else the only one of the function.
  public Optional<Binding> sure(String name, Node use) {
    var plain = bindings(name).stream().filter(b -> b.kind() != Kind.MUTATED).toList();
    var around =
        plain.stream()
            .filter(b -> b.kind() == Kind.LOOP && b.node().is("for_statement"))
            .filter(b -> b.node().child("body").filter(body -> body.contains(use)).isPresent())
            .reduce((_, inner) -> inner);
    return around
        .filter(l -> plain.stream().noneMatch(b -> !b.equals(l) && l.node().contains(b.node())))
        .or(() -> plain.size() == 1 ? Optional.of(plain.getFirst()) : Optional.empty());
  }

  private static boolean isNoneOfAnotherBranch(Binding binding, Node use) {
    return binding.value().filter(v -> v.is("none")).isPresent()
        && binding
            .node()
            .ancestor("if_statement", "else_clause", "elif_clause", "except_clause")
            .filter(branch -> !branch.contains(use))
            .isPresent();
  }

  private static boolean isOfEarlierTurn(Binding binding, Node use) {
    return use.ancestors()
        .filter(n -> n.is("for_statement", "while_statement"))
        .anyMatch(loop -> loop.contains(binding.node()));
  }

  private static boolean isValueOf(Binding binding, Node use) {
    return binding.kind() != Kind.LOOP
        && binding.kind() != Kind.WITH
        && binding.value().filter(v -> v.contains(use)).isPresent();
  }

  /// Nodes that read a name or something below it: `batch` and `batch.size` for `batch`.
  public List<Node> uses(String name) {
    return uses.entrySet().stream()
        .filter(e -> e.getKey().equals(name) || e.getKey().startsWith(name + "."))
        .flatMap(e -> e.getValue().stream())
        .sorted((a, b) -> Integer.compare(a.start(), b.start()))
        .toList();
  }

  /// Paths read at or below a node.
  public static Set<String> readIn(Node below) {
    return below.tree().flatMap(n -> pathRead(n).stream()).collect(Collectors.toSet());
  }

  /// Paths bound or changed at or below a node.
  public static Set<String> writtenIn(Node below) {
    return below
        .tree()
        .flatMap(n -> writesOf(n).stream())
        .map(Binding::name)
        .collect(Collectors.toSet());
  }

  /// A path that gets a value, or whose value is changed in place.
  public record Write(String path, boolean isInPlace) {}

  /// As `writtenIn`, told apart: `x = …` binds anew, `x[i] = …` and `x += …` change what others may
  /// hold too.
  public static Set<Write> writesIn(Node below) {
    return below
        .tree()
        .flatMap(n -> writesOf(n).stream())
        .map(b -> new Write(b.name(), b.kind() == Kind.MUTATED || b.kind() == Kind.AUGMENTED))
        .collect(Collectors.toSet());
  }

  /// Whether an expression reads only what stays the same on every turn of a loop. Calls count as
  /// reading their receiver and arguments; whether a call has effects is another question.
  public static boolean isInvariant(Node expression, Loop loop) {
    var changing = new HashSet<>(loop.names());
    loop.body().forEach(b -> changing.addAll(writtenIn(b)));
    var own = writtenIn(expression);
    return readIn(expression).stream()
        .filter(r -> !own.contains(r))
        .noneMatch(r -> changing.stream().anyMatch(w -> overlap(r, w)));
  }

  private static boolean overlap(String read, String written) {
    return read.equals(written) || read.startsWith(written + ".") || written.startsWith(read + ".");
  }

  /// The path of an identifier or attribute chain; none for anything else.
  public static Optional<String> path(Node node) {
    if (node.is("identifier")) {
      return Optional.of(node.text());
    }
    if (node.is("attribute")) {
      var rest = node.child("attribute").map(Node::text).orElse("");
      return node.child("object").flatMap(Names::path).map(p -> p + "." + rest);
    }
    return Optional.empty();
  }

  private static Optional<String> pathRead(Node node) {
    if (!node.is("identifier", "attribute") || node.field().equals("attribute")) {
      return Optional.empty();
    }
    var parent = node.parent().orElse(node);
    boolean binds =
        switch (parent.kind()) {
          case "attribute" -> path(parent).isPresent();
          case "keyword_argument" -> node.field().equals("name");
          case "assignment", "for_statement", "for_in_clause" -> node.field().equals("left");
          case "parameters",
              "lambda_parameters",
              "pattern_list",
              "tuple_pattern",
              "as_pattern_target" ->
              true;
          default -> false;
        };
    if (binds) {
      return Optional.empty();
    }
    return path(node);
  }

  private static List<Binding> writesOf(Node node) {
    return switch (node.kind()) {
      case "assignment" -> targets(node, Kind.ASSIGNED, node.child("right"));
      case "augmented_assignment" -> targets(node, Kind.AUGMENTED, node.child("right"));
      case "named_expression" ->
          node
              .child("name")
              .map(n -> new Binding(n.text(), Kind.ASSIGNED, node, node.child("value")))
              .stream()
              .toList();
      case "for_statement", "for_in_clause" -> targets(node, Kind.LOOP, node.child("right"));
      case "as_pattern" ->
          node.find("as_pattern_target")
              .flatMap(t -> t.find("identifier"))
              .map(t -> new Binding(t.text(), Kind.WITH, node, node.items().stream().findFirst()))
              .toList();
      case "delete_statement" -> deleted(node);
      case "call" -> mutated(node);
      default -> List.of();
    };
  }

  private static List<Binding> deleted(Node node) {
    return node.items().stream()
        .flatMap(t -> t.is("expression_list", "tuple") ? t.items().stream() : Stream.of(t))
        .map(Node::bare)
        .flatMap(t -> path(t).or(() -> base(t)).stream())
        .map(p -> new Binding(p, Kind.MUTATED, node, Optional.empty()))
        .toList();
  }

  /// Besides the containers' methods: torch's in-place ones, whose names end in `_`.
  public static boolean mutates(String method) {
    return MUTATORS.contains(method) || (method.endsWith("_") && !method.endsWith("__"));
  }

  private static List<Binding> mutated(Node node) {
    return Call.of(node)
        .filter(c -> mutates(c.name()))
        .flatMap(Call::receiver)
        .flatMap(Names::base)
        .map(p -> new Binding(p, Kind.MUTATED, node, Optional.empty()))
        .stream()
        .toList();
  }

  private static List<Binding> targets(Node node, Kind kind, Optional<Node> value) {
    var left = node.child("left");
    if (left.isEmpty()) {
      return List.of();
    }
    var target = left.get();
    if (!target.is("pattern_list", "tuple_pattern", "list_pattern")) {
      return target(target, node, kind, value).stream().toList();
    }
    var kindOfEach = kind == Kind.ASSIGNED ? Kind.UNPACKED : kind;
    return target.items().stream()
        .flatMap(t -> t.is("tuple_pattern", "list_pattern") ? t.items().stream() : Stream.of(t))
        .flatMap(t -> target(t, node, kindOfEach, value).stream())
        .toList();
  }

  private static Optional<Binding> target(Node target, Node node, Kind kind, Optional<Node> value) {
    return path(target)
        .map(p -> new Binding(p, kind, node, value))
        .or(() -> base(target).map(p -> new Binding(p, Kind.MUTATED, node, value)));
  }

  /// The path before the first subscript or call: `x` of `x[i].y`.
  public static Optional<String> base(Node node) {
    var at = node;
    while (path(at).isEmpty()) {
      var here = at;
      var below =
          here.child("value").or(() -> here.child("object")).or(() -> here.child("function"));
      if (below.isEmpty()) {
        return Optional.empty();
      }
      at = below.get();
    }
    return path(at);
  }
}

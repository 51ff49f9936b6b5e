package hostperf.audit;

import hostperf.source.Node;
import hostperf.source.PythonFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which module's or builtin's name an expression stands for, by Python's rules of scope: imports
/// at any level, `import … as …`, and plain aliases such as `clock = time.perf_counter`.
///
/// Where several bindings are possible, all of them count: a patch cannot hide a use behind a
/// second binding that never runs.
final class NameResolution {
  private static final int LONGEST_CHAIN = 8;

  private final Map<Node, Scope> byNode = new HashMap<>();
  private final Set<Node> bindings = new HashSet<>();
  private final Map<Node, Set<String>> resolved = new HashMap<>();
  private final Scope module;

  private NameResolution(PythonFile file) {
    module = new Scope(file.root());
    byNode.put(file.root(), module);
    file.root().tree().filter(NameResolution::opens).forEach(n -> byNode.put(n, new Scope(n)));
    file.root().tree().forEach(this::collect);
  }

  static NameResolution of(PythonFile file) {
    return new NameResolution(file);
  }

  /// What a name is bound to.
  ///
  /// @param origin the full name of what was imported
  /// @param value the expression it was set to
  record Binding(Node node, Optional<String> origin, Optional<Node> value) {}

  private static final class Scope {
    private final Node node;
    private final Map<String, List<Binding>> names = new HashMap<>();
    private final Set<String> elsewhere = new HashSet<>();

    Scope(Node node) {
      this.node = node;
    }

    /// Names of functions and comprehensions are never looked up further out once bound.
    boolean closes() {
      return !node.is("module", "class_definition");
    }
  }

  /// Whether an identifier gives a name its value rather than reading it.
  boolean isBinding(Node identifier) {
    return bindings.contains(identifier);
  }

  /// The bindings of the module's own names, those by `global` included.
  Map<String, List<Binding>> ofModule() {
    return module.names;
  }

  /// The bindings of all functions, classes and comprehensions.
  Stream<Map.Entry<String, List<Binding>>> ofOthers() {
    return byNode.values().stream()
        .filter(s -> s != module)
        .flatMap(s -> s.names.entrySet().stream());
  }

  /// The full dotted names that an expression may stand for: `builtins.exec`, `os.environ.get`,
  /// `.utils.cdiv` for a relative import; none where it is a value of the program's own.
  Set<String> resolve(Node expression) {
    var known = resolved.get(expression);
    if (known == null) {
      known = resolve(expression, 0);
      resolved.put(expression, known);
    }
    return known;
  }

  /// Whether nothing in the file binds this identifier and it is no builtin.
  boolean isUnknown(Node identifier) {
    return resolve(identifier).isEmpty() && bound(identifier).isEmpty();
  }

  /// Whether an identifier is a parameter or variable of the function around.
  boolean isLocal(Node identifier) {
    return visible(identifier).stream()
        .filter(
            s -> s.names.containsKey(identifier.text()) && !s.elsewhere.contains(identifier.text()))
        .findFirst()
        .filter(Scope::closes)
        .isPresent();
  }

  private Set<String> resolve(Node expression, int depth) {
    if (depth > LONGEST_CHAIN) {
      return Set.of();
    }
    return switch (expression.kind()) {
      case "identifier" -> lookUp(expression, depth);
      case "attribute" -> {
        var name = expression.child("attribute").map(Node::text).orElse("");
        yield expression.child("object").stream()
            .flatMap(o -> resolve(o, depth + 1).stream())
            .map(o -> o + "." + name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
      }
      case "parenthesized_expression" ->
          expression.items().size() == 1
              ? resolve(expression.items().getFirst(), depth + 1)
              : Set.of();
      case "named_expression" ->
          expression.child("value").map(v -> resolve(v, depth + 1)).orElse(Set.of());
      default -> Set.of();
    };
  }

  private Set<String> lookUp(Node identifier, int depth) {
    var name = identifier.text();
    var found = new LinkedHashSet<String>();
    boolean closed = false;
    for (var scope : visible(identifier)) {
      if (scope.elsewhere.contains(name)) {
        continue;
      }
      var bound = scope.names.getOrDefault(name, List.of());
      for (var binding : bound) {
        binding.origin().ifPresent(found::add);
        binding
            .value()
            .filter(v -> !v.contains(identifier))
            .ifPresent(v -> found.addAll(resolve(v, depth + 1)));
      }
      if (!bound.isEmpty() && (scope.closes() || isDefined(bound))) {
        closed = true;
        break;
      }
    }
    if (!closed && AllowedBuiltins.has(name)) {
      found.add("builtins." + name);
    }
    return found;
  }

  /// A module's or class's name may be unset when it is read, unless it is defined or imported
  /// under no condition.
  private static boolean isDefined(List<Binding> bound) {
    return bound.stream()
        .filter(
            b -> b.origin().isPresent() || b.node().is("function_definition", "class_definition"))
        .anyMatch(b -> b.node().ancestors().allMatch(NameResolution::alwaysRuns));
  }

  private static boolean alwaysRuns(Node around) {
    return around.is(
        "module",
        "block",
        "class_definition",
        "decorated_definition",
        "import_statement",
        "import_from_statement");
  }

  private List<Binding> bound(Node identifier) {
    return visible(identifier).stream()
        .flatMap(s -> s.names.getOrDefault(identifier.text(), List.of()).stream())
        .toList();
  }

  /// The scopes that a name is looked up in, innermost first.
  private List<Scope> visible(Node node) {
    var found = new ArrayList<Scope>();
    var below = node;
    var further = node;
    boolean inner = true;
    for (var at = node.parent(); at.isPresent(); at = at.get().parent()) {
      var scope = byNode.get(at.get());
      if (scope != null && isInside(at.get(), below, further)) {
        if (!at.get().is("class_definition") || inner) {
          found.add(scope);
        }
        inner = false;
      }
      further = below;
      below = at.get();
    }
    return found;
  }

  /// Defaults, decorators, annotations, bases and what a comprehension goes over first belong to
  /// the scope around.
  private static boolean isInside(Node opener, Node child, Node grandchild) {
    return switch (opener.kind()) {
      case "function_definition", "class_definition", "lambda" -> child.field().equals("body");
      case "module" -> true;
      default ->
          !(child.is("for_in_clause")
              && grandchild.field().equals("right")
              && opener.items().stream().filter(c -> c.is("for_in_clause")).findFirst().get()
                  == child);
    };
  }

  private static boolean opens(Node node) {
    return node.is(
        "function_definition",
        "class_definition",
        "lambda",
        "list_comprehension",
        "set_comprehension",
        "dictionary_comprehension",
        "generator_expression");
  }

  private void collect(Node node) {
    switch (node.kind()) {
      case "import_statement" -> node.all("name").forEach(n -> imported(n, ""));
      case "import_from_statement", "future_import_statement" -> {
        var from = node.child("module_name").map(Snippets::plain).orElse("__future__");
        node.all("name").forEach(n -> imported(n, from.endsWith(".") ? from : from + "."));
      }
      case "function_definition", "class_definition" ->
          node.child("name").ifPresent(n -> bind(n, node, Optional.empty()));
      case "parameters", "lambda_parameters" -> parameters(node);
      case "assignment", "augmented_assignment" ->
          node.child("left").ifPresent(l -> target(l, node, node.child("right")));
      case "named_expression" ->
          node.child("name").ifPresent(n -> target(n, node, node.child("value")));
      case "for_statement", "for_in_clause" ->
          node.child("left").ifPresent(l -> target(l, node, Optional.empty()));
      case "as_pattern" ->
          node.child("alias")
              .ifPresent(a -> a.find("identifier").forEach(i -> target(i, node, Optional.empty())));
      case "case_pattern" -> captured(node);
      case "global_statement", "nonlocal_statement" -> elsewhere(node);
      default -> {}
    }
  }

  private void imported(Node name, String from) {
    var full = name.child("name").orElse(name);
    var dotted = Snippets.plain(full);
    var alias = name.child("alias");
    full.find("identifier").forEach(bindings::add);
    if (alias.isPresent()) {
      bindings.add(alias.get());
    }
    var local = alias.map(Node::text).orElse(from.isEmpty() ? dotted.split("\\.")[0] : dotted);
    var origin = alias.isPresent() || !from.isEmpty() ? from + dotted : local;
    add(local, new Binding(name, Optional.of(origin), Optional.empty()), name);
  }

  private void parameters(Node parameters) {
    var opener = parameters.parent().map(byNode::get);
    parameters.items().stream()
        .flatMap(
            p ->
                p.child("name").stream()
                    .findFirst()
                    .or(() -> p.find("identifier").findFirst())
                    .stream())
        .forEach(
            id -> {
              bindings.add(id);
              opener.ifPresent(
                  s ->
                      s.names
                          .computeIfAbsent(id.text(), _ -> new ArrayList<>())
                          .add(
                              new Binding(
                                  id,
                                  Optional.empty(),
                                  id.parent().flatMap(p -> p.child("value")))));
            });
  }

  private void target(Node left, Node statement, Optional<Node> value) {
    if (left.is("identifier")) {
      bind(left, statement, value);
    } else if (!left.is("attribute", "subscript", "call")) {
      left.children().forEach(c -> target(c, statement, Optional.empty()));
    }
  }

  private void captured(Node pattern) {
    pattern.children().stream()
        .filter(c -> c.is("dotted_name") && c.items().size() == 1)
        .map(c -> c.items().getFirst())
        .forEach(i -> bind(i, pattern, Optional.empty()));
  }

  private void bind(Node identifier, Node statement, Optional<Node> value) {
    bindings.add(identifier);
    add(identifier.text(), new Binding(statement, Optional.empty(), value), identifier);
  }

  private void add(String name, Binding binding, Node at) {
    for (var scope : visible(at)) {
      boolean leaks = binding.node().is("named_expression") && isComprehension(scope.node);
      if (!leaks) {
        var owner = scope.elsewhere.contains(name) ? module : scope;
        owner.names.computeIfAbsent(name, _ -> new ArrayList<>()).add(binding);
        return;
      }
    }
  }

  private static boolean isComprehension(Node node) {
    return opens(node) && !node.is("function_definition", "class_definition", "lambda");
  }

  /// A name that a function declares `global` or `nonlocal` belongs to the module from here on.
  private void elsewhere(Node statement) {
    visible(statement).stream()
        .findFirst()
        .ifPresent(
            s ->
                statement
                    .items()
                    .forEach(
                        i -> {
                          bindings.add(i);
                          s.elsewhere.add(i.text());
                          var early = s.names.remove(i.text());
                          if (early != null) {
                            module
                                .names
                                .computeIfAbsent(i.text(), _ -> new ArrayList<>())
                                .addAll(early);
                          }
                        }));
  }
}

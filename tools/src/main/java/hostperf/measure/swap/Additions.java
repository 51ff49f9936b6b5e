package hostperf.measure.swap;

import hostperf.source.Node;
import hostperf.source.PythonClass;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one version of a module has that the other does not know: imports, constants, functions,
/// methods and properties of names of its own. The other does not name them, so it runs the same
/// with them in place, and they can stand there while the versions of the changed functions take
/// turns.
final class Additions {
  /// Of these a constant is made: nothing that can be changed, and no call but `frozenset`.
  private static final Set<String> CONSTANT =
      Set.of(
          "integer",
          "float",
          "string",
          "none",
          "true",
          "false",
          "identifier",
          "attribute",
          "tuple");

  private final PythonFile other;
  private final PythonFile having;
  private final Set<String> known;

  /// Annotations are read late where the module says so.
  private final String prefix;

  private final Set<Node> nodes = new HashSet<>();
  private final List<Swappability.Added> added = new ArrayList<>();
  private final Map<String, PythonFunction> functions = new HashMap<>();

  private Additions(PythonFile other, PythonFile having) {
    this.other = other;
    this.having = having;
    this.known = identifiers(other);
    this.prefix =
        other.root().items().stream()
                .anyMatch(n -> n.is("future_import_statement") && n.text().contains("annotations"))
            ? "from __future__ import annotations\n"
            : "";
  }

  /// What the patched version only has, and the imports of either.
  static Additions of(PythonFile before, PythonFile after) {
    var additions = new Additions(before, after);
    additions.imports();
    return additions.defined();
  }

  /// What the base only has, besides imports: it goes on in launches of the patched version.
  static Additions gone(PythonFile before, PythonFile after) {
    return new Additions(after, before).defined();
  }

  private Additions defined() {
    having.root().items().forEach(this::statement);
    having.classes().forEach(this::methods);
    return this;
  }

  private static Set<String> identifiers(PythonFile file) {
    return file.root()
        .tree()
        .filter(n -> n.is("identifier"))
        .map(Node::text)
        .collect(Collectors.toSet());
  }

  /// In the order in which they are made.
  List<Swappability.Added> all() {
    return List.copyOf(added);
  }

  /// By name.
  Map<String, PythonFunction> functions() {
    return functions;
  }

  boolean covers(Node node) {
    return nodes.contains(node) || node.ancestors().anyMatch(nodes::contains);
  }

  /// Nodes of both versions that are no difference.
  Set<Node> leftOut() {
    return nodes;
  }

  /// Imports may be written anew as long as each name that both import stands for the same; what
  /// one of them does not import is put in place for the other.
  private void imports() {
    var ours = imports(other);
    var theirs = imports(having);
    boolean isKept =
        theirs.entrySet().stream()
            .allMatch(e -> ours.getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
    var more = new LinkedHashMap<>(theirs);
    more.keySet().removeAll(ours.keySet());
    if (!isKept || more.keySet().stream().anyMatch(known::contains)) {
      return;
    }
    Stream.of(other, having).flatMap(f -> importing(f).stream()).forEach(nodes::add);
    more.forEach((name, text) -> add("", name, text));
    var left = new LinkedHashMap<>(ours);
    left.keySet().removeAll(theirs.keySet());
    left.keySet().removeAll(identifiers(having));
    left.forEach((name, text) -> add("", name, text));
  }

  private static List<Node> importing(PythonFile file) {
    return file.root().items().stream()
        .filter(n -> n.is("import_statement", "import_from_statement"))
        .filter(n -> n.find("wildcard_import").findAny().isEmpty())
        .toList();
  }

  /// The statement that imports each name, alone.
  private static Map<String, String> imports(PythonFile file) {
    var found = new LinkedHashMap<String, String>();
    for (Node statement : importing(file)) {
      var from = statement.child("module_name").map(m -> "from " + m.text() + " ").orElse("");
      for (Node name : statement.all("name")) {
        var bound = name.child("alias").map(Node::text).orElse(name.text().split("\\.")[0]);
        found.put(bound, from + "import " + name.text());
      }
    }
    return found;
  }

  private void statement(Node node) {
    if (node.is("function_definition")) {
      node.child("name").map(Node::text).ifPresent(name -> function("", name, node));
    } else if (node.is("expression_statement") && node.items().size() == 1) {
      var assignment = node.items().getFirst();
      var name = assignment.child("left").filter(n -> n.is("identifier")).map(Node::text);
      if (assignment.is("assignment")
          && name.filter(n -> !known.contains(n)).isPresent()
          && assignment.child("right").filter(Additions::isConstant).isPresent()) {
        nodes.add(node);
        add("", name.get(), node.text());
      }
    }
  }

  private static boolean isConstant(Node value) {
    return CONSTANT.contains(value.kind())
        && (!value.is("tuple") || value.items().stream().allMatch(Additions::isConstant));
  }

  private void methods(PythonClass owner) {
    boolean isNew = other.classNamed(owner.qualifiedName()).isEmpty();
    if (isNew || !owner.qualifiedName().equals(owner.name())) {
      return;
    }
    for (var method : owner.methods()) {
      boolean isBound =
          method.node().find("identifier").map(Node::text).anyMatch(Additions::needsItsClass);
      var decorators = method.decorators();
      if ((decorators.isEmpty() || decorators.equals(List.of("property"))) && !isBound) {
        function(owner.name(), method.name(), method.outer());
      }
    }
  }

  /// A name that the compiler reads otherwise inside a class.
  private static boolean needsItsClass(String name) {
    return name.equals("super")
        || name.equals("__class__")
        || name.startsWith("__") && !name.endsWith("__");
  }

  private void function(String owner, String name, Node node) {
    if (known.contains(name) || name.startsWith("__")) {
      return;
    }
    nodes.add(node);
    having.functions().stream()
        .filter(f -> f.outer().equals(node))
        .forEach(f -> functions.put(name, f));
    add(owner, name, dedented(node));
  }

  private static String dedented(Node node) {
    var file = node.file();
    return file.text().substring(file.offset(node.line()), node.end()).stripIndent();
  }

  private void add(String owner, String name, String text) {
    added.add(new Swappability.Added(having.path(), owner, name, prefix + text));
  }
}

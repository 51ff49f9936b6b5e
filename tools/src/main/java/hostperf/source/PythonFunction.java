package hostperf.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A function or method, and the facts about it that need no type of its own.
public final class PythonFunction {
  /// Keeps the count linear where one expression fills a function.
  private static final int MOST_COUNTED = 100;

  private final Node node;
  private final Optional<PythonClass> owner;
  private final String prefix;
  private final String name;
  private @Nullable Names names;
  private @Nullable List<Call> calls;
  private @Nullable Map<String, List<Node>> texts;

  PythonFunction(Node node, Optional<PythonClass> owner, String prefix) {
    this.node = node;
    this.owner = owner;
    this.prefix = prefix;
    this.name = node.child("name").map(Node::text).orElse("");
  }

  /// The `function_definition`, without decorators.
  public Node node() {
    return node;
  }

  public PythonFile file() {
    return node.file();
  }

  public String name() {
    return name;
  }

  /// Within its module: `Class.method`, `function`, `outer.inner`.
  public String qualifiedName() {
    return prefix + name();
  }

  /// The class it is a method of.
  public Optional<PythonClass> owner() {
    return owner;
  }

  /// The line of the `def`.
  public int line() {
    return node.line();
  }

  /// The line of the first decorator, else of the `def`.
  public int firstLine() {
    return outer().line();
  }

  public int endLine() {
    return node.endLine();
  }

  public boolean covers(int line) {
    return outer().covers(line);
  }

  /// With its decorators.
  public Node outer() {
    return node.parent().filter(p -> p.is("decorated_definition")).orElse(node);
  }

  public Node body() {
    return node.child("body").orElse(node);
  }

  /// Decorators as written, without `@`.
  public List<String> decorators() {
    return outer().children().stream()
        .filter(c -> c.is("decorator"))
        .map(d -> d.text().substring(1).strip())
        .toList();
  }

  /// Whether a decorator's last name is this one: `setter` for `@size.setter`.
  public boolean hasDecorator(String name) {
    return decorators().stream()
        .map(d -> d.replaceFirst("\\(.*", ""))
        .anyMatch(d -> d.equals(name) || d.endsWith("." + name));
  }

  public boolean isProperty() {
    return hasDecorator("property") || hasDecorator("cached_property");
  }

  public boolean isAsync() {
    return node.children().stream().anyMatch(c -> c.is("async"));
  }

  /// Parameters in order, `self` included.
  public List<Parameter> parameters() {
    return node.child("parameters").stream()
        .flatMap(p -> p.items().stream())
        .map(Parameter::of)
        .toList();
  }

  public Optional<Parameter> parameter(String name) {
    return parameters().stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /// Functions defined inside, at any depth.
  public List<PythonFunction> nested() {
    var found = new ArrayList<PythonFunction>();
    nested(found);
    return found;
  }

  private void nested(List<PythonFunction> into) {
    body()
        .tree(n -> !n.is("function_definition"))
        .filter(n -> n.is("function_definition"))
        .map(n -> new PythonFunction(n, owner, qualifiedName() + "."))
        .forEach(
            f -> {
              into.add(f);
              f.nested(into);
            });
  }

  PythonFunction innermostAt(int line) {
    return nested().stream().filter(f -> f.covers(line)).reduce((_, inner) -> inner).orElse(this);
  }

  /// The statement that runs at a line: a simple statement that covers it, else the compound
  /// statement (`if`, `for`, `with`…) whose header covers it.
  public Optional<Node> statementAt(int line) {
    return statements().stream().filter(s -> Statements.header(s).covers(line)).findFirst();
  }

  /// Every statement of the body, inner ones after the compound one they stand in; those of
  /// functions defined inside are left out.
  public List<Node> statements() {
    return body()
        .tree(n -> n == body() || !n.is("function_definition", "lambda"))
        .filter(Statements::isStatement)
        .toList();
  }

  /// Every loop of the body, comprehensions included.
  public List<Loop> loops() {
    return body()
        .tree(n -> !n.is("function_definition"))
        .flatMap(n -> Loop.of(n).stream())
        .toList();
  }

  /// The loops that a node runs in, innermost first.
  public List<Loop> loopsAround(Node inner) {
    return Loop.around(inner);
  }

  public synchronized List<Call> calls() {
    var known = calls;
    if (known == null) {
      known = calls(body());
      calls = known;
    }
    return known;
  }

  /// How often the function computes an expression, word for word, on a path through this one: not
  /// in another branch of the same `if`. Of very many only the first are counted.
  public long occurrences(Node expression) {
    return texts().getOrDefault(expression.text(), List.of()).stream()
        .limit(MOST_COUNTED)
        .filter(other -> isOnOnePath(expression, other))
        .count();
  }

  private synchronized Map<String, List<Node>> texts() {
    var known = texts;
    if (known == null) {
      known =
          body()
              .find("call", "binary_operator", "comparison_operator")
              .filter(n -> !Statements.isMessage(n))
              .collect(Collectors.groupingBy(Node::text));
      texts = known;
    }
    return known;
  }

  /// The block of one holds the other.
  private static boolean isOnOnePath(Node one, Node other) {
    return isInBlockOf(one, other) || isInBlockOf(other, one);
  }

  private static boolean isInBlockOf(Node one, Node other) {
    return one.ancestor("block").filter(b -> b.contains(other)).isPresent();
  }

  /// The calls at or below a node.
  public static List<Call> calls(Node below) {
    return below.tree().flatMap(n -> Call.of(n).stream()).toList();
  }

  /// Where names are bound and used in this function.
  public synchronized Names names() {
    var known = names;
    if (known == null) {
      known = Names.of(this);
      names = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return qualifiedName() + "@" + line();
  }

  /// One parameter.
  ///
  /// @param name without `*`
  public record Parameter(String name, Optional<String> annotation, Optional<Node> standard) {
    private static Parameter of(Node node) {
      var named = node.child("name").orElse(node);
      var name = named.find("identifier").findFirst().map(Node::text).orElse(node.text());
      return new Parameter(name, node.child("type").map(Node::text), node.child("value"));
    }
  }
}

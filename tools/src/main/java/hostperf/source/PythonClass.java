package hostperf.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A class: its methods, properties, bases, and the attributes that its methods set on `self`.
public final class PythonClass {
  private final Node node;
  private final String prefix;
  private final List<PythonFunction> methods = new ArrayList<>();
  private final Map<String, Optional<Attribute>> elsewhere = new HashMap<>();
  private final Map<String, Boolean> setOnce = new HashMap<>();
  private @Nullable Map<String, Attribute> declared;

  PythonClass(Node node, String prefix) {
    this.node = node;
    this.prefix = prefix;
  }

  void add(PythonFunction method) {
    methods.add(method);
  }

  public Node node() {
    return node;
  }

  public String name() {
    return node.child("name").map(Node::text).orElse("");
  }

  public String qualifiedName() {
    return prefix + name();
  }

  public List<PythonFunction> methods() {
    return List.copyOf(methods);
  }

  /// The last definition of this name that is no setter: what a call or a read gets.
  public Optional<PythonFunction> method(String name) {
    return methods.stream()
        .filter(m -> m.name().equals(name) && !m.hasDecorator("setter"))
        .reduce((_, later) -> later);
  }

  /// The method behind a property of this name.
  public Optional<PythonFunction> property(String name) {
    return method(name).filter(PythonFunction::isProperty);
  }

  /// Names of the bases as written: `nn.Module`, `Enum`.
  public List<String> bases() {
    return node.child("superclasses").stream()
        .flatMap(s -> s.items().stream())
        .filter(b -> !b.is("keyword_argument"))
        .map(Node::text)
        .toList();
  }

  public boolean isEnum() {
    return bases().stream().anyMatch(b -> b.endsWith("Enum") || b.endsWith("Flag"));
  }

  /// What `self.name` is set to: in `__init__` first, then in the class body, then in the other
  /// methods.
  public Optional<Attribute> attribute(String name) {
    var found = Optional.ofNullable(declared().get(name));
    return found.isPresent() ? found : elsewhere(name);
  }

  /// Attributes that `__init__` and the class body set, by name.
  public synchronized Map<String, Attribute> declared() {
    var known = declared;
    if (known == null) {
      known = Collections.unmodifiableMap(collectDeclared());
      declared = known;
    }
    return known;
  }

  private Map<String, Attribute> collectDeclared() {
    var found = new LinkedHashMap<String, Attribute>();
    method("__init__").ifPresent(init -> collect(init, found));
    node.child("body").stream()
        .flatMap(body -> body.items().stream())
        .filter(s -> s.is("expression_statement"))
        .flatMap(s -> s.items().stream())
        .filter(a -> a.is("assignment"))
        .forEach(a -> Attribute.of(a, "").ifPresent(at -> found.putIfAbsent(at.name(), at)));
    return found;
  }

  /// Set in another method. Their text is searched first: reading the syntax of all methods of a
  /// big class would take longer than all the rest.
  private synchronized Optional<Attribute> elsewhere(String name) {
    return elsewhere.computeIfAbsent(name, this::search);
  }

  /// Whether `__init__` or the class body sets it and no other method does.
  public synchronized boolean isSetOnce(String name) {
    return declared().containsKey(name)
        && setOnce.computeIfAbsent(
            name,
            n -> {
              var sets =
                  Pattern.compile(
                      "\\bself\\.%s(\\[[^\\]]*\\])?\\s*([-+*/|&]?=[^=]|:[^\\n=]*=[^=])|\\bself\\.%1$s\\.\\w+_\\("
                          .formatted(Pattern.quote(n)));
              return methods.stream()
                  .noneMatch(
                      m -> !m.name().equals("__init__") && sets.matcher(m.node().text()).find());
            });
  }

  private Optional<Attribute> search(String name) {
    var sets =
        Pattern.compile(
            "^\\s*self\\.%s\\s*(=[^=]|:[^\\n]*=)".formatted(Pattern.quote(name)),
            Pattern.MULTILINE);
    return methods.stream()
        .filter(m -> !m.name().equals("__init__") && sets.matcher(m.node().text()).find())
        .flatMap(m -> collected(m, name).stream())
        .findFirst();
  }

  private static Optional<Attribute> collected(PythonFunction method, String name) {
    var found = new LinkedHashMap<String, Attribute>();
    collect(method, found);
    return Optional.ofNullable(found.get(name));
  }

  private static void collect(PythonFunction method, Map<String, Attribute> into) {
    method
        .body()
        .find("assignment")
        .forEach(a -> Attribute.of(a, "self.").ifPresent(at -> into.putIfAbsent(at.name(), at)));
  }

  @Override
  public String toString() {
    return "class " + qualifiedName();
  }

  /// An attribute of an instance.
  ///
  /// @param value the right-hand side, where there is one
  /// @param annotation the type as written, where there is one
  public record Attribute(String name, Optional<Node> value, Optional<String> annotation) {
    private static Optional<Attribute> of(Node assignment, String prefix) {
      return assignment
          .child("left")
          .map(Node::text)
          .filter(left -> left.startsWith(prefix) && isName(left.substring(prefix.length())))
          .map(
              left ->
                  new Attribute(
                      left.substring(prefix.length()),
                      assignment.child("right"),
                      assignment.child("type").map(Node::text)));
    }

    private static boolean isName(String text) {
      return !text.isEmpty() && text.chars().allMatch(Character::isJavaIdentifierPart);
    }

    /// The class it is an instance of, as written: from the annotation, else from a constructor
    /// call such as `Sampler(...)` or `sampling.Sampler(...)`.
    public Optional<String> type() {
      return annotation.or(
          () ->
              value
                  .flatMap(Call::of)
                  .map(Call::callee)
                  .filter(c -> Character.isUpperCase(c.charAt(c.lastIndexOf('.') + 1))));
    }
  }
}

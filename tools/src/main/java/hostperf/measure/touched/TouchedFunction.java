package hostperf.measure.touched;

import hostperf.source.Node;
import hostperf.source.PythonFunction;
import hostperf.source.Statements;
import hostperf.source.Statements.Lines;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/// The statements of one function that a patch can make cheaper: those that it changes, and those
/// that read, directly or through others, a name that these set: a shorter list makes for a shorter
/// loop.
final class TouchedFunction {
  private final PythonFunction function;
  private final Set<Node> statements = new LinkedHashSet<>();
  private final Set<String> names = new HashSet<>();

  TouchedFunction(PythonFunction function) {
    this.function = function;
  }

  void add(Node statement) {
    statements.add(statement);
  }

  /// A name that new code sets.
  void addNames(Node statement) {
    set(statement).forEach(names::add);
  }

  /// Whether what it gives to its callers may have changed.
  boolean changesResult() {
    return statements.stream()
        .flatMap(s -> s.find("return_statement", "yield"))
        .anyMatch(s -> !s.items().isEmpty());
  }

  /// Attributes that the changed statements set: they are read anywhere.
  Set<String> attributes() {
    var attributes = new HashSet<String>();
    statements.forEach(
        s ->
            targets(s)
                .filter(t -> t.is("attribute"))
                .flatMap(t -> t.child("attribute").stream())
                .forEach(a -> attributes.add(a.text())));
    return attributes;
  }

  /// Every statement that may cost less, as lines; a compound one with all that stands below it.
  Set<Lines> lines() {
    statements.forEach(this::addNames);
    boolean grows = true;
    while (grows) {
      grows = false;
      for (var statement : function.statements()) {
        if (!statements.contains(statement) && reads(statement)) {
          statements.add(statement);
          addNames(statement);
          grows = true;
        }
      }
    }
    var lines = new HashSet<Lines>();
    statements.forEach(s -> lines.add(new Lines(s.line(), s.endLine())));
    return lines;
  }

  private boolean reads(Node statement) {
    return Statements.own(statement).stream()
        .anyMatch(n -> n.is("identifier") && names.contains(n.text()));
  }

  private static Stream<String> set(Node statement) {
    return targets(statement)
        .flatMap(t -> t.is("attribute") ? t.child("attribute").stream() : t.find("identifier"))
        .map(Node::text);
  }

  private static Stream<Node> targets(Node statement) {
    return statement
        .find("assignment", "augmented_assignment", "named_expression")
        .flatMap(
            n ->
                Stream.concat(
                    n.child("left").stream(),
                    n.is("named_expression") ? n.child("name").stream() : Stream.of()))
        .flatMap(t -> t.is("pattern_list", "tuple_pattern") ? t.items().stream() : Stream.of(t));
  }
}

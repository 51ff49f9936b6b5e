package hostperf.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A `for`, a `while`, or one `for … in` of a comprehension.
///
/// @param node the statement, or the whole comprehension
/// @param target what is bound on each turn; none for `while`
/// @param iterable what is iterated over; the condition for `while`
public record Loop(Node node, Optional<Node> target, Node iterable) {

  public boolean isComprehension() {
    return !node.is("for_statement", "while_statement");
  }

  public boolean isWhile() {
    return node.is("while_statement");
  }

  /// Names bound on each turn.
  public Set<String> names() {
    return target.stream()
        .flatMap(t -> t.find("identifier"))
        .map(Node::text)
        .collect(Collectors.toSet());
  }

  /// What runs on each turn: the block, or a comprehension's element and conditions.
  public List<Node> body() {
    if (!isComprehension()) {
      return node.child("body").stream().toList();
    }
    return node.children().stream().filter(c -> !c.is("for_in_clause")).toList();
  }

  public boolean runsEachTurn(Node inner) {
    return (isWhile() && iterable.contains(inner))
        || body().stream().anyMatch(b -> b.contains(inner))
        || (isComprehension() && inComprehension(inner));
  }

  /// The second iterable of `for a in x for b in a` runs once per turn of the first.
  private boolean inComprehension(Node inner) {
    var clauses = node.children().stream().filter(c -> c.is("for_in_clause")).toList();
    return clauses.stream().skip(1).anyMatch(c -> c.contains(inner));
  }

  /// The loops that `inner` runs in, innermost first, up to the enclosing function.
  static List<Loop> around(Node inner) {
    var loops = new ArrayList<Loop>();
    for (var up : inner.ancestors().toList()) {
      if (up.is("function_definition", "lambda", "class_definition")) {
        break;
      }
      of(up).stream().filter(l -> l.runsEachTurn(inner)).forEach(loops::add);
    }
    return loops;
  }

  /// The loops that a node is: none, one, or one for each `for` of a comprehension.
  static List<Loop> of(Node node) {
    if (node.is("for_statement")) {
      return node.child("right").map(r -> new Loop(node, node.child("left"), r)).stream().toList();
    }
    if (node.is("while_statement")) {
      return node.child("condition").map(c -> new Loop(node, Optional.empty(), c)).stream()
          .toList();
    }
    if (node.is(
        "list_comprehension",
        "set_comprehension",
        "dictionary_comprehension",
        "generator_expression")) {
      return node.children().stream()
          .filter(c -> c.is("for_in_clause"))
          .flatMap(c -> c.child("right").map(r -> new Loop(node, c.child("left"), r)).stream())
          .toList();
    }
    return List.of();
  }
}

package hostperf.propose.draft;

import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.List;
import java.util.Optional;

/// Questions about nodes that several shapes ask.
final class Syntax {
  private Syntax() {}

  /// What an expression statement consists of: the assignment, the call.
  static Optional<Node> only(Node statement) {
    return statement.is("expression_statement") && statement.items().size() == 1
        ? Optional.of(statement.items().getFirst())
        : Optional.empty();
  }

  /// Without parentheses around it.
  static Node bare(Node node) {
    var at = node;
    while (at.is("parenthesized_expression") && at.items().size() == 1) {
      at = at.items().getFirst();
    }
    return at;
  }

  static boolean isLiteral(Node node) {
    return node.is("integer", "float", "true", "false", "none")
        || node.is("string") && node.find("interpolation").findAny().isEmpty()
        || node.is("unary_operator")
            && node.child("argument").filter(Syntax::isLiteral).isPresent();
  }

  static boolean isNumber(Node node) {
    return node.is("integer", "float", "true", "false")
        || node.is("unary_operator") && node.child("argument").filter(Syntax::isNumber).isPresent();
  }

  static boolean isComprehension(Node node) {
    return node.is(
        "list_comprehension",
        "set_comprehension",
        "dictionary_comprehension",
        "generator_expression");
  }

  /// The statements of a block or module, comments left out.
  static List<Node> statements(Node block) {
    return block.items().stream().filter(Statements::isStatement).toList();
  }

  /// The statement after this one in the same block.
  static Optional<Node> next(Node statement) {
    return siblings(statement).stream().filter(s -> s.start() > statement.start()).findFirst();
  }

  static List<Node> siblings(Node statement) {
    return statement.parent().map(Syntax::statements).orElse(List.of());
  }

  /// Whether a node runs on every turn of what encloses it: no branch, `try`, short circuit or
  /// inner comprehension lies between.
  static boolean isUnconditional(Node inner, Node within) {
    return inner
        .ancestors()
        .takeWhile(a -> a != within)
        .noneMatch(
            a ->
                a.is(
                        "if_statement",
                        "elif_clause",
                        "else_clause",
                        "try_statement",
                        "match_statement",
                        "while_statement",
                        "boolean_operator",
                        "conditional_expression")
                    || isComprehension(a) && a != within
                    || a.is("for_statement") && !isIterable(inner, a));
  }

  private static boolean isIterable(Node inner, Node loop) {
    return loop.child("right").filter(r -> r.contains(inner)).isPresent();
  }

  static String brief(Node node) {
    var text = node.text().replaceAll("\\s+", " ");
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}

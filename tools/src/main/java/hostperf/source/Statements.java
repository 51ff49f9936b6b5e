package hostperf.source;

import java.util.List;
import java.util.stream.Stream;

/// Which nodes are statements, and which lines a statement's own work stands on.
public final class Statements {
  private Statements() {}

  /// A line range, both ends included.
  public record Lines(int first, int last) {
    public boolean covers(int line) {
      return first <= line && line <= last;
    }
  }

  public static boolean isStatement(Node node) {
    return node.kind().endsWith("_statement")
        || node.is("elif_clause", "else_clause", "except_clause", "finally_clause", "case_clause")
        || node.is("function_definition", "class_definition");
  }

  /// The lines of a simple statement; of a compound one those before its first block: the
  /// condition of an `if`, the target and iterable of a `for`.
  public static Lines header(Node statement) {
    int first = statement.line();
    return statement.children().stream()
        .filter(c -> c.is("block"))
        .findFirst()
        .map(b -> new Lines(first, Math.max(first, headerEnd(statement, b))))
        .orElseGet(() -> new Lines(first, statement.endLine()));
  }

  private static int headerEnd(Node statement, Node block) {
    return statement.children().stream()
        .filter(c -> c.start() < block.start() && !c.is("comment"))
        .mapToInt(Node::endLine)
        .max()
        .orElse(statement.line());
  }

  /// The nodes of a statement's own work: of a compound one those of its header; bodies of
  /// functions run at another time and are left out, and so are those of lambdas unless they are
  /// handed to a call, which most likely runs them.
  public static List<Node> own(Node statement) {
    return statement
        .tree(n -> n == statement ? !isDefinition(n) : !isDefinition(n) && !isBlock(n))
        .filter(n -> n == statement || !isBlock(n))
        .toList();
  }

  private static boolean isDefinition(Node node) {
    boolean handed = node.parent().filter(p -> p.is("argument_list")).isPresent();
    return node.is("function_definition", "class_definition") || (node.is("lambda") && !handed);
  }

  private static boolean isBlock(Node node) {
    return node.is("block") || isStatement(node);
  }

  /// Whether it is evaluated only in one case of `a if test else b`, or of several of these.
  public static boolean isInBranch(Node inner) {
    return Stream.concat(Stream.of(inner), inner.ancestors())
        .takeWhile(n -> !isStatement(n))
        .anyMatch(
            n ->
                n.parent()
                    .filter(p -> p.is("conditional_expression") && p.items().indexOf(n) != 1)
                    .isPresent());
  }

  /// Whether it is evaluated only where an assertion fails.
  public static boolean isMessage(Node inner) {
    var statement = around(inner);
    return statement.is("assert_statement")
        && statement.items().stream().skip(1).anyMatch(m -> m.contains(inner));
  }

  /// The statement that a node stands in, itself included.
  public static Node around(Node inner) {
    return isStatement(inner)
        ? inner
        : inner.ancestors().filter(Statements::isStatement).findFirst().orElse(inner);
  }
}

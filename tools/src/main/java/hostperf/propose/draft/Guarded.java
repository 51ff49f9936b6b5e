package hostperf.propose.draft;

import hostperf.source.Node;

/// Puts a statement under an `if`, and tells whether it stands under one already.
final class Guarded {
  private static final String STEP = "    ";

  private Guarded() {}

  /// A text over several lines would get the new indentation into it.
  static boolean canBe(Node statement) {
    return Edits.ownsItsLines(statement)
        && statement.find("string").noneMatch(s -> s.line() != s.endLine());
  }

  static void put(Edits edits, Node statement, String condition) {
    var indent = Edits.indent(statement);
    var lines = edits.lines(statement, statement, indent + STEP);
    edits.replace(
        statement.start(),
        statement.start() + edits.lines(statement, statement, indent).length(),
        "if " + condition + ":" + edits.newline() + indent + STEP + lines);
  }

  /// Some condition around it, of an `if` or a conditional expression, has these words.
  static boolean by(Node inner, String words) {
    return inner
        .ancestors()
        .takeWhile(a -> !a.is("function_definition"))
        .filter(a -> a.is("if_statement", "elif_clause", "conditional_expression"))
        .flatMap(
            a ->
                a.is("conditional_expression")
                    ? a.items().stream().skip(1).limit(1)
                    : a.child("condition").stream())
        .anyMatch(c -> c.text().contains(words));
  }
}

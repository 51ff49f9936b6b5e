package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.SideEffect;
import hostperf.source.SideEffects;
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

  /// The statements of a block or module, comments left out.
  static List<Node> statements(Node block) {
    return block.items().stream().filter(Statements::isStatement).toList();
  }

  static List<Node> siblings(Node statement) {
    return statement.parent().map(Syntax::statements).orElse(List.of());
  }

  /// Whether a node runs whenever what encloses it does: no branch, `try`, short circuit or inner
  /// loop lies between.
  static boolean isUnconditional(Node inner, Node within) {
    return inner.ancestors().takeWhile(a -> a != within).allMatch(a -> runs(inner, a))
        && !Statements.isMessage(inner);
  }

  private static boolean runs(Node inner, Node around) {
    return switch (around.kind()) {
      case "if_statement", "while_statement" -> has(around, "condition", inner);
      case "for_statement" -> has(around, "right", inner);
      case "boolean_operator" -> has(around, "left", inner);
      case "conditional_expression" -> around.items().get(1).contains(inner);
      case "elif_clause", "else_clause", "try_statement", "match_statement" -> false;
      default ->
          !around.isComprehension()
              || firstIterable(around).filter(i -> i.contains(inner)).isPresent();
    };
  }

  private static boolean has(Node around, String field, Node inner) {
    return around.child(field).filter(c -> c.contains(inner)).isPresent();
  }

  private static Optional<Node> firstIterable(Node comprehension) {
    return comprehension.find("for_in_clause").findFirst().flatMap(c -> c.child("right"));
  }

  /// Whether a node is what is assigned to, or a part of it.
  static boolean isTarget(Node node) {
    var at = node;
    while (at.parent()
        .filter(p -> p.is("pattern_list", "tuple_pattern", "list_pattern"))
        .isPresent()) {
      at = at.parent().orElseThrow();
    }
    return at.field().equals("left")
        && at.parent()
            .filter(
                p -> p.is("assignment", "augmented_assignment", "for_statement", "for_in_clause"))
            .isPresent();
  }

  /// An expression's text where a line of its own begins with it: a chain that is broken over lines
  /// is joined, anything else that is gets parentheses.
  static String value(Node node) {
    return Names.path(node)
        .orElseGet(() -> node.text().contains("\n") ? "(" + node.text() + ")" : node.text());
  }

  /// Three times what reading a plain attribute was measured at, see the table of times per hit in
  /// hotspot-classification.md.
  private static final double PLAIN_READ_S = 45e-9;

  /// Which part of an expression does more than give a value, or may.
  static Attempt notPure(String fact, Node expression, SideEffects effects) {
    var part = effects.doubt(expression).orElse(expression);
    if (effects.of(part) == SideEffect.EFFECT) {
      return Attempt.contradicted(fact, "`%s` does more than give a value".formatted(brief(part)));
    }
    var object = part.child("object").or(() -> Call.of(part).flatMap(Call::receiver));
    return Attempt.unknown(
        fact,
        object
            .map(
                o ->
                    "the class of `%s` is not seen, so `%s` may do more than give a value"
                        .formatted(brief(o), brief(part)))
            .orElseGet(
                () ->
                    "it is not seen that `%s` does no more than give a value"
                        .formatted(brief(part))));
  }

  /// A chain of plain attributes costs what its dots cost, whatever the rest of the line does.
  static Attempt.Draft bounded(DraftSite site, Node node, int times, Attempt.Draft draft) {
    boolean plain =
        Names.path(node).isPresent()
            && node.find("attribute")
                .allMatch(a -> site.effects().callees().property(a).findAny().isEmpty());
    long dots = node.text().chars().filter(c -> c == '.').count();
    return plain ? draft.atMost(dots * times * PLAIN_READ_S) : draft;
  }

  static String brief(Node node) {
    var text = node.text().replaceAll("\\s+", " ");
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}

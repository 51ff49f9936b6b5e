package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Node;
import hostperf.source.PythonClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `State(value) == State.RUNNING` → `value == State.RUNNING.value`, for each such comparison of
/// the statement.
///
/// The enum's class has to be found, in this file or where it is imported from, so that its values
/// and methods can be read.
final class EnumValueCompare implements Shape {
  private static final List<String> OWN_WAYS =
      List.of("_missing_", "__eq__", "__new__", "__init__");

  @Override
  public String pattern() {
    return "enum-value-compare";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    var found = site.own().flatMap(n -> Comparison.of(n).stream()).toList();
    var edits = new Edits(site.file());
    var done = new ArrayList<Comparison>();
    Attempt refused = Attempt.NO_MATCH;
    for (var comparison : found) {
      var refusal = refusal(site, comparison);
      if (refusal.isPresent()) {
        refused = refusal.get();
      } else {
        edits.replace(comparison.node(), comparison.rewritten());
        done.add(comparison);
      }
    }
    return done.isEmpty()
        ? refused
        : Attempt.draft(
            edits,
            List.of("enum", "no_missing"),
            "Compares `%s` with the member's value, without making a member of it."
                .formatted(Syntax.brief(done.getFirst().value())));
  }

  /// `Type(value) == Type.MEMBER`.
  private record Comparison(Node node, String type, Node value, Node member, boolean equal) {

    static Optional<Comparison> of(Node node) {
      if (!node.is("comparison_operator") || node.items().size() != 2) {
        return Optional.empty();
      }
      var member = node.items().getLast();
      var operator = node.all("operators").getFirst().text();
      return Call.of(node.items().getFirst())
          .filter(c -> c.positional().size() == 1 && operator.matches("==|!=|is|is\\s+not"))
          .filter(c -> member.is("attribute") && member.text().startsWith(c.callee() + "."))
          .filter(c -> Character.isUpperCase(c.name().charAt(0)))
          .map(
              c ->
                  new Comparison(
                      node,
                      c.callee(),
                      c.positional().getFirst(),
                      member,
                      operator.matches("==|is")));
    }

    String rewritten() {
      var plain = value.is("identifier", "attribute", "call", "subscript", "integer", "string");
      return "%s %s %s.value"
          .formatted(
              plain ? value.text() : "(" + value.text() + ")", equal ? "==" : "!=", member.text());
    }
  }

  private static Optional<Attempt> refusal(DraftSite site, Comparison comparison) {
    var known = site.types().modules().classNamed(comparison.type(), site.file());
    if (known.isEmpty()) {
      return refused(
          "enum", "the class `%s` is not found in this checkout".formatted(comparison.type()));
    }
    var type = known.get();
    if (!type.isEnum() || type.bases().stream().anyMatch(b -> b.endsWith("Flag"))) {
      return refused("enum", "`%s` is not a plain enum".formatted(comparison.type()));
    }
    for (var own : OWN_WAYS) {
      if (type.method(own).isPresent()) {
        return refused("no_missing", "`%s` defines `%s`".formatted(type.name(), own));
      }
    }
    if (site.types().of(comparison.value(), site.function()).isPresent()) {
      return refused(
          "valid",
          "`%s` is an object, not a plain value".formatted(Syntax.brief(comparison.value())));
    }
    var name = comparison.member().text().substring(comparison.type().length() + 1);
    return type.attribute(name)
            .flatMap(PythonClass.Attribute::value)
            .filter(Syntax::isLiteral)
            .isPresent()
        ? Optional.empty()
        : refused(
            "enum", "the value of `%s` is not a literal".formatted(comparison.member().text()));
  }

  private static Optional<Attempt> refused(String fact, String why) {
    return Optional.of(Attempt.unknown(fact, why));
  }
}

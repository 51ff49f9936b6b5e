package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// One chain or pure call twice or more in a statement → a local before it; a chain that several
/// statements of the function read → a local before the first of them.
final class CommonSubexpression implements Shape {
  @Override
  public String pattern() {
    return "common-subexpression";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    if (site.statement()
            .is(
                "for_statement",
                "while_statement",
                "elif_clause",
                "function_definition",
                "class_definition",
                "else_clause",
                "except_clause",
                "with_statement")
        || !Edits.ownsItsLines(site.statement())) {
      return Attempt.NO_MATCH;
    }
    return repeated(site)
        .map(nodes -> attempt(site, nodes))
        .or(() -> ReadTwice.attempt(site))
        .orElse(Attempt.NO_MATCH);
  }

  /// The longest expression that occurs more than once.
  private static Optional<List<Node>> repeated(DraftSite site) {
    var byText = new LinkedHashMap<String, List<Node>>();
    site.own()
        .filter(n -> n.is("attribute", "call", "subscript"))
        .filter(n -> isDear(site, n) && !isWritten(n))
        .forEach(n -> byText.computeIfAbsent(n.text(), _ -> new ArrayList<>()).add(n));
    return byText.values().stream()
        .filter(l -> l.size() > 1)
        .max(Comparator.comparingInt((List<Node> l) -> l.getFirst().text().length()));
  }

  private static boolean isDear(DraftSite site, Node node) {
    if (node.is("call")) {
      return Call.of(node).filter(c -> !c.isNamed("list", "dict", "set", "copy")).isPresent()
          && site.effects().isPure(node);
    }
    if (node.is("subscript")) {
      return node.child("value").filter(v -> v.is("subscript", "attribute")).isPresent()
          && node.all("subscript").stream().noneMatch(s -> s.is("slice"));
    }
    return Names.path(node).isPresent()
        && node.text().chars().filter(c -> c == '.').count() >= 2
        && node.parent().filter(p -> p.is("call") && node.field().equals("function")).isEmpty();
  }

  /// A part of what is assigned to: `a.b.c` of `a.b.c[i] = …`.
  private static boolean isWritten(Node node) {
    return Syntax.isTarget(node)
        || node.ancestors()
            .takeWhile(a -> !a.kind().endsWith("_statement"))
            .anyMatch(Syntax::isTarget);
  }

  private static Attempt attempt(DraftSite site, List<Node> nodes) {
    var first = nodes.getFirst();
    if (!site.loops(first).stream()
            .allMatch(l -> l.node().contains(site.statement()) && l.node() != site.statement())
        || nodes.stream().anyMatch(n -> site.loops(n).size() != site.loops(first).size())) {
      return Attempt.NO_MATCH; // inside a comprehension: hoisting is another shape
    }
    if (!Syntax.isUnconditional(first, site.statement())) {
      return Attempt.unknown(
          "same_value", "`%s` is evaluated only under a condition".formatted(Syntax.brief(first)));
    }
    if (nodes.stream().filter(n -> Syntax.isUnconditional(n, site.statement())).count() < 2) {
      return Attempt.unknown(
          "same_value",
          "Where `%s` is evaluated again is not seen to run".formatted(Syntax.brief(first)));
    }
    if (!site.effects().isPure(first)) {
      return Syntax.notPure("pure", first, site.effects());
    }
    var others =
        site.own()
            .filter(n -> n.is("call") && nodes.stream().noneMatch(m -> m.contains(n)))
            .toList();
    var stable = Stability.over(others, first, site);
    if (stable.broken().isPresent()) {
      return stable.refusal("no_writer").orElseThrow();
    }
    var name = FreshName.of(first, site.file());
    var edits = new Edits(site.file()).above(site.statement(), name + " = " + Syntax.value(first));
    nodes.forEach(n -> edits.replace(n, name));
    var seen = new ArrayList<>(List.of("same_value"));
    if (stable.isSeen()) {
      seen.add("no_writer");
    }
    seen.add("pure");
    return Syntax.bounded(
        site,
        first,
        nodes.size() - 1,
        Attempt.draft(
            edits, seen, "Evaluates `%s` once, into `%s`.".formatted(Syntax.brief(first), name)));
  }
}

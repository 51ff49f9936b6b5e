package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.Set;

/// `[x for x in xs if x not in set(done)]` → `done_set = set(done)` before the statement.
final class SetBeforeComprehension implements Shape {
  private static final Set<String> MAKERS = Set.of("set", "frozenset", "dict", "list", "tuple");

  @Override
  public String pattern() {
    return "set-before-comprehension";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return site.calls()
        .filter(c -> MAKERS.contains(c.callee()) && c.positional().size() == 1)
        .filter(c -> isOnlyRead(c.node()))
        .filter(c -> site.loops(c.node()).stream().anyMatch(Loop::isComprehension))
        .map(c -> attempt(site, c))
        .filter(a -> !a.equals(Attempt.NO_MATCH))
        .findFirst()
        .orElse(Attempt.NO_MATCH);
  }

  /// It is the right side of a membership test, so that nobody else gets it.
  private static boolean isOnlyRead(Node made) {
    return made.parent()
        .filter(p -> p.is("comparison_operator"))
        .filter(p -> p.items().getLast() == made)
        .filter(p -> p.all("operators").stream().allMatch(o -> o.text().endsWith("in")))
        .isPresent();
  }

  private static Attempt attempt(DraftSite site, Call made) {
    var inner = site.loops(made.node()).stream().filter(Loop::isComprehension).toList();
    var stability = Stability.in(inner.getFirst(), made.node(), site);
    for (var loop : inner) {
      stability = Stability.in(loop, made.node(), site);
      if (stability.broken().isPresent()) {
        return stability.broken().get();
      }
    }
    if (!site.effects().isPure(made.node())) {
      return Syntax.notPure("no_writer", made.node(), site.effects());
    }
    var statement = Statements.around(inner.getLast().node());
    if (!Edits.ownsItsLines(statement) || !runsFirst(inner.getLast().node(), statement)) {
      return Attempt.unknown("fails_alike", "the comprehension runs only under a condition");
    }
    return draft(site, made, statement, inner.getLast().node(), stability);
  }

  private static boolean runsFirst(Node comprehension, Node statement) {
    return !statement.is("elif_clause", "while_statement")
        && Syntax.isUnconditional(comprehension, statement);
  }

  private static Attempt draft(
      DraftSite site, Call made, Node statement, Node comprehension, Stability stability) {
    var source = made.argument(0).orElseThrow();
    var base = Names.path(source).map(p -> p.substring(p.lastIndexOf('.') + 1)).orElse("known");
    var suffix = made.callee().equals("frozenset") ? "set" : made.callee();
    var name = FreshName.of(base.replaceFirst("^_+", "") + "_" + suffix, site.file());
    var edits = new Edits(site.file()).above(statement, name + " = " + made.node().text());
    comprehension
        .tree()
        .filter(n -> n.is("call") && n.text().equals(made.node().text()))
        .forEach(n -> edits.replace(n, name));
    var seen = new ArrayList<>(stability.seen());
    seen.add("hashable");
    return Attempt.draft(
        edits, seen, "Builds `%s` once, before the comprehension.".formatted(made.node().text()));
  }
}

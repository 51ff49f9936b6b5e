package hostperf.propose.draft;

import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `x in some_list` inside a loop → `some_set = set(some_list)` before it.
final class MembershipToSet implements Shape {
  @Override
  public String pattern() {
    return "list-membership-to-set";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return site.own()
        .filter(MembershipToSet::isMembership)
        .map(test -> attempt(site, test.items().getLast()))
        .filter(a -> !a.equals(Attempt.NO_MATCH))
        .findFirst()
        .orElse(Attempt.NO_MATCH);
  }

  private static boolean isMembership(Node node) {
    return node.is("comparison_operator")
        && node.items().size() == 2
        && node.all("operators").stream().allMatch(o -> o.text().matches("(not\\s+)?in"));
  }

  private static Attempt attempt(DraftSite site, Node list) {
    var path = Names.path(list);
    var loops = site.loops(list);
    if (path.isEmpty() || loops.isEmpty() || !Lists.isList(site, list)) {
      return Attempt.NO_MATCH;
    }
    if (Lists.hasUnhashableElements(site, list)) {
      return Attempt.contradicted("hashable", "`%s` holds lists".formatted(path.get()));
    }
    Optional<Loop> outermost = Optional.empty();
    boolean kept = false;
    List<String> seen = new ArrayList<>();
    for (var loop : loops) {
      var stable = Stability.ofContents(loop, list, site);
      if (stable.broken().isPresent()) {
        if (outermost.isEmpty()) {
          return stable.refusal("unchanged").orElseThrow();
        }
        break;
      }
      outermost = Optional.of(loop);
      kept = stable.isSeen();
    }
    seen.add("is_list");
    if (kept) {
      seen.add("unchanged");
    }
    if (Lists.hasHashableElements(site, list)) {
      seen.add("hashable");
    }
    var loop = outermost.orElseThrow();
    var statement = Statements.around(loop.node());
    if (!Edits.ownsItsLines(statement)) {
      return Attempt.NO_MATCH;
    }
    var name =
        FreshName.of(
            FreshName.of(list, site.file()).replaceFirst("_\\d+$", "") + "_set", site.file());
    var edits =
        new Edits(site.file()).above(statement, "%s = set(%s)".formatted(name, list.text()));
    loop.body().stream()
        .flatMap(b -> b.find("comparison_operator"))
        .filter(MembershipToSet::isMembership)
        .map(t -> t.items().getLast())
        .filter(r -> r.text().equals(list.text()))
        .forEach(r -> edits.replace(r, name));
    return Attempt.draft(
        edits, seen, "Looks up in the set `%s`, built once before the loop.".formatted(name));
  }
}

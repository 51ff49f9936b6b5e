package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `some_list.index(x)` inside a loop → a dict from value to first position, built before it.
final class IndexToDict implements Shape {
  @Override
  public String pattern() {
    return "list-index-to-dict";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return site.calls()
        .filter(c -> c.isNamed("index") && c.positional().size() == 1)
        .filter(c -> !site.loops(c.node()).isEmpty())
        .map(c -> attempt(site, c))
        .findFirst()
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(DraftSite site, Call call) {
    var list = call.receiver().orElseThrow();
    var path = Names.path(list);
    if (path.isEmpty()) {
      return Attempt.NO_MATCH;
    }
    if (!Lists.isList(site, list)) {
      return Attempt.unknown("is_list", "`%s` is not seen to be a list".formatted(path.get()));
    }
    if (Lists.hasUnhashableElements(site, list)) {
      return Attempt.contradicted("hashable", "`%s` holds lists".formatted(path.get()));
    }
    if (call.node().ancestor("try_statement").isPresent()) {
      return Attempt.contradicted(
          "present", "a `try` around it may expect the ValueError of `index`");
    }
    Optional<Loop> outermost = Optional.empty();
    boolean kept = false;
    for (var loop : site.loops(call.node())) {
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
    return draft(site, call, path.get(), outermost.orElseThrow(), kept);
  }

  private static Attempt draft(DraftSite site, Call call, String path, Loop loop, boolean kept) {
    var statement = Statements.around(loop.node());
    if (!Edits.ownsItsLines(statement)) {
      return Attempt.NO_MATCH;
    }
    var last = path.substring(path.lastIndexOf('.') + 1).replaceFirst("^_+", "");
    var name = FreshName.of(last + "_index", site.file());
    var edits =
        new Edits(site.file())
            .above(
                statement,
                "%s = {v: i for i, v in reversed(list(enumerate(%s)))}".formatted(name, path))
            .replace(call.node(), "%s[%s]".formatted(name, call.argument(0).orElseThrow().text()));
    var seen = new ArrayList<>(List.of("is_list"));
    if (kept) {
      seen.add("unchanged");
    }
    if (Lists.hasHashableElements(site, call.receiver().orElseThrow())) {
      seen.add("hashable");
    }
    if (takesItsOwn(site, call, path)) {
      seen.add("present");
    }
    return Attempt.draft(
        edits,
        seen,
        "Looks positions up in the dict `%s`, built once before the loop.".formatted(name));
  }

  /// What is looked up comes from the list itself.
  private static boolean takesItsOwn(DraftSite site, Call call, String path) {
    return site.loops(call.node()).stream()
        .anyMatch(
            l ->
                l.iterable().text().equals(path)
                    && l.names().contains(call.argument(0).orElseThrow().text()));
  }
}

package hostperf.propose.draft;

import hostperf.source.Call;
import java.util.List;
import java.util.Optional;

/// `sum(lists, [])` → `list(itertools.chain.from_iterable(lists))`.
final class SumToChain implements Shape {
  @Override
  public String pattern() {
    return "sum-lists-to-chain";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return site.calls()
        .filter(c -> c.callee().equals("sum") && c.positional().size() + start(c) == 2)
        .filter(
            c ->
                c.keyword("start")
                    .or(() -> c.argument(1))
                    .filter(a -> a.text().equals("[]"))
                    .isPresent())
        .findFirst()
        .map(c -> attempt(site, c))
        .orElse(Attempt.NO_MATCH);
  }

  private static int start(Call call) {
    return call.keyword("start").isPresent() ? 1 : 0;
  }

  private static Attempt attempt(DraftSite site, Call call) {
    var lists = call.argument(0).orElseThrow();
    var edits = new Edits(site.file());
    var chain = imported(site);
    if (chain.isEmpty()) {
      ModuleTop.addImport(edits, site.file(), "import itertools");
    }
    edits.replace(
        call.node(),
        "list(%s.from_iterable(%s))".formatted(chain.orElse("itertools.chain"), lists.text()));
    return Attempt.draft(
        edits,
        Lists.holdsLists(site, lists) ? List.of("lists") : List.of(),
        "Chains the lists of `%s` in one walk.".formatted(Syntax.brief(lists)));
  }

  /// How the module calls `itertools.chain`, if it has it.
  private static Optional<String> imported(DraftSite site) {
    return site.file().imports().names().entrySet().stream()
        .filter(e -> e.getValue().equals("itertools.chain") || e.getValue().equals("itertools"))
        .filter(
            e ->
                ModuleTop.imports(site.file()).stream()
                    .anyMatch(i -> i.text().contains(e.getKey())))
        .map(e -> e.getValue().equals("itertools") ? e.getKey() + ".chain" : e.getKey())
        .sorted()
        .findFirst();
  }
}

package hostperf.propose.draft;

import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `p = Params(r); …; if r.data: use(p)` → `p = Params(r)` inside the `if`.
final class GuardConstruction implements Shape {
  @Override
  public String pattern() {
    return "guard-construction";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    var made =
        site.assignment()
            .filter(a -> a.child("left").filter(l -> l.is("identifier")).isPresent())
            .filter(a -> a.child("right").filter(GuardConstruction::isConstruction).isPresent());
    return made.map(a -> attempt(site, a)).orElse(Attempt.NO_MATCH);
  }

  private static boolean isConstruction(Node value) {
    return value.is(
        "call",
        "list_comprehension",
        "dictionary_comprehension",
        "set_comprehension",
        "dictionary",
        "string");
  }

  private static Attempt attempt(DraftSite site, Node made) {
    var name = made.child("left").orElseThrow().text();
    var uses = site.names().uses(name);
    var guard =
        Syntax.siblings(site.statement()).stream()
            .filter(s -> s.start() > site.statement().start() && s.is("if_statement"))
            .filter(s -> holdsAll(s, uses))
            .findFirst();
    if (uses.isEmpty() || guard.isEmpty()) {
      return Attempt.NO_MATCH;
    }
    if (site.names().bindings(name).size() > 1) {
      return Attempt.contradicted("only_there", "`%s` is also set elsewhere".formatted(name));
    }
    return refusal(site, made, guard.get()).orElseGet(() -> draft(site, made, guard.get()));
  }

  private static boolean holdsAll(Node guard, List<Node> uses) {
    return guard
        .child("consequence")
        .filter(block -> uses.stream().allMatch(block::contains))
        .isPresent();
  }

  private static Optional<Attempt> refusal(DraftSite site, Node made, Node guard) {
    var value = made.child("right").orElseThrow();
    if (!Edits.ownsItsLines(site.statement())
        || guard.child("consequence").filter(b -> b.line() > guard.line()).isEmpty()) {
      return Optional.of(Attempt.NO_MATCH);
    }
    if (!site.effects().isPure(value)) {
      return Optional.of(Syntax.notPure("no_effect", value, site.effects()));
    }
    var between = new ArrayList<Node>();
    for (var s : Syntax.siblings(site.statement())) {
      if (s.start() > site.statement().start() && s.start() < guard.start()) {
        between.add(s);
      }
    }
    if (between.stream()
        .anyMatch(
            b ->
                b.find(
                            "return_statement",
                            "continue_statement",
                            "break_statement",
                            "raise_statement")
                        .findAny()
                        .isPresent()
                    && b.is("try_statement"))) {
      return Optional.of(Attempt.NO_MATCH);
    }
    return inputs(site, made, guard).refusal("same_inputs");
  }

  /// Whether what it is made from stays the same until the guard is passed.
  private static Stability inputs(DraftSite site, Node made, Node guard) {
    var between =
        Stream.concat(
                Syntax.siblings(site.statement()).stream()
                    .filter(s -> s.start() > site.statement().start() && s.start() < guard.start()),
                guard.child("condition").stream())
            .toList();
    return Stability.over(between, made.child("right").orElseThrow(), site);
  }

  private static Attempt draft(DraftSite site, Node made, Node guard) {
    var block = guard.child("consequence").orElseThrow();
    var first = Syntax.statements(block).getFirst();
    var edits = new Edits(site.file());
    var text = edits.lines(site.statement(), site.statement(), Edits.indent(first));
    edits.remove(site.statement()).above(first, text);
    var seen = new ArrayList<>(List.of("only_there"));
    if (site.infallible().is(made.child("right").orElseThrow())) {
      seen.add("no_effect");
    }
    if (inputs(site, made, guard).isSeen()) {
      seen.addAll(List.of("same_condition", "same_inputs"));
    }
    return Attempt.draft(
        edits,
        seen,
        "Makes `%s` only where `%s` holds."
            .formatted(
                made.child("left").orElseThrow().text(),
                Syntax.brief(guard.child("condition").orElseThrow())));
  }
}

package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.List;

/// `xs = sorted(xs, …)` → `xs.sort(…)`, where `xs` is a list that was made in this function.
final class InPlaceSort implements Shape {
  @Override
  public String pattern() {
    return "in-place-sort";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return site.assignment()
        .filter(a -> a.child("left").filter(l -> l.is("identifier")).isPresent())
        .flatMap(
            a ->
                a.child("right")
                    .flatMap(Call::of)
                    .filter(c -> c.callee().equals("sorted") && c.positional().size() == 1)
                    .filter(
                        c ->
                            c.argument(0)
                                .filter(x -> x.text().equals(a.child("left").orElseThrow().text()))
                                .isPresent())
                    .map(c -> attempt(site, a, c)))
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(DraftSite site, Node assignment, Call sorted) {
    var name = assignment.child("left").orElseThrow().text();
    var made = site.names().reaching(name, assignment);
    var fresh =
        made.filter(b -> b.kind() == Names.Kind.ASSIGNED)
            .flatMap(Names.Binding::value)
            .filter(
                v ->
                    v.is("list", "list_comprehension")
                        || v.is("call") && v.text().startsWith("list("));
    if (fresh.isEmpty()
        || site.names().bindings(name).stream().filter(b -> b.kind() != Names.Kind.MUTATED).count()
            != 2) {
      return Attempt.unknown("own_list", "`%s` is not seen to be a list made here".formatted(name));
    }
    if (site.names().uses(name).stream().anyMatch(u -> isBefore(u, assignment) && isShared(u))) {
      return Attempt.contradicted(
          "own_list", "`%s` is passed on before it is sorted".formatted(name));
    }
    var rest =
        sorted.node().child("arguments").stream()
            .flatMap(a -> a.items().stream())
            .skip(1)
            .map(Node::text)
            .toList();
    var edits =
        new Edits(site.file())
            .replace(assignment, "%s.sort(%s)".formatted(name, String.join(", ", rest)));
    return Attempt.draft(edits, List.of("own_list"), "Sorts `%s` in place.".formatted(name));
  }

  /// Earlier in the text, or on an earlier turn of a loop around the assignment.
  private static boolean isBefore(Node use, Node assignment) {
    return use.end() < assignment.start()
        || assignment
            .ancestors()
            .filter(a -> a.is("for_statement", "while_statement"))
            .anyMatch(l -> l.contains(use) && !assignment.contains(use));
  }

  private static boolean isShared(Node use) {
    return use.parent()
        .filter(
            p ->
                p.is(
                    "argument_list",
                    "assignment",
                    "keyword_argument",
                    "list",
                    "tuple",
                    "dictionary",
                    "pair",
                    "return_statement"))
        .filter(
            p ->
                !p.parent()
                    .map(Node::text)
                    .orElse("")
                    .matches("(?s)(len|sum|min|max|any|all)\\(.*"))
        .isPresent();
  }
}

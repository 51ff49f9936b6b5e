package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.List;

/// `list(d.keys())[0]` → `next(iter(d.keys()))`, under a test that the collection is not empty.
final class NextIter implements Shape {
  @Override
  public String pattern() {
    return "next-iter";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.own()
        .filter(n -> n.is("subscript") && n.all("subscript").size() == 1)
        .filter(n -> n.all("subscript").getFirst().text().equals("0") && !Syntax.isTarget(n))
        .flatMap(
            n ->
                n
                    .child("value")
                    .flatMap(Call::of)
                    .filter(c -> c.callee().equals("list") && c.positional().size() == 1)
                    .map(c -> attempt(spot, n, c))
                    .stream())
        .findFirst()
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(Spot spot, Node element, Call list) {
    var source = list.argument(0).orElseThrow();
    var collection = source.text().replaceFirst("\\.(keys|values|items)\\(\\)$", "");
    var edits = new Edits(spot.file()).replace(element, "next(iter(%s))".formatted(source.text()));
    if (!isTested(element, collection)) {
      return Attempt.refused(
          "not_empty",
          "`%s` is not seen to be non-empty here, and an empty one would raise StopIteration instead of IndexError"
              .formatted(collection));
    }
    return Attempt.draft(
        edits, List.of("not_empty"), "Takes the first element without copying them all.");
  }

  private static boolean isTested(Node element, String collection) {
    return element
        .ancestors()
        .filter(a -> a.is("if_statement", "while_statement"))
        .filter(
            a ->
                a.child("consequence")
                    .or(() -> a.child("body"))
                    .filter(b -> b.contains(element))
                    .isPresent())
        .flatMap(a -> a.child("condition").stream())
        .map(Node::text)
        .anyMatch(
            c ->
                c.equals(collection)
                    || c.matches(
                        "(?s).*\\blen\\("
                            + java.util.regex.Pattern.quote(collection)
                            + "\\) (> 0|== \\d*[1-9]|>= 1).*"));
  }
}

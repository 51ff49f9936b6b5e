package hostperf.propose.draft;

import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `xs = [f(i) for i in range(n)]` that is only read as `xs[k]` in `for k in range(n)` → `f(k)`
/// there, and no list.
final class ComputeOnDemand implements Shape {
  @Override
  public String pattern() {
    return "compute-on-demand";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.assignment()
        .or(() -> read(spot).flatMap(r -> made(spot, r)))
        .filter(a -> a.child("left").filter(l -> l.is("identifier")).isPresent())
        .filter(a -> a.child("right").filter(r -> r.is("list_comprehension")).isPresent())
        .map(a -> attempt(spot, a))
        .orElse(Attempt.NO_MATCH);
  }

  /// The flagged line may be the one that reads an element.
  private static Optional<Node> read(Spot spot) {
    return spot.own()
        .filter(n -> n.is("subscript") && !Syntax.isTarget(n))
        .flatMap(n -> n.child("value").stream())
        .filter(v -> v.is("identifier"))
        .findFirst();
  }

  private static Optional<Node> made(Spot spot, Node name) {
    return spot.names()
        .reaching(name.text(), name)
        .filter(b -> b.kind() == Names.Kind.ASSIGNED)
        .map(Names.Binding::node)
        .filter(n -> n.is("assignment"));
  }

  private static Attempt attempt(Spot spot, Node made) {
    var name = made.child("left").orElseThrow().text();
    var list = made.child("right").orElseThrow();
    var loops = list.children().stream().filter(c -> c.is("for_in_clause")).toList();
    var range = loops.getFirst().child("right").map(Node::text).orElse("");
    var element = list.child("body").orElseThrow();
    var variable = loops.getFirst().child("left").map(Node::text).orElse("");
    if (loops.size() != 1
        || list.find("if_clause").findAny().isPresent()
        || !range.matches("range\\([\\w.]+\\)")
        || !spot.pure().isPure(element)) {
      return Attempt.NO_MATCH;
    }
    var uses = spot.names().uses(name);
    if (uses.isEmpty() || uses.stream().noneMatch(u -> index(u).isPresent())) {
      return Attempt.NO_MATCH;
    }
    if (spot.names().bindings(name).size() > 1
        || uses.stream().anyMatch(u -> index(u).filter(k -> counts(spot, k, range)).isEmpty())) {
      return Attempt.refused(
          "only_used_so",
          "`%s` is also used in another way than by the index of a loop over `%s`"
              .formatted(name, range));
    }
    var statement = Statements.around(made);
    var last = uses.getLast();
    var between =
        spot.function().statements().stream()
            .filter(s -> s.start() > statement.start() && s.start() <= last.start())
            .toList();
    var stable = Stability.over(between, element, spot);
    if (stable.broken().isEmpty() && !stable.isSeen() && !isOfNumbers(spot, element, variable)) {
      return Attempt.refused(
          "only_used_so",
          "a call in between may change what `%s` is made of".formatted(Syntax.brief(element)));
    }
    if (stable.broken().isPresent() || !Edits.ownsItsLines(statement)) {
      return stable
          .broken()
          .<Attempt>map(b -> Attempt.refused("only_used_so", b.why()))
          .orElse(Attempt.NO_MATCH);
    }
    var edits = new Edits(spot.file()).remove(statement);
    uses.forEach(u -> edits.replace(u.parent().orElseThrow(), inlined(element, variable, u)));
    return Attempt.draft(
        edits,
        List.of("only_used_so"),
        "Computes an element of `%s` where it is read, and builds no list.".formatted(name));
  }

  /// No call can change a number that a local name holds.
  private static boolean isOfNumbers(Spot spot, Node element, String variable) {
    return element.find("attribute", "subscript", "call").findAny().isEmpty()
        && element
            .find("identifier")
            .filter(n -> !n.text().equals(variable))
            .allMatch(n -> new Kinds(spot).is(n, Kinds.Kind.NUMBER, Kinds.Kind.TEXT));
  }

  private static Optional<Node> index(Node use) {
    return use.parent()
        .filter(p -> p.is("subscript") && !Syntax.isTarget(p) && p.all("subscript").size() == 1)
        .map(p -> p.all("subscript").getFirst())
        .filter(k -> k.is("identifier"));
  }

  /// Whether the index runs over the same range, in the loop around it.
  private static boolean counts(Spot spot, Node index, String range) {
    return spot.loops(index).stream()
        .filter(l -> l.names().contains(index.text()))
        .map(Loop::iterable)
        .anyMatch(i -> i.text().equals(range));
  }

  private static String inlined(Node element, String variable, Node use) {
    var text =
        Pattern.compile("(?<![\\w.])" + Pattern.quote(variable) + "\\b")
            .matcher(element.text())
            .replaceAll(index(use).orElseThrow().text());
    boolean alone = element.is("identifier", "call", "subscript", "attribute", "integer");
    return alone || bindsLoosely(use, element) ? text : "(" + text + ")";
  }

  /// Arithmetic binds tighter than a comparison, a comma and an assignment.
  private static boolean bindsLoosely(Node use, Node element) {
    return element.is("binary_operator")
        && use.parent()
            .flatMap(Node::parent)
            .filter(p -> p.is("comparison_operator", "argument_list", "assignment"))
            .isPresent();
  }
}

package hostperf.propose.draft;

import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Two `for` loops over one collection → one, where the second only fills names of its own.
///
/// The flagged line is in either loop. Between them stand at most assignments of empty containers
/// or literals for the second, which move in front of the first.
final class MergeSecondPass implements Shape {
  @Override
  public String pattern() {
    return "merge-second-pass";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.statement().is("for_statement")
        ? around(spot, spot.statement())
        : spot.statement().ancestors().filter(a -> a.is("for_statement")).findFirst().stream()
            .map(l -> around(spot, l))
            .findFirst()
            .orElse(Attempt.NO_MATCH);
  }

  private static Attempt around(Spot spot, Node loop) {
    var siblings = Syntax.siblings(loop);
    int at = siblings.indexOf(loop);
    for (int other = 0; other < siblings.size(); other++) {
      int first = Math.min(at, other);
      int second = Math.max(at, other);
      if (other != at
          && isTwin(siblings.get(first), siblings.get(second))
          && siblings.subList(first + 1, second).stream().allMatch(MergeSecondPass::isStart)) {
        return merge(
            spot, siblings.get(first), siblings.subList(first + 1, second), siblings.get(second));
      }
    }
    return Attempt.NO_MATCH;
  }

  private static boolean isTwin(Node first, Node second) {
    return first.is("for_statement")
        && second.is("for_statement")
        && text(first, "left").equals(text(second, "left"))
        && text(first, "right").equals(text(second, "right"))
        && first.child("alternative").isEmpty()
        && second.child("alternative").isEmpty();
  }

  /// `slots = []`: what the second loop starts from.
  private static boolean isStart(Node statement) {
    return Syntax.only(statement)
        .filter(
            a -> a.is("assignment") && a.child("left").filter(l -> l.is("identifier")).isPresent())
        .flatMap(a -> a.child("right"))
        .filter(
            v ->
                Syntax.isLiteral(v)
                    || v.is("list", "dictionary") && v.items().isEmpty()
                    || v.is("call") && v.text().matches("(set|list|dict)\\(\\)"))
        .isPresent();
  }

  private static Attempt merge(Spot spot, Node first, List<Node> starts, Node second) {
    var refused = refusal(spot, first, starts, second);
    if (refused.isPresent()) {
      return refused.get();
    }
    var into = Syntax.statements(first.child("body").orElseThrow());
    var from = Syntax.statements(second.child("body").orElseThrow());
    var edits = new Edits(spot.file());
    for (var start : starts) {
      edits.above(first, edits.lines(start, start, Edits.indent(first))).remove(start);
    }
    edits.remove(second);
    edits.below(
        into.getLast(),
        edits.lines(from.getFirst(), from.getLast(), Edits.indent(into.getFirst())));
    boolean reads =
        Stream.of(first, second)
            .flatMap(l -> l.child("body").orElseThrow().find("attribute"))
            .allMatch(spot.pure()::isKnown);
    return Attempt.draft(
        edits,
        reads
            ? List.of("same_collection", "independent", "no_exit", "no_effects")
            : List.of("same_collection", "independent", "no_exit"),
        "Does the work of the second loop over `%s` in the first.".formatted(text(first, "right")));
  }

  private static Optional<Attempt> refusal(Spot spot, Node first, List<Node> starts, Node second) {
    var one = first.child("body").orElseThrow();
    var two = second.child("body").orElseThrow();
    if (leaves(one) || leaves(two)) {
      return Optional.of(Attempt.refused("no_exit", "one of the loops is left early"));
    }
    var iterable = first.child("right").orElseThrow();
    if (!spot.pure().isPure(iterable) || !new Kinds(spot).isReiterable(iterable)) {
      return Optional.of(
          Attempt.refused(
              "same_collection",
              "`%s` may give another collection, or run out, the second time"
                  .formatted(Syntax.brief(iterable))));
    }
    var loop = new Loop(first, first.child("left"), iterable);
    var stable = Stability.in(loop, iterable, spot);
    if (stable.broken().isPresent()) {
      return Optional.of(Attempt.refused("same_collection", stable.broken().get().why()));
    }
    var writes = new HashSet<>(Names.writtenIn(one));
    writes.retainAll(Names.readIn(two));
    writes.removeAll(loop.names());
    if (!writes.isEmpty()) {
      return Optional.of(
          Attempt.refused(
              "independent",
              "the second loop reads `%s`, which the first fills"
                  .formatted(writes.iterator().next())));
    }
    var back = new HashSet<>(Names.writtenIn(two));
    starts.forEach(s -> back.addAll(Names.writtenIn(s)));
    back.removeAll(loop.names());
    if (back.stream()
        .anyMatch(
            w ->
                Names.readIn(one).contains(w)
                    || Names.readIn(iterable).contains(w)
                    || Names.writtenIn(one).contains(w)
                        && !Names.writtenIn(two).isEmpty()
                        && Names.writtenIn(one).contains(w))) {
      return Optional.of(
          Attempt.refused("independent", "the first loop reads or writes what the second writes"));
    }
    return effects(spot, loop, one, two);
  }

  private static Optional<Attempt> effects(Spot spot, Loop loop, Node one, Node two) {
    var pure = spot.pure();
    for (var body : List.of(one, two)) {
      for (var call : PythonFunction.calls(body)) {
        boolean fills =
            call.isNamed("append", "add", "extend")
                && call.receiver().filter(new Kinds(spot)::isMadeHere).isPresent()
                && call.receiver().filter(r -> loop.names().contains(r.text())).isEmpty();
        if (!(fills ? call.positional().stream().allMatch(pure::isPure) : pure.isPure(call))) {
          return Optional.of(
              Attempt.refused(
                  "no_effects",
                  "`%s` may have an effect that the order decides"
                      .formatted(Syntax.brief(call.node()))));
        }
      }
      if (Names.writtenIn(body).stream()
          .anyMatch(w -> w.contains(".") || loop.names().contains(w))) {
        return Optional.of(
            Attempt.refused("no_effects", "a loop writes into the elements or into an object"));
      }
    }
    return Optional.empty();
  }

  private static boolean leaves(Node body) {
    return body.find(
            "break_statement",
            "continue_statement",
            "return_statement",
            "raise_statement",
            "yield",
            "await",
            "try_statement")
        .findAny()
        .isPresent();
  }

  private static String text(Node node, String field) {
    return node.child(field).map(Node::text).orElse("");
  }
}

package hostperf.propose.draft;

import hostperf.propose.draft.Kinds.Kind;
import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `for i in range(len(x)): out.append(x[i]); pos.append(i)` → `out.extend(x)` and
/// `pos.extend(range(len(x)))`; `for v in x: out.append(v)` → `out.extend(x)`; a range that begins
/// later gives a slice.
final class SecondPassToSlice implements Shape {
  @Override
  public String pattern() {
    return "second-pass-to-slice";
  }

  @Override
  public Attempt attempt(Spot spot) {
    var loop =
        spot.statement().is("for_statement")
            ? Optional.of(spot.statement())
            : spot.statement().ancestor("for_statement");
    return loop.filter(l -> Edits.ownsItsLines(l) && l.find("comment").findAny().isEmpty())
        .map(l -> attempt(spot, l))
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(Spot spot, Node loop) {
    var body = loop.child("body").map(Syntax::statements).orElse(List.of());
    var target = loop.child("left").filter(l -> l.is("identifier"));
    if (body.isEmpty() || target.isEmpty() || loop.child("alternative").isPresent()) {
      return Attempt.NO_MATCH;
    }
    var variable = target.get().text();
    var lines = new ArrayList<String>();
    for (var statement : body) {
      var append = append(statement);
      if (append.isEmpty()) {
        return Attempt.NO_MATCH;
      }
      var out = append.get().receiver().orElseThrow().text();
      var what = whole(spot, loop, variable, append.get().argument(0).orElseThrow());
      switch (what) {
        case Copied.Text t -> lines.add(out + ".extend(" + t.text() + ")");
        case Copied.Not n -> {
          return n.attempt();
        }
      }
      if (loop.child("right").orElseThrow().text().matches(".*\\b" + out + "\\b.*")) {
        return Attempt.refused("copies", "`%s` grows by what is read from it".formatted(out));
      }
      if (!ListFacts.isBoundToList(spot, out)) {
        return Attempt.refused("list", "`%s` is not seen to be a list".formatted(out));
      }
    }
    if (lines.stream().distinct().count() < lines.size() || isReadBehind(spot, variable, loop)) {
      return Attempt.refused(
          "copies", "`%s` is read behind the loop, or one list grows twice".formatted(variable));
    }
    var edits = new Edits(spot.file());
    edits.replace(loop, String.join(edits.newline() + Edits.indent(loop), lines));
    return Attempt.draft(
        edits,
        seen(spot, loop),
        "Extends the list by all elements at once instead of appending one by one.");
  }

  /// The last value of the loop's variable is used after it.
  private static boolean isReadBehind(Spot spot, String variable, Node loop) {
    return spot.names().uses(variable).stream()
        .filter(u -> u.start() >= loop.end())
        .anyMatch(
            u ->
                spot.names()
                    .reaching(variable, u)
                    .filter(b -> b.node().start() > loop.end() && holds(b.node(), u))
                    .isEmpty());
  }

  /// The block that a binding stands in also has the use.
  private static boolean holds(Node binding, Node use) {
    return binding.is("for_statement")
        ? binding.contains(use)
        : binding.ancestor("block").filter(b -> b.contains(use)).isPresent();
  }

  private static Optional<Call> append(Node statement) {
    return Syntax.only(statement)
        .flatMap(Call::of)
        .filter(c -> c.isNamed("append") && c.positional().size() == 1)
        .filter(c -> c.receiver().filter(r -> r.is("identifier")).isPresent());
  }

  /// All elements that one `append` copies.
  private sealed interface Copied {
    record Text(String text) implements Copied {}

    record Not(Attempt attempt) implements Copied {}
  }

  private static Copied whole(Spot spot, Node loop, String variable, Node element) {
    var iterable = loop.child("right").orElseThrow();
    if (element.text().equals(variable)) {
      return iterable.is("generator_expression", "await")
          ? new Copied.Not(Attempt.NO_MATCH)
          : new Copied.Text(iterable.text());
    }
    var range =
        Call.of(iterable).filter(c -> c.callee().equals("range") && c.positional().size() <= 2);
    if (range.isEmpty()
        || !element.is("subscript")
        || !element.all("subscript").getFirst().text().equals(variable)
        || element.all("subscript").size() != 1) {
      return new Copied.Not(Attempt.NO_MATCH);
    }
    return slice(spot, element.child("value").orElseThrow(), range.get());
  }

  private static Copied slice(Spot spot, Node source, Call range) {
    var stop = range.positional().getLast();
    if (!stop.text().equals("len(" + source.text() + ")")) {
      return refused(
          "in_range",
          "`%s` may lie behind the end of `%s`, where the loop raises and a slice does not"
              .formatted(Syntax.brief(stop), source.text()));
    }
    if (!new Kinds(spot).is(source, Kind.LIST, Kind.TUPLE, Kind.TEXT, Kind.TENSOR)) {
      return refused(
          "list", "`%s` is not seen to be a list or a tuple".formatted(Syntax.brief(source)));
    }
    if (range.positional().size() == 1) {
      return new Copied.Text(source.text());
    }
    var start = range.positional().getFirst().text();
    if (!start.matches("\\d+") && !isLength(spot, start)) {
      return refused(
          "in_range", "`%s` may be negative, which means another slice".formatted(start));
    }
    if (!ListFacts.isList(spot, source)) {
      return refused("list", "`%s` is not seen to be a list".formatted(Syntax.brief(source)));
    }
    return new Copied.Text(source.text() + "[" + start + ":]");
  }

  private static Copied refused(String fact, String why) {
    return new Copied.Not(Attempt.refused(fact, why));
  }

  /// A name bound once, to a `len(...)`, is no negative number.
  private static boolean isLength(Spot spot, String name) {
    var bindings = spot.names().bindings(name);
    return name.matches("len\\([\\w.]+\\)")
        || bindings.size() == 1
            && bindings
                .getFirst()
                .value()
                .filter(v -> v.text().matches("len\\([\\w.]+\\)"))
                .isPresent();
  }

  private static List<String> seen(Spot spot, Node loop) {
    var iterable = loop.child("right").orElseThrow();
    var source =
        Call.of(iterable)
            .flatMap(c -> c.positional().stream().reduce((_, last) -> last))
            .flatMap(Call::of)
            .flatMap(c -> c.argument(0))
            .orElse(iterable);
    return ListFacts.isList(spot, source)
        ? List.of("copies", "in_range", "list")
        : List.of("copies", "in_range");
  }
}

package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Node;
import hostperf.source.SideEffect;
import java.util.List;
import java.util.Set;

/// `tuple(f(x) for x in xs)` → `tuple([f(x) for x in xs])`, and the like for what takes all
/// elements in any case.
final class GeneratorToComprehension implements Shape {
  private static final Set<String> TAKE_ALL = Set.of("tuple", "join", "list", "set", "dict");

  @Override
  public String pattern() {
    return "generator-to-comprehension";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    var calls = site.calls().filter(c -> takesAll(site, c)).toList();
    if (calls.isEmpty()) {
      return Attempt.NO_MATCH;
    }
    var edits = new Edits(site.file());
    boolean seen = true;
    for (var call : calls) {
      var generator = call.argument(0).orElseThrow();
      if (generator.find("call").flatMap(n -> Call.of(n).stream()).anyMatch(c -> mayEnd(c))) {
        return Attempt.unknown(
            "no_stop",
            "`%s` may raise StopIteration, which a generator turns into RuntimeError"
                .formatted(Syntax.brief(generator)));
      }
      seen &= site.effects().of(generator) == SideEffect.PURE;
      rewrite(edits, call, generator);
    }
    return Attempt.draft(
        edits,
        seen ? List.of("no_stop") : List.of(),
        "Makes the elements of `%s` without a generator."
            .formatted(Syntax.brief(calls.getFirst().node())));
  }

  private static boolean takesAll(DraftSite site, Call call) {
    return TAKE_ALL.contains(call.name())
        && (call.isNamed("join")
            ? call.receiver().filter(Syntax::isLiteral).isPresent()
            : site.kinds().isOwn(call.callee()))
        && call.node().child("arguments").filter(a -> a.is("generator_expression")).isPresent()
        && (!call.isNamed("dict") || isPair(element(call)))
        && call.node().find("await").findAny().isEmpty()
        && call.node().find("for_in_clause").noneMatch(f -> f.text().startsWith("async"))
        // In an f-string two braces in a row mean one.
        && call.node().ancestors().noneMatch(a -> a.is("interpolation"));
  }

  private static Node element(Call call) {
    return call.argument(0).flatMap(g -> g.child("body")).orElseThrow();
  }

  /// `(key, value)`, with nothing in it that a dictionary would read in another way, or that would
  /// be lost between the two.
  private static boolean isPair(Node element) {
    return element.is("tuple")
        && element.items().size() == 2
        && element.items().stream().noneMatch(i -> i.is("list_splat", "named_expression", "lambda"))
        && element.find("comment").findAny().isEmpty();
  }

  /// `next(x)` without a default.
  private static boolean mayEnd(Call call) {
    return call.isNamed("next", "__next__") && call.positional().size() < 2;
  }

  /// Bracket by bracket, so that one generator may stand in another and comments stay.
  private static void rewrite(Edits edits, Call call, Node generator) {
    boolean kept = call.isNamed("tuple", "join");
    boolean curly = call.isNamed("set", "dict");
    int from = kept ? generator.start() + 1 : call.node().start();
    edits.replace(from, generator.start() + 1, curly ? "{" : "[");
    edits.replace(generator.end() - 1, generator.end(), curly ? "}" : kept ? "])" : "]");
    if (call.isNamed("dict")) {
      var pair = element(call);
      int comma = pair.items().getFirst().end();
      int value = pair.items().getLast().start();
      edits.replace(pair.start(), pair.start() + 1, "");
      edits.replace(comma, value, ": ");
      edits.replace(pair.items().getLast().end(), pair.end(), "");
    }
  }
}

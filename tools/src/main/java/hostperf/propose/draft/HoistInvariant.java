package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// `for r in rs: f(self.config.limits.max_len)` → the chain is read once, before the loop, and in
/// the loops after it that read the same.
///
/// Takes attribute chains of two dots or more, properties, and calls that can be shown to be pure
/// and cost more than a look-up. It leaves method names alone: an alias for `out.append` gains
/// nothing since Python 3.11.
final class HoistInvariant implements Shape {
  /// Pure, but not worth a name.
  private static final Set<String> CHEAP =
      Set.of(
          "len",
          "isinstance",
          "type",
          "id",
          "int",
          "float",
          "bool",
          "abs",
          "range",
          "enumerate",
          "zip",
          "reversed",
          "callable",
          "min",
          "max",
          "getattr",
          "hasattr");

  /// Each turn has to get one of its own: somebody may write into it.
  private static final Set<String> MAKERS = Set.of("list", "dict", "set", "sorted", "copy");

  @Override
  public String pattern() {
    return "hoist-invariant";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    Attempt refused = Attempt.NO_MATCH;
    for (var candidate : candidates(site)) {
      var attempt = attempt(site, candidate);
      if (attempt instanceof Attempt.Draft) {
        return attempt;
      }
      if (refused.equals(Attempt.NO_MATCH)) {
        refused = attempt;
      }
    }
    return refused;
  }

  private static Attempt attempt(DraftSite site, Node candidate) {
    if (!site.effects().isPure(candidate)) {
      return Syntax.notPure("pure", candidate, site.effects());
    }
    Optional<Loop> outermost = Optional.empty();
    Attempt refused = Attempt.NO_MATCH;
    List<String> seen = List.of();
    for (var loop : site.loops(candidate)) {
      var stability = Stability.in(loop, candidate, site);
      if (stability.broken().isPresent()) {
        refused = stability.broken().get();
        break;
      }
      if (!alwaysRuns(site, candidate, loop)) {
        refused =
            Attempt.unknown(
                "fails_alike",
                "`%s` is read only under a condition inside the loop"
                    .formatted(Syntax.brief(candidate)));
        break;
      }
      outermost = Optional.of(loop);
      seen = stability.seen();
    }
    return outermost.isEmpty() ? refused : draft(site, candidate, outermost.get(), seen);
  }

  private static Attempt draft(DraftSite site, Node candidate, Loop loop, List<String> stable) {
    var statement = Statements.around(loop.node());
    if (!Edits.ownsItsLines(statement) || statement.is("elif_clause")) {
      return Attempt.NO_MATCH;
    }
    var readers = loop.isComprehension() ? List.of(statement) : readers(site, statement, candidate);
    var first = readers.getFirst();
    var name = FreshName.of(candidate, site.file());
    var edits = new Edits(site.file()).above(first, name + " = " + Syntax.value(candidate));
    readers.forEach(r -> occurrences(r, candidate).forEach(n -> edits.replace(n, name)));
    var seen = new ArrayList<>(stable);
    seen.add("pure");
    if (readBefore(site, first, candidate)) {
      seen.add("fails_alike");
    }
    return Syntax.bounded(
        site,
        candidate,
        1,
        Attempt.draft(
            edits,
            seen,
            "Reads `%s` once before the loop, into `%s`."
                .formatted(Syntax.brief(candidate), name)));
  }

  /// The loop, and its neighbours in the same block that read the same value on every turn, as
  /// long as the value is stable from the first to the last of them.
  private static List<Node> readers(DraftSite site, Node loop, Node candidate) {
    var readers = new ArrayList<>(List.of(loop));
    for (var other : Syntax.siblings(loop)) {
      if (other == loop || !other.is("for_statement") || occurrences(other, candidate).isEmpty()) {
        continue;
      }
      var between =
          Syntax.siblings(loop).stream()
              .filter(s -> s.start() >= Math.min(loop.start(), other.start()))
              .filter(s -> s.end() <= Math.max(loop.end(), other.end()))
              .toList();
      boolean always =
          occurrences(other, candidate).stream()
              .allMatch(n -> Syntax.isUnconditional(n, other) || other.start() > loop.start());
      if (always && Stability.over(between, candidate, site).broken().isEmpty()) {
        readers.add(other);
      }
    }
    readers.sort(java.util.Comparator.comparingInt(Node::start));
    return readers;
  }

  /// On every turn, or it was read on this path before: then it fails before the loop as well.
  private static boolean alwaysRuns(DraftSite site, Node candidate, Loop loop) {
    return Syntax.isUnconditional(candidate, loop.node()) && !leavesEarlier(loop, candidate)
        || readBefore(site, loop.node(), candidate);
  }

  private static boolean leavesEarlier(Loop loop, Node candidate) {
    return loop.body().stream()
        .flatMap(b -> b.find("continue_statement", "break_statement", "return_statement"))
        .anyMatch(n -> n.start() < candidate.start());
  }

  private static boolean readBefore(DraftSite site, Node statement, Node candidate) {
    var body = site.function().body();
    return body.tree()
        .takeWhile(n -> n.start() < statement.start())
        .filter(n -> n.end() <= statement.start() && n.text().equals(candidate.text()))
        .anyMatch(n -> Syntax.isUnconditional(n, body));
  }

  /// The same text inside a statement: all of it is read once.
  private static List<Node> occurrences(Node statement, Node candidate) {
    return statement
        .tree(n -> !same(n, candidate) && !n.is("lambda", "function_definition"))
        .filter(n -> same(n, candidate))
        .toList();
  }

  private static boolean same(Node node, Node candidate) {
    return node.kind().equals(candidate.kind()) && node.text().equals(candidate.text());
  }

  private static List<Node> candidates(DraftSite site) {
    return site.own()
        .filter(n -> n.is("attribute", "call") && !site.loops(n).isEmpty())
        .flatMap(n -> n.is("call") ? pureCall(site, n) : chain(site, n))
        .distinct()
        .toList();
  }

  private static Stream<Node> pureCall(DraftSite site, Node node) {
    return Call.of(node)
        .filter(c -> !CHEAP.contains(c.callee()) && !MAKERS.contains(c.name()))
        // It raises where nothing is found: above the loop even if there is no turn.
        .filter(c -> !c.isNamed("index"))
        .filter(c -> site.effects().isPure(node))
        .filter(c -> isOnlyRead(site, c))
        .map(Call::node)
        .stream();
  }

  /// A result that is a container is shared by all turns then: it may only be read.
  private static boolean isOnlyRead(DraftSite site, Call call) {
    return call.node()
        .parent()
        .filter(
            p ->
                p.is(
                            "subscript",
                            "comparison_operator",
                            "binary_operator",
                            "boolean_operator",
                            "not_operator")
                        && !Syntax.isTarget(p)
                    || p.is("if_statement", "argument_list")
                        && p.text().matches("(?s)\\((.*)\\)")
                        && Call.of(p.parent().orElse(p))
                            .filter(site.effects()::isBuiltin)
                            .isPresent())
        .isPresent();
  }

  private static Stream<Node> chain(DraftSite site, Node node) {
    var parent = node.parent().orElse(node);
    if (parent.is("attribute") || Names.path(node).isEmpty() || Syntax.isTarget(node)) {
      return Stream.empty();
    }
    var called = parent.is("call") && node.field().equals("function");
    return (called ? node.child("object") : Optional.of(node))
        .filter(r -> r.is("attribute")).filter(r -> isDear(site, r)).stream();
  }

  private static boolean isDear(DraftSite site, Node chain) {
    var path = chain.text();
    return path.chars().filter(c -> c == '.').count() >= 2
        || path.startsWith("self.")
            && site.function()
                .owner()
                .flatMap(c -> c.property(path.substring(5)))
                .filter(p -> !p.hasDecorator("cached_property"))
                .isPresent();
  }
}

package hostperf.propose.draft;

import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// `if self.config.is_moe: …` and further down `if self.config.is_moe and …` → the chain is read
/// once, into a local before the first of them.
///
/// One of the reads has to happen on every way through the function, so that reading early is no
/// new error; and the value has to be stable from the first to the last.
final class ReadTwice {
  private ReadTwice() {}

  static Optional<Attempt> attempt(DraftSite site) {
    return site.own()
        .filter(n -> isChain(n) && site.loops(n).isEmpty())
        .sorted(Comparator.comparingInt((Node n) -> n.text().length()).reversed())
        .flatMap(n -> attempt(site, n).stream())
        .findFirst();
  }

  private static Optional<Attempt> attempt(DraftSite site, Node chain) {
    var body = site.function().body();
    var reads =
        body.tree(n -> !n.is("function_definition", "lambda"))
            .filter(n -> n.text().equals(chain.text()) && isChain(n))
            .toList();
    if (reads.size() < 2 || reads.stream().noneMatch(r -> Syntax.isUnconditional(r, body))) {
      return Optional.empty();
    }
    if (!site.effects().isPure(chain)) {
      return Optional.of(Syntax.notPure("pure", chain, site.effects()));
    }
    var first = anchor(reads, body);
    if (first.isEmpty() || !Edits.ownsItsLines(first.get())) {
      return Optional.empty();
    }
    var span =
        Syntax.siblings(first.get()).stream()
            .filter(s -> s.start() >= first.get().start())
            .filter(s -> s.start() <= reads.getLast().start())
            .toList();
    var stable = Stability.over(span, chain, site);
    if (stable.broken().isPresent()) {
      return stable.refusal("no_writer");
    }
    var seen = new ArrayList<>(List.of("same_value"));
    if (stable.isSeen()) {
      seen.add("no_writer");
    }
    seen.add("pure");
    var name = FreshName.of(chain, site.file());
    var edits = new Edits(site.file()).above(first.get(), name + " = " + Syntax.value(chain));
    reads.forEach(r -> edits.replace(r, name));
    return Optional.of(
        Syntax.bounded(
            site,
            chain,
            reads.size() - 1,
            Attempt.draft(
                edits,
                seen,
                "Reads `%s` once for the %d places that need it, into `%s`."
                    .formatted(Syntax.brief(chain), reads.size(), name))));
  }

  /// The statement of the function's own block that holds the first read.
  private static Optional<Node> anchor(List<Node> reads, Node body) {
    var first = reads.getFirst();
    return Syntax.statements(body).stream()
        .filter(s -> s.contains(first))
        .filter(s -> Statements.isStatement(s) && !s.is("function_definition"))
        .findFirst();
  }

  private static boolean isChain(Node node) {
    return node.is("attribute")
        && Names.path(node).isPresent()
        && node.text().chars().filter(c -> c == '.').count() >= 2
        && !Syntax.isTarget(node)
        && node.ancestors()
            .takeWhile(a -> !a.kind().endsWith("_statement"))
            .noneMatch(Syntax::isTarget)
        && node.parent()
            .filter(
                p -> !p.is("attribute", "call") || p.is("call") && !node.field().equals("function"))
            .isPresent();
  }
}

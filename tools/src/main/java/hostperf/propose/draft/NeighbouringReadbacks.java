package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.List;
import java.util.Optional;

/// `a = t[:, 0].tolist()` and `b = t[:, 1].tolist()` in one block → `t_host = t.cpu()` before them,
/// and both read `t_host`: one wait instead of two.
final class NeighbouringReadbacks {
  private NeighbouringReadbacks() {}

  /// A read-back, and the name in it that the tensor has.
  private record Readback(Node call, Node tensor) {}

  static Optional<Attempt> attempt(DraftSite site) {
    return readbacks(site, site.statement()).stream()
        .findFirst()
        .flatMap(r -> run(site, r))
        .filter(r -> Edits.ownsItsLines(r.getFirst()))
        .map(r -> draft(site, r, readbacks(site, site.statement()).getFirst().tensor().text()));
  }

  /// The statements around the flagged one, in a row and simple, from the first to the last that
  /// reads the same tensor back, as long as nothing among them changes it; two at least.
  private static Optional<List<Node>> run(DraftSite site, Readback flagged) {
    var path = flagged.tensor().text();
    var siblings = Syntax.siblings(site.statement());
    int here = siblings.indexOf(site.statement());
    int first = here;
    int last = here;
    for (int i = here - 1; i >= 0 && isSimple(siblings.get(i)); i--) {
      first = reads(site, siblings.get(i), path) ? i : first;
    }
    for (int i = here + 1; i < siblings.size() && isSimple(siblings.get(i)); i++) {
      last = reads(site, siblings.get(i), path) ? i : last;
    }
    var run = siblings.subList(first, last + 1);
    return run.size() > 1 && Stability.over(run, flagged.tensor(), site).broken().isEmpty()
        ? Optional.of(run)
        : Optional.empty();
  }

  private static Attempt draft(DraftSite site, List<Node> run, String path) {
    var reading =
        run.stream()
            .flatMap(s -> readbacks(site, s).stream())
            .filter(r -> r.tensor().text().equals(path))
            .toList();
    var name = FreshName.of(path.substring(path.lastIndexOf('.') + 1) + "_host", site.file());
    var edits = new Edits(site.file()).above(run.getFirst(), name + " = " + path + ".cpu()");
    reading.forEach(r -> edits.replace(r.tensor(), name));
    return Attempt.draft(
        edits,
        List.of("same_tensor", "dimension"),
        "Copies `%s` to the host once, for %d read-backs.".formatted(path, reading.size()));
  }

  private static boolean reads(DraftSite site, Node statement, String path) {
    return readbacks(site, statement).stream().anyMatch(r -> r.tensor().text().equals(path));
  }

  private static boolean isSimple(Node statement) {
    return statement.is("expression_statement", "return_statement");
  }

  /// Read-backs of parts of a tensor that give the same on the host: no sums, whose rounding may
  /// differ there.
  private static List<Readback> readbacks(DraftSite site, Node statement) {
    return statement
        .tree(n -> !n.is("lambda") && !n.isComprehension())
        .flatMap(n -> Call.of(n).stream())
        .filter(c -> c.isNamed("tolist", "item") && c.positional().isEmpty())
        .flatMap(c -> base(c.receiver()).map(t -> new Readback(c.node(), t)).stream())
        .filter(r -> isOnDevice(site, r.tensor()) && Syntax.isUnconditional(r.call(), statement))
        .toList();
  }

  /// `t` of `t[:, 2].min()`; none of `t.tolist()`, which leaves nothing to share.
  private static Optional<Node> base(Optional<Node> read) {
    var at = read;
    boolean selects = false;
    while (at.isPresent() && Names.path(at.get()).isEmpty()) {
      var node = at.get();
      if (node.is("subscript")) {
        selects = true;
        at = node.child("value");
      } else {
        at =
            Call.of(node)
                .filter(c -> c.isNamed("min", "max", "any", "all") && c.positional().isEmpty())
                .flatMap(Call::receiver);
      }
    }
    return selects ? at : Optional.empty();
  }

  private static boolean isOnDevice(DraftSite site, Node tensor) {
    return site.origin(tensor).device().isOffHost();
  }
}

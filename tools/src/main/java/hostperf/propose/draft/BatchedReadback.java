package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Kind;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.Optional;

/// `[t[i].item() for i in …]` → `t_host = t.tolist()` before, and `t_host[i]`; in `for` loops too,
/// and `int(t[i])` likewise where `t` is seen to be a tensor. Without a loop: several read-backs of
/// one tensor in a row.
final class BatchedReadback implements Shape {
  @Override
  public String pattern() {
    return "batched-readback";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return site.calls()
        .flatMap(c -> element(site, c).map(e -> attempt(site, e)).stream())
        .filter(a -> !a.equals(Attempt.NO_MATCH))
        .findFirst()
        .or(() -> NeighbouringReadbacks.attempt(site))
        .orElse(Attempt.NO_MATCH);
  }

  /// The element of a tensor that a call reads back.
  private static Optional<Node> element(DraftSite site, Call call) {
    if (call.isNamed("item", "tolist") && call.positional().isEmpty()) {
      return call.receiver().filter(BatchedReadback::isElement);
    }
    return Optional.of(call)
        .filter(
            c ->
                c.callee().equals("int") || c.callee().equals("float") || c.callee().equals("bool"))
        .flatMap(c -> c.argument(0))
        .filter(BatchedReadback::isElement)
        .filter(e -> e.child("value").filter(v -> isTensor(site, v)).isPresent());
  }

  private static boolean isElement(Node node) {
    return node.is("subscript")
        && node.all("subscript").size() == 1
        && !node.all("subscript").getFirst().is("slice", "tuple", "list", "ellipsis")
        && node.child("value").flatMap(Names::path).isPresent();
  }

  private static boolean isTensor(DraftSite site, Node node) {
    return site.devices().of(node).device().isOffHost();
  }

  private static Attempt attempt(DraftSite site, Node element) {
    var tensor = element.child("value").orElseThrow();
    var index = element.all("subscript").getFirst();
    Optional<Loop> outermost = Optional.empty();
    for (var loop : site.loops(element)) {
      var stable = Stability.in(loop, tensor, site);
      if (stable.broken().isPresent()) {
        if (outermost.isEmpty()) {
          return stable.refusal("same_tensor").orElseThrow();
        }
        break;
      }
      outermost = Optional.of(loop);
    }
    if (outermost.isEmpty()) {
      return Attempt.NO_MATCH;
    }
    if (site.devices().of(tensor).device() == Device.PYTHON
        || site.devices().of(index).device() == Device.GPU) {
      return Attempt.NO_MATCH;
    }
    if (!site.kinds().is(tensor, Kind.TENSOR)) {
      return Attempt.unknown(
          "same_tensor", "`%s` is not seen to be one tensor".formatted(Syntax.brief(tensor)));
    }
    return draft(site, element, tensor, outermost.get());
  }

  private static Attempt draft(DraftSite site, Node element, Node tensor, Loop loop) {
    var statement = Statements.around(loop.node());
    if (!Edits.ownsItsLines(statement) || statement.is("elif_clause")) {
      return Attempt.NO_MATCH;
    }
    var path = Names.path(tensor).orElseThrow();
    var name =
        FreshName.of(
            path.substring(path.lastIndexOf('.') + 1).replaceFirst("^_+", "") + "_host",
            site.file());
    var edits = new Edits(site.file()).above(statement, name + " = " + path + ".tolist()");
    loop.body().stream()
        .flatMap(b -> b.find("call"))
        .flatMap(n -> Call.of(n).stream())
        .forEach(
            c ->
                element(site, c)
                    .filter(e -> e.child("value").filter(v -> v.text().equals(path)).isPresent())
                    .ifPresent(e -> replace(edits, c, e, name)));
    var seen = new ArrayList<String>();
    if (Stability.ofContents(loop, tensor, site).isSeen()) {
      seen.add("same_tensor");
    }
    if (Call.of(element.parent().flatMap(Node::parent).orElse(element))
        .filter(c -> c.isNamed("item"))
        .isPresent()) {
      seen.add("dimension");
    }
    return Attempt.draft(edits, seen, "Reads `%s` back once, into `%s`.".formatted(path, name));
  }

  /// `int(t[i])` keeps its conversion; `.item()` and `.tolist()` go.
  private static void replace(Edits edits, Call call, Node element, String name) {
    var text = name + "[" + element.all("subscript").getFirst().text() + "]";
    edits.replace(call.receiver().isPresent() ? call.node() : element, text);
  }
}

package hostperf.classify;

import static hostperf.classify.HotspotType.HOIST;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// HOIST within a call: the value is the same on each turn or layer, yet computed each time.
///
/// What tells it from ALLOC and FUNCALL is invariance, not the call: nothing that the expression
/// reads is written in the loop.
final class HoistRule implements Rule {
  /// Give another value, or do something, each time they are called.
  private static final Set<String> VARYING =
      Set.of(
          "time",
          "monotonic",
          "perf_counter",
          "random",
          "next",
          "pop",
          "popleft",
          "get_nowait",
          "append",
          "extend",
          "put",
          "recv",
          "read",
          "write",
          "sleep",
          "acquire",
          "release",
          "send",
          "step",
          "add",
          "update",
          "clear",
          "next_id",
          "now",
          "print",
          "debug",
          "info",
          "warning",
          "randint",
          "uuid4",
          "empty",
          "run",
          "wait",
          "synchronize",
          "record",
          "set",
          "insert",
          "remove",
          "discard",
          "get_event",
          "poll",
          "memory_fence",
          "sched_yield",
          "super",
          "range",
          "zip",
          "enumerate",
          "item");

  private static final Set<String> BUILDS =
      Set.of(
          "set",
          "list",
          "dict",
          "tuple",
          "sorted",
          "frozenset",
          "len",
          "sum",
          "max",
          "min",
          "compile");

  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    spot.calls().forEach(c -> invariantCall(spot, c, found));
    spot.nodes("attribute").forEach(a -> invariantAttribute(spot, a, found));
    repeated(spot, found);
    sameArithmetic(spot, found);
    perLayer(spot, found);
    return found;
  }

  private static void invariantCall(Spot spot, Call call, List<Finding> found) {
    var loop = innermost(spot, call.node());
    if (loop.isEmpty()
        || (varies(call) && !BUILDS.contains(call.callee()))
        || call.name().endsWith("_")
        || !isValueUsed(call.node())
        || !Names.isInvariant(call.node(), loop.get())
        || isWhatEndsIt(call.node(), loop.get())
        || isWorkedOn(call.node(), loop.get())
        || Effects.areSeen(spot, call)) {
      return;
    }
    boolean entered =
        call.node()
            .ancestor("with_item", "expression_statement")
            .filter(n -> n.is("with_item"))
            .isPresent();
    boolean builds = BUILDS.contains(call.callee()) || call.name().equals("compile");
    add(
        found,
        builds
            ? (call.callee().equals("len") ? 0.4 : 0.82)
            : entered ? 0.74 : loop.get().isWhile() ? 0.44 : 0.64,
        "No line of the loop at line %2$d assigns to a name in %1$s%3$s"
            .formatted(
                quote(call.node()),
                loop.get().node().line(),
                builds ? "" : ": does it give the same on each turn?"));
  }

  /// `while not evict_for(seq):` ends by what the call gives, so that cannot stay the same, unless
  /// the condition reads something else that the loop assigns to.
  private static boolean isWhatEndsIt(Node call, Loop loop) {
    return loop.isWhile()
        && loop.iterable().contains(call)
        && Names.isInvariant(loop.iterable(), loop);
  }

  private static boolean varies(Call call) {
    return VARYING.contains(call.name())
        || call.name()
            .matches("_?(get_)?\\w*(time|clock|now|random|uuid|seed|recv|receive|send|poll)\\w*");
  }

  /// A method called for its effect, on something the expression reads, may change its value.
  private static boolean isWorkedOn(Node expression, Loop loop) {
    var reads = Names.readIn(expression);
    return loop.body().stream()
        .flatMap(b -> b.find("call"))
        .filter(c -> c.parent().filter(p -> p.is("expression_statement")).isPresent())
        .flatMap(c -> Call.of(c).flatMap(Call::receiver).flatMap(Names::path).stream())
        .filter(p -> !p.equals("self") && !p.matches("\\w*log(ger|ging)?\\w*"))
        .anyMatch(p -> reads.stream().anyMatch(r -> r.equals(p) || r.startsWith(p + ".")));
  }

  /// A call that stands as a statement is made for its effect.
  private static boolean isValueUsed(Node call) {
    return call.parent().filter(p -> !p.is("expression_statement")).isPresent();
  }

  private static Optional<Loop> innermost(Spot spot, Node node) {
    return spot.loops(node).stream().findFirst();
  }

  private static void invariantAttribute(Spot spot, Node attribute, List<Finding> found) {
    var loop = innermost(spot, attribute);
    boolean inner = attribute.parent().filter(p -> p.is("attribute")).isPresent();
    boolean called = attribute.field().equals("function");
    if (loop.isEmpty()
        || inner
        || called
        || isAssigned(attribute)
        || !Names.isInvariant(attribute, loop.get())) {
      return;
    }
    boolean searched =
        attribute.parent().filter(p -> p.is("comparison_operator") && Membership.is(p)).isPresent();
    boolean self = attribute.text().startsWith("self.");
    long dots = attribute.text().chars().filter(c -> c == '.').count();
    boolean only = spot.calls().isEmpty() && dots >= 2;
    double confidence = searched && !self ? 0.78 : only || dots >= 3 ? 0.52 : 0.36;
    add(
        found,
        confidence,
        "%s is read on turns of the loop at line %d, where no line assigns to it"
            .formatted(quote(attribute), loop.get().node().line()));
  }

  /// A target, alone or among several: `x.a = …`, `x.a, y = …`.
  private static boolean isAssigned(Node attribute) {
    return attribute.field().equals("left")
        || attribute.parent().filter(p -> p.is("pattern_list", "tuple_pattern")).isPresent();
  }

  /// The same call, with the same arguments, more than once in the function.
  private static void repeated(Spot spot, List<Finding> found) {
    for (var call : spot.calls()) {
      if (call.callee().equals("len")
          || varies(call)
          || !isValueUsed(call.node())
          || Effects.areSeen(spot, call)
          || call.callee().contains("(")) {
        continue;
      }
      long same = spot.function().occurrences(call.node());
      if (same > 1 && !TensorOps.launches(spot, call)) {
        add(
            found,
            same > 2 ? 0.57 : 0.48,
            "%s stands in the function %d times".formatted(quote(call.node()), same));
      }
    }
  }

  /// The same arithmetic, word for word, more than once in the function.
  private static void sameArithmetic(Spot spot, List<Finding> found) {
    spot.nodes("binary_operator", "comparison_operator").stream()
        .filter(n -> n.find("identifier").distinct().count() >= 3)
        .filter(n -> spot.function().occurrences(n) > 1 && !TensorOps.isTensorArithmetic(spot, n))
        .findFirst()
        .ifPresent(
            n ->
                add(
                    found,
                    0.46,
                    "%s stands in the function %d times"
                        .formatted(quote(n), spot.function().occurrences(n))));
  }

  /// In a layer's forward, what only reads the step's metadata is the same for every layer.
  private static void perLayer(Spot spot, List<Finding> found) {
    if (!Scopes.isPerLayer(spot.function()) || spot.value().isEmpty()) {
      return;
    }
    var value = spot.value().get();
    var reads =
        Names.readIn(value).stream()
            .filter(r -> !r.startsWith("torch") && !r.equals("np") && !r.startsWith("np."))
            .toList();
    boolean works = value.find("call", "binary_operator").findAny().isPresent();
    if (works && !reads.isEmpty() && reads.stream().allMatch(HoistRule::isMetadata)) {
      add(
          found,
          0.74,
          "%s reads only what is named like the step's metadata: is it the same in every layer?"
              .formatted(quote(value)));
    }
  }

  private static boolean isMetadata(String path) {
    return path.matches(
        "(?i).*(metadata|params|seq_?lens?|seqlens?|lengths?|indptr|batch_size|bsz?|block_table|cu_\\w+|num_\\w+).*");
  }

  private static void add(List<Finding> found, double confidence, String evidence) {
    found.add(Finding.of(HOIST, confidence, evidence));
  }
}

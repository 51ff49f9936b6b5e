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

/// HOIST: the value is the same on each turn, layer or call, yet computed each time.
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
    for (var call : spot.calls()) {
      invariantCall(spot, call, found);
      pattern(call, found);
      lookup(call, found);
      globalState(spot, call, found);
    }
    spot.nodes("attribute").forEach(a -> invariantAttribute(spot, a, found));
    if (spot.statement().is("import_statement", "import_from_statement")) {
      add(found, 0.85, "The import is looked up each time the function runs");
    }
    getter(spot, found);
    nullary(spot, found);
    spot.nodes("attribute").forEach(a -> configuration(spot, a, found));
    repeated(spot, found);
    sameArithmetic(spot, found);
    setUp(spot, found);
    perLayer(spot, found);
    sameAttribute(spot, found);
    return found;
  }

  private static void invariantCall(Spot spot, Call call, List<Finding> found) {
    var loop = innermost(spot, call.node());
    if (loop.isEmpty()
        || (varies(call) && !BUILDS.contains(call.callee()))
        || call.name().endsWith("_")
        || !isValueUsed(call.node())
        || !Names.isInvariant(call.node(), loop.get())
        || isWorkedOn(call.node(), loop.get())) {
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
        "%s reads nothing that changes in the loop of line %d"
            .formatted(quote(call.node()), loop.get().node().line()));
  }

  private static boolean varies(Call call) {
    return VARYING.contains(call.name())
        || call.name().matches("_?(get_)?\\w*(time|clock|now|random|uuid|seed)\\w*");
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
    if (loop.isEmpty() || inner || called || !Names.isInvariant(attribute, loop.get())) {
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
        "%s is read on each turn of the loop of line %d, though nothing there changes it"
            .formatted(quote(attribute), loop.get().node().line()));
  }

  private static void pattern(Call call, List<Finding> found) {
    boolean regex =
        call.resolved()
            .matches("(re|regex)\\.(compile|match|search|findall|sub|split|finditer|fullmatch)");
    if (regex && call.argument(0).filter(a -> !a.find("call").findAny().isPresent()).isPresent()) {
      add(
          found,
          0.82,
          "%s looks its pattern up or compiles it each time".formatted(quote(call.node())));
    }
  }

  private static void lookup(Call call, List<Finding> found) {
    if (call.resolved().matches("os\\.(getenv|environ\\.get)")
        || call.name()
            .matches(
                "get_(current_)?(vllm_)?config|get_global_\\w+|get_device_(properties|capability|name)|signature")) {
      add(
          found,
          0.66,
          "%s gives the same each time the program runs".formatted(quote(call.node())));
    }
  }

  /// A function without arguments that only asks its surroundings.
  private static void nullary(Spot spot, List<Finding> found) {
    var function = spot.function();
    boolean brief = function.body().items().size() <= 4 && function.loops().isEmpty();
    boolean asks =
        function.name().matches("_?(is|has|in|supports?|get|use|can|should|detect|current)_\\w+");
    if (function.parameters().isEmpty() && brief && !spot.calls().isEmpty()) {
      add(
          found,
          asks ? 0.78 : 0.6,
          "`%s` takes no argument, so its answer can be kept".formatted(function.name()));
    }
  }

  /// `self.model_config.uses_x`, outside a loop: the configuration does not change between steps.
  private static void configuration(Spot spot, Node attribute, List<Finding> found) {
    boolean inner = attribute.parent().filter(p -> p.is("attribute")).isPresent();
    if (!inner
        && attribute.text().matches("(?s)(.*\\w*(config|_args|envs?)\\.\\w+)")
        && spot.calls().isEmpty()) {
      add(
          found,
          0.66,
          "%s is configuration, the same in every step, and may be a property"
              .formatted(quote(attribute)));
    }
  }

  /// The same call, with the same arguments, more than once in the function.
  private static void repeated(Spot spot, List<Finding> found) {
    for (var call : spot.calls()) {
      if (call.callee().equals("len")
          || varies(call)
          || !isValueUsed(call.node())
          || call.callee().contains("(")) {
        continue;
      }
      long same = spot.function().occurrences(call.node());
      if (same > 1 && !TensorOps.launches(spot, call)) {
        add(
            found,
            0.48,
            "%s is called %d times in the function".formatted(quote(call.node()), same));
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
                    "%s is computed %d times in the function"
                        .formatted(quote(n), spot.function().occurrences(n))));
  }

  /// `get_pp_group()`: a getter without arguments, asked outside loops.
  private static void globalState(Spot spot, Call call, List<Finding> found) {
    boolean getter =
        call.node().child("arguments").filter(a -> a.items().isEmpty()).isPresent()
            && call.name().matches("_?(get|is|has|use|uses|supports)_\\w+");
    if (getter && !spot.isInLoop(call.node())) {
      add(
          found,
          call.receiver().isEmpty() ? 0.56 : 0.47,
          "%s takes no argument, so its answer may be kept".formatted(quote(call.node())));
    }
  }

  /// `def get_x(self): return self.a.get_x()`.
  private static void getter(Spot spot, List<Finding> found) {
    if (!spot.statement().is("return_statement") || spot.function().parameters().size() > 1) {
      return;
    }
    spot.statement().items().stream()
        .findFirst()
        .flatMap(Call::of)
        .filter(
            c ->
                c.positional().isEmpty()
                    && c.name().matches("_?(get|load|build|compute|make)_\\w+|\\w*vocab\\w*"))
        .ifPresent(
            c ->
                add(
                    found,
                    0.76,
                    "%s takes no argument and is asked anew on each call"
                        .formatted(quote(c.node()))));
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
          "%s reads only the step's metadata, so it is the same in every layer"
              .formatted(quote(value)));
    }
  }

  private static boolean isMetadata(String path) {
    return path.matches(
        "(?i).*(metadata|params|seq_?lens?|seqlens?|lengths?|indptr|batch_size|block_table|cu_\\w+|num_\\w+).*");
  }

  /// `self.weight + 1.0`: reads nothing but what the constructor has set.
  private static void setUp(Spot spot, List<Finding> found) {
    var owner = spot.function().owner();
    if (owner.isEmpty()
        || spot.function().name().equals("__init__")
        || spot.statement().is("for_statement")) {
      return;
    }
    spot.nodes("binary_operator").stream()
        .filter(n -> n.parent().filter(p -> p.is("binary_operator", "slice")).isEmpty())
        .filter(
            n -> {
              var reads = Names.readIn(n);
              return !reads.isEmpty()
                  && n.find("call").findAny().isEmpty()
                  && reads.stream()
                      .allMatch(
                          r ->
                              r.matches("self\\.\\w+(\\.data)?")
                                  && owner.get().isSetOnce(r.split("\\.")[1]));
            })
        .findFirst()
        .ifPresent(
            n ->
                add(
                    found,
                    0.7,
                    "%s reads only what the constructor of `%s` has set"
                        .formatted(quote(n), owner.get().name())));
  }

  /// `self.table = self.table.to(…)`: after the first call it changes nothing.
  private static void sameAttribute(Spot spot, List<Finding> found) {
    var left =
        spot.assignment()
            .flatMap(a -> a.child("left"))
            .filter(l -> l.text().matches("self\\.\\w+"));
    spot.value()
        .flatMap(Call::of)
        .filter(c -> c.isNamed("to", "cuda", "contiguous", "type"))
        .filter(c -> !c.node().text().contains("cpu"))
        .filter(c -> c.receiver().map(Node::text).equals(left.map(Node::text)))
        .ifPresent(
            c ->
                add(
                    found,
                    0.78,
                    "%s converts what the first call has converted already"
                        .formatted(quote(c.node()))));
  }

  private static void add(List<Finding> found, double confidence, String evidence) {
    found.add(Finding.of(HOIST, confidence, evidence));
  }
}

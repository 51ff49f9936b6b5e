package hostperf.classify;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Origin;
import hostperf.source.Statements;
import hostperf.source.TensorOperations;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a line does with tensors: values read back, uploads, launches, memory made anew.
///
/// Where the device of a value is not shown, the sentence says so and the fact is only named.
final class TensorFacts {
  private static final Set<String> READS = Set.of("item", "tolist", "cpu", "numpy");
  private static final Set<String> SIZED =
      Set.of("nonzero", "masked_select", "unique", "unique_consecutive", "argwhere", "bincount");
  private static final Set<String> FROM_DATA =
      Set.of("tensor", "as_tensor", "asarray", "new_tensor");
  /// Fewer are no chain: of the labelled cases that were fused, the shortest had five launching
  /// statements.
  private static final int CHAIN = 4;

  /// Statements further apart belong to different steps of the function.
  private static final int NEAR = 40;

  private final Spot spot;
  private final TensorOperations operations;
  private final FactList facts;

  private TensorFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.operations = spot.operations();
    this.facts = facts;
  }

  static void add(Spot spot, FactList facts) {
    var tensors = new TensorFacts(spot, facts);
    for (var call : spot.calls()) {
      tensors.reads(call);
      tensors.converts(call);
      tensors.sized(call);
      tensors.uploads(call);
      tensors.makes(call);
    }
    spot.nodes("subscript").forEach(tensors::indexes);
    spot.nodes("interpolation").forEach(tensors::formats);
    tensors.conditions();
    tensors.results();
    tensors.launches();
    if (spot.microsPerHit() >= Spot.SLOW_US) {
      facts.measured(Known.SLOW_HIT, "It takes %s a hit under the line profiler", spot.perHit());
    }
  }

  private void reads(Call call) {
    var receiver = call.receiver();
    if (receiver.isPresent() && READS.contains(call.name()) && call.positional().isEmpty()) {
      read(call, receiver.get());
    }
    var target = call.keyword("device").or(() -> call.argument(0)).map(Node::text).orElse("");
    boolean toHost = call.isNamed("to") && target.matches("(torch\\.device\\()?[\"']cpu[\"']\\)?");
    boolean intoHost =
        call.isNamed("copy_")
            && receiver.filter(r -> spot.device(r).isHost()).isPresent()
            && call.argument(0).filter(a -> spot.device(a) == Device.GPU).isPresent();
    boolean toOther =
        call.isNamed("to")
            && target.endsWith(".device")
            && receiver.filter(r -> spot.device(r) == Device.GPU).isPresent()
            && call.keyword("device")
                .or(() -> call.argument(0))
                .flatMap(t -> t.child("object"))
                .filter(o -> spot.device(o) != Device.GPU)
                .isPresent();
    if (toOther) {
      facts.named(Known.COPIES_TO_HOST, "%s reads back if `%s` is the host", call.node(), target);
    }
    if ((toHost && receiver.filter(r -> !spot.device(r).isHost()).isPresent()) || intoHost) {
      facts.seen(
          Known.COPIES_TO_HOST,
          "%s copies to host memory%s",
          call.node(),
          isAsynchronous(call) ? " without waiting" : "");
    }
  }

  private void read(Call call, Node receiver) {
    var origin = spot.origin(receiver);
    if (origin.device().isHost()) {
      return;
    }
    if (origin.device().isOffHost()) {
      facts.by(
          origin,
          Known.READS_BACK,
          "%s reads back%s",
          call.node(),
          origin.device() == Device.GPU ? " from the device" : " a tensor's value");
    } else if (call.isNamed("item", "cpu")) {
      facts.seen(
          Known.READS_VALUE,
          "%s gives the host a value of a tensor or array; on which device that lies is not seen",
          call.node());
    } else {
      facts.named(
          Known.READS_LIST, "%s waits if %s is a tensor on the device", call.node(), receiver);
    }
    boolean dropped =
        spot.assigned().map(l -> l.text().equals("_")).orElse(call.node().isWholeStatement());
    if (dropped && spot.value().or(() -> spot.onlyItem()).filter(call.node()::equals).isPresent()) {
      facts.seen(Known.READ_AND_DROPPED, "%s is read and nothing is done with it", call.node());
    }
  }

  private void converts(Call call) {
    var argument = call.argument(0);
    if (argument.isEmpty()) {
      return;
    }
    var origin = spot.origin(argument.get());
    boolean number = Set.of("int", "float", "bool").contains(call.callee());
    boolean fetches =
        Set.of("numpy.asarray", "numpy.array", "jax.device_get").contains(call.resolved());
    if ((number && origin.device().isOffHost()) || (fetches && origin.device() == Device.GPU)) {
      facts.by(origin, Known.READS_BACK, "%s copies a tensor's value to the host", call.node());
    }
    boolean builtin =
        Set.of("any", "all", "sum", "max", "min", "list", "tuple", "sorted", "range")
            .contains(call.callee());
    if (builtin && origin.device().isOffHost()) {
      facts.by(
          origin, Known.BUILTIN_OVER_TENSOR, "%s takes a tensor element by element", call.node());
    }
    if (call.isOf("torch") && call.isNamed("equal", "allclose", "is_nonzero")) {
      facts.seen(Known.TRUTH_OF_TENSOR, "%s gives a Python bool of tensors", call.node());
    }
  }

  /// The size of the result depends on the data, so the host waits for it.
  private void sized(Call call) {
    boolean repeat =
        call.isNamed("repeat_interleave")
            && call.keyword("output_size").isEmpty()
            && call.argument(call.isOf("torch") ? 1 : 0)
                .filter(n -> spot.device(n) == Device.PYTHON || n.text().contains(".shape"))
                .isEmpty();
    boolean where = call.isNamed("where") && call.positional().size() == 1;
    if (!SIZED.contains(call.name()) && !repeat && !where) {
      return;
    }
    var tensor =
        (call.isOf("torch")
                ? call.argument(0)
                : call.receiver().filter(r -> !r.text().matches("np|numpy|self")))
            .or(() -> call.argument(0))
            .orElse(call.node());
    if (!spot.device(tensor).isHost() && !call.resolved().startsWith("numpy.")) {
      facts.by(
          spot.origin(tensor),
          Known.SIZED_BY_DATA,
          "The size of %s depends on its data, for which the host waits where that lies on the device",
          call.node());
    }
  }

  private void uploads(Call call) {
    boolean builds =
        call.isNamed("new_tensor")
            ? call.receiver().filter(r -> !spot.device(r).isHost()).isPresent()
            : call.isOf("torch") && spot.device(call.node()) == Device.GPU;
    var data = call.argument(0);
    if (FROM_DATA.contains(call.name())
        && builds
        && data.filter(d -> call.isNamed("tensor") || !spot.device(d).isTensor()).isPresent()) {
      facts.seen(
          Known.BUILT_ON_DEVICE,
          "%s builds a tensor of host data and uploads it in a blocking copy%s",
          call.node(),
          call.keyword("device")
              .filter(d -> !d.text().matches("(?s).*(cuda|npu|xpu|gpu).*"))
              .map(d -> ", where " + Spot.quote(d) + " is an accelerator")
              .orElse(""));
    } else if (call.resolved().matches("jax\\.numpy\\.(asarray|array)|jax\\.device_put")
        && data.filter(d -> spot.device(d).isHost()).isPresent()) {
      facts.seen(Known.BUILT_ON_DEVICE, "%s uploads host data", call.node());
    }
    if (isMove(call)) {
      var source = call.receiver();
      var origin = source.map(spot::origin).orElse(spot.origin(call.node()));
      boolean gathered = origin.device().isHost() && source.filter(s -> isGathered(s)).isPresent();
      boolean pinned = origin.device() == Device.PINNED && isAsynchronous(call) && !gathered;
      if (!pinned && !Set.of(Device.GPU, Device.NUMPY, Device.PYTHON).contains(origin.device())) {
        facts.by(
            origin,
            Known.MOVES_TO_DEVICE,
            "%s copies to the device%s",
            call.node(),
            gathered
                ? " from a temporary that is not pinned"
                : isAsynchronous(call) ? ", from memory not known to be pinned" : " and waits");
      }
    }
    if (call.isNamed("copy_") && data.isPresent()) {
      copied(call, data.get());
    }
  }

  private void copied(Call call, Node source) {
    var from = spot.origin(source);
    boolean toHost = call.receiver().filter(r -> spot.device(r).isHost()).isPresent();
    boolean strided = source.is("subscript") && source.all("subscript").size() > 1;
    if (!toHost
        && from.device().isHost()
        && (!isAsynchronous(call) || isGathered(source) || strided)) {
      facts.by(
          from,
          Known.COPY_BLOCKS,
          "%s copies host memory to the device and waits%s",
          call.node(),
          isAsynchronous(call) ? " in spite of `non_blocking`: the source has gaps" : "");
    }
    if (from.device() == Device.UNKNOWN && !toHost && !isAsynchronous(call)) {
      facts.named(Known.COPY_BLOCKS, "%s waits if %s is in host memory", call.node(), source);
    }
  }

  private boolean isGathered(Node source) {
    return source.is("subscript")
        && source.all("subscript").stream()
            .anyMatch(
                i -> i.is("list") || spot.device(i).isTensor() || spot.device(i) == Device.NUMPY);
  }

  private static boolean isMove(Call call) {
    if (call.isNamed("cuda", "npu", "hpu", "xpu")) {
      return call.receiver().isPresent() && !call.isOf("torch");
    }
    var target = call.keyword("device").or(() -> call.argument(0)).map(Node::text).orElse("");
    return call.isNamed("to")
        && !target.contains("cpu")
        && target.matches("(?s).*(device|cuda|npu|xpu|hpu|gpu).*");
  }

  private static boolean isAsynchronous(Call call) {
    return call.keyword("non_blocking").filter(v -> !v.is("false")).isPresent();
  }

  private void makes(Call call) {
    boolean numpy = call.resolved().startsWith("numpy.");
    if (TensorOperations.makesTensor(call)) {
      facts.seen(
          call.name().matches("(new_)?(zeros|ones|empty|full|rand\\w*)(_like|_strided)?")
              ? Known.MAKES_BUFFER
              : Known.MAKES_TENSOR,
          "%s allocates a new tensor; it %s",
          call.node(),
          spot.rate());
      if (call.isOf("torch") && spot.device(call.node()).isHost()) {
        facts.seen(Known.MAKES_ON_HOST, "%s makes a tensor in host memory", call.node());
      }
      if (spot.isInLoop(call.node())) {
        facts.seen(Known.MAKES_IN_LOOP, "%s allocates in each iteration of a loop", call.node());
      }
    } else if (numpy && call.keyword("out").isEmpty()) {
      facts.seen(Known.MAKES_ARRAY, "%s makes a new array; it %s", call.node(), spot.rate());
    }
    boolean bare = call.receiver().isPresent() && call.positional().isEmpty();
    if (call.isNamed("pin_memory") && call.receiver().isPresent()
        || call.keyword("pin_memory").filter(v -> v.is("true")).isPresent()) {
      facts.seen(Known.PINS, "%s makes page-locked memory; it %s", call.node(), spot.rate());
    } else if (bare && call.isNamed("clone")
        || bare && call.isNamed("copy") && spot.device(call.receiver().get()).isArray()) {
      facts.seen(Known.CLONES, "%s copies; it %s", call.node(), spot.rate());
      if (!isWrittenLater()) {
        facts.seen(
            Known.COPY_NOT_WRITTEN, "No statement of this function assigns into %s", call.node());
      }
    } else if (call.isNamed("reshape", "flatten")
        && call.receiver()
            .flatMap(Call::of)
            .filter(c -> c.isNamed("transpose", "permute", "t"))
            .isPresent()) {
      facts.seen(Known.COPIES_LAYOUT, "%s copies into another order", call.node());
    }
    if (call.isNamed("sum", "max", "min", "prod", "any", "all")
        && call.receiver()
            .filter(r -> !spot.device(r).isHost() && !r.text().matches("np|numpy"))
            .isPresent()) {
      facts.named(Known.REDUCES, "%s reduces an array to few values", call.node());
    }
  }

  private boolean isWrittenLater() {
    return spot.assigned().filter(t -> t.is("identifier")).stream()
        .flatMap(t -> spot.names().bindings(t.text()).stream())
        .filter(b -> b.node().start() > spot.statement().end())
        .anyMatch(b -> b.kind() == Names.Kind.MUTATED || b.kind() == Names.Kind.AUGMENTED);
  }

  private void indexes(Node subscript) {
    var value = subscript.child("value");
    var tensor = value.map(spot::origin).orElse(spot.origin(subscript));
    var index = subscript.all("subscript");
    boolean isTarget =
        subscript.field().equals("left")
            && subscript.parent().filter(p -> p.is("assignment")).isPresent();
    if (!tensor.device().isHost()) {
      index.stream()
          .filter(this::isMask)
          .findFirst()
          .ifPresent(
              m ->
                  facts.by(
                      tensor,
                      Known.MASKED,
                      "%s indexes with the mask %s: how many elements that selects is known only"
                          + " after it ran",
                      subscript,
                      m));
    }
    if (tensor.device().isOffHost() && isTarget) {
      stores(subscript, tensor);
    } else if (tensor.device().isOffHost()) {
      index.stream()
          .flatMap(i -> i.is("list") ? i.items().stream() : Stream.of(i))
          .filter(this::isHostArray)
          .findFirst()
          .ifPresent(
              i ->
                  facts.by(
                      tensor,
                      Known.HOST_INDEX,
                      "%s takes %s from host memory as an index of a tensor",
                      subscript,
                      i));
      var turn = spot.loops(subscript).stream().map(Loop::names).toList();
      if (index.size() == 1
          && index.getFirst().is("identifier")
          && turn.stream().anyMatch(n -> n.contains(index.getFirst().text()))) {
        facts.by(
            tensor,
            Known.ELEMENT_IN_LOOP,
            "%s takes one element of a tensor per iteration",
            subscript);
      } else if (index.stream().allMatch(i -> i.is("slice", "integer")) && spot.isSeen(subscript)) {
        facts.seen(Known.MAKES_VIEW, "%s makes a view of a tensor", subscript);
      }
    }
    if (value.isPresent() && spot.isSlow() && spot.calls().isEmpty() && !tensor.device().isHost()) {
      facts.measured(
          isTarget
              ? Known.SLOW_STORE
              : index.stream().anyMatch(i -> i.is("slice")) ? Known.SLOW_SLICE : Known.SLOW_ELEMENT,
          "The line only %s %s, and takes %s a hit",
          isTarget ? "stores" : "takes",
          subscript,
          spot.perHit());
    }
  }

  private void stores(Node target, Origin tensor) {
    var value = target.parent().flatMap(p -> p.child("right"));
    if (value.isEmpty()) {
      return;
    }
    var v = value.get();
    boolean part = TensorOperations.isPart(target);
    boolean number =
        v.is("integer", "float", "true", "false", "unary_operator")
            || spot.device(v) == Device.PYTHON
            || v.text().matches("[A-Z_]{3,}");
    var source = spot.device(v);
    if (number && !part) {
      facts.by(
          tensor,
          Known.SETS_NUMBER,
          "%s, an element of a tensor, is set to a Python number",
          target);
    } else if (source == Device.CPU || source == Device.NUMPY) {
      facts.by(tensor, Known.HOST_INDEX, "%s of a tensor is set from pageable host memory", target);
    }
  }

  private boolean isMask(Node index) {
    if (index.is("comparison_operator")) {
      return !spot.device(index).isHost();
    }
    if (index.is("unary_operator") && index.text().startsWith("~")) {
      return true;
    }
    boolean named = index.text().matches("(?i)([\\w.]*[._])?(\\w*masks?|\\w*valid|is_\\w+)");
    if (named || (spot.origin(index).why().contains("bool") && spot.device(index).isOffHost())) {
      return !spot.device(index).isHost();
    }
    return index.is("identifier")
        && spot.bound(index)
            .filter(v -> v.is("comparison_operator") && spot.device(v).isOffHost())
            .isPresent();
  }

  private boolean isHostArray(Node index) {
    var origin = spot.origin(index);
    return switch (origin.device()) {
      case NUMPY, CPU -> !index.is("slice", "integer");
      case PYTHON ->
          index.is("list_comprehension")
              || Call.of(index).filter(c -> c.isNamed("range", "list")).isPresent()
              || origin.why().matches("(?s).*annotated `(typing\\.)?[Ll]ist.*")
              || (index.is("identifier") && origin.why().matches("(?s)`\\[.*"));
      default -> false;
    };
  }

  private void formats(Node interpolation) {
    interpolation.children().stream()
        .filter(i -> spot.device(i) == Device.GPU)
        .forEach(i -> facts.by(spot.origin(i), Known.FORMATS_TENSOR, "%s is formatted as text", i));
  }

  /// `if t.any():`, `while n > t.max():`, `assert t`: the host decides by a tensor's value.
  private void conditions() {
    var condition =
        spot.statement().is("if_statement", "elif_clause", "while_statement")
            ? spot.statement().child("condition")
            : spot.statement().is("assert_statement") ? spot.onlyItem() : Optional.<Node>empty();
    condition.stream()
        .flatMap(c -> c.find("comparison_operator", "call", "identifier", "attribute"))
        .filter(n -> n.parent().filter(TensorFacts::isLogic).isPresent() || isWhole(n, condition))
        .filter(n -> !n.is("comparison_operator") || !n.text().matches("(?s).*\\b(is|in)\\b.*"))
        .filter(n -> spot.device(n).isOffHost() || isReduction(n))
        .findFirst()
        .ifPresent(
            n ->
                facts.by(
                    spot.origin(n),
                    Known.TRUTH_OF_TENSOR,
                    "The condition %s needs a value that may be on the device",
                    n));
  }

  private static boolean isWhole(Node node, Optional<Node> condition) {
    return condition.filter(node::equals).isPresent();
  }

  private static boolean isLogic(Node node) {
    return node.is("boolean_operator", "not_operator", "parenthesized_expression");
  }

  private boolean isReduction(Node node) {
    return Call.of(node)
        .filter(c -> c.isNamed("any", "all") && c.receiver().isPresent())
        .filter(c -> !c.resolved().startsWith("numpy."))
        .flatMap(c -> c.isOf("torch") ? c.argument(0) : c.receiver())
        .filter(r -> !spot.device(r).isHost())
        .isPresent();
  }

  private void results() {
    spot.value()
        .filter(v -> v.is("binary_operator") && operations.isArithmetic(v))
        .filter(v -> v.child("left").map(Node::text).equals(spot.assigned().map(Node::text)))
        .ifPresent(
            v ->
                facts.by(
                    spot.origin(v), Known.OUT_OF_PLACE, "%s makes a new tensor for its result", v));
    boolean gathers =
        spot.nodes("subscript").stream()
            .filter(n -> !n.field().equals("left"))
            .flatMap(n -> n.all("subscript").stream())
            .anyMatch(operations::isSeenTensor);
    if (gathers) {
      facts.seen(Known.COPIES_LAYOUT, "Indexing by a tensor copies the rows it names");
    }
    spot.calls().stream()
        .filter(TensorOperations::isView)
        .filter(c -> spot.device(c.receiver().orElseThrow()).isOffHost())
        .findFirst()
        .ifPresent(
            c ->
                facts.by(
                    spot.origin(c.receiver().orElseThrow()),
                    Known.MAKES_VIEW,
                    "%s only changes a tensor's shape",
                    c.node()));
  }

  private void launches() {
    var own = spot.nodes().stream().filter(n -> operations.mayLaunch(n)).findFirst();
    if (own.isEmpty()) {
      return;
    }
    boolean sure = spot.nodes().stream().anyMatch(n -> operations.surelyLaunches(n));
    var sentence = "%s runs a tensor operation" + (sure ? "" : ", if it is given tensors");
    if (sure) {
      facts.seen(Known.LAUNCHES, sentence, own.get());
    } else {
      facts.named(Known.LAUNCHES, sentence, own.get());
    }
    long near = launchesNear();
    if (near >= CHAIN) {
      facts.seen(
          Known.LAUNCHES_CHAIN,
          "%s costly statements nearby work on tensors one operation at a time",
          near);
    }
    if (isPieced()) {
      facts.seen(Known.FILLS_PIECES, "An array is filled piece by piece, in several statements");
    }
  }

  /// Costly statements nearby that launch.
  private long launchesNear() {
    return spot.hot().stream()
        .filter(s -> Math.abs(s.line() - spot.statement().line()) <= NEAR)
        .filter(s -> Statements.own(s).stream().anyMatch(operations::mayLaunch))
        .count();
  }

  /// `k[..., :n] = a` with `k[..., n:] = b` beside it.
  private boolean isPieced() {
    return piece(spot.statement()).stream()
        .anyMatch(
            own ->
                spot.hot().stream()
                    .filter(s -> s != spot.statement())
                    .flatMap(s -> piece(s).stream())
                    .filter(
                        p ->
                            p.child("value")
                                .map(Node::text)
                                .equals(own.child("value").map(Node::text)))
                    .anyMatch(p -> !p.text().equals(own.text())));
  }

  private static Optional<Node> piece(Node statement) {
    return statement.items().stream()
        .filter(n -> n.is("assignment"))
        .filter(n -> n.child("right").filter(r -> r.is("identifier", "attribute")).isPresent())
        .flatMap(n -> n.child("left").stream())
        .filter(l -> TensorOperations.isPart(l) && l.all("subscript").size() > 1)
        .findFirst();
  }
}

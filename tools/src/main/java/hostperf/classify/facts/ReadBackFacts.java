package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Node;
import java.util.Optional;
import java.util.Set;

/// Values of tensors that a line hands to the host: read, converted, decided by, printed, or needed
/// to know how large a result is.
final class ReadBackFacts {
  private static final Set<String> READS = Set.of("item", "tolist", "cpu", "numpy");
  private static final Set<String> SIZED =
      Set.of("nonzero", "masked_select", "unique", "unique_consecutive", "argwhere", "bincount");

  private final Spot spot;
  private final FactList facts;

  ReadBackFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.facts = facts;
  }

  void reads(Call call) {
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
      if (CopyFacts.isAsynchronous(call)) {
        facts.named(
            Known.COPIES_TO_HOST,
            "%s copies to host memory, without waiting where that is page-locked",
            call.node());
      } else {
        facts.seen(Known.COPIES_TO_HOST, "%s copies to host memory", call.node());
      }
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

  void converts(Call call) {
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
    if (call.isOf("torch") && call.isNamed("equal", "allclose", "is_nonzero")) {
      facts.seen(Known.TRUTH_OF_TENSOR, "%s gives a Python bool of tensors", call.node());
    }
  }

  /// The size of the result depends on the data, so the host waits for it.
  void sized(Call call) {
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

  /// `if t.any():`, `while n > t.max():`, `assert t`: the host decides by a tensor's value.
  void conditions() {
    var condition =
        spot.statement().is("if_statement", "elif_clause", "while_statement")
            ? spot.statement().child("condition")
            : spot.statement().is("assert_statement") ? spot.onlyItem() : Optional.<Node>empty();
    condition.stream()
        .flatMap(c -> c.find("comparison_operator", "call", "identifier", "attribute"))
        .filter(n -> n.parent().filter(ReadBackFacts::isLogic).isPresent() || isWhole(n, condition))
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
}

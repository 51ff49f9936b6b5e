package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Node;
import hostperf.source.TensorOperations;
import java.util.Set;

/// Tensors and arrays that a line copies between host and device or makes anew.
final class CopyFacts {
  private static final Set<String> FROM_DATA =
      Set.of("tensor", "as_tensor", "asarray", "new_tensor");

  /// Of an array, and without an axis.
  /// They give a truth, a number or nothing.
  private static final String NO_ARRAY =
      "numpy\\.(array_equal|array_equiv|allclose|may_share_memory|shares_memory|isscalar|put|copyto"
          + "|place|putmask|fill_diagonal|save\\w*|\\w+\\.at|random\\.(seed|shuffle))";

  private static final String NUMBERS =
      "prod|sum|max|min|mean|any|all|argmax|argmin|count_nonzero|size|ndim|std|var|median";

  private final Spot spot;
  private final FactList facts;

  CopyFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.facts = facts;
  }

  void uploads(Call call) {
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

  static boolean isAsynchronous(Call call) {
    return call.keyword("non_blocking").filter(v -> !v.is("false")).isPresent();
  }

  /// `np.prod(shape)`: of the whole, so one number.
  private static boolean isNumber(Call call) {
    return call.resolved().matches(NO_ARRAY)
        || call.resolved().startsWith("numpy.random.")
            && call.keyword("size").isEmpty()
            && call.positional().size() < 2
            && !call.name().matches("permutation|choice|random_sample|rand|randn|random|bytes")
        || call.name().matches(NUMBERS)
            && call.node().child("arguments").stream().allMatch(a -> a.items().size() == 1);
  }

  void makes(Call call) {
    boolean numpy = call.resolved().startsWith("numpy.");
    if (TensorOperations.makesTensor(call) && !(numpy && isNumber(call))) {
      facts.seen(
          call.name().matches("(new_)?(zeros|ones|empty|full|rand\\w*)(_like|_strided)?")
              ? Known.MAKES_BUFFER
              : Known.MAKES_TENSOR,
          numpy ? "%s allocates a new array" : "%s allocates a new tensor",
          call.node());
      if (call.isOf("torch") && spot.device(call.node()).isHost()) {
        facts.seen(Known.MAKES_ON_HOST, "%s makes a tensor in host memory", call.node());
      }
    } else if (numpy
        && call.keyword("out").isEmpty()
        && call.keyword("buffer").isEmpty()
        && !isNumber(call)) {
      facts.seen(Known.MAKES_ARRAY, "%s makes a new array", call.node());
    }
  }
}

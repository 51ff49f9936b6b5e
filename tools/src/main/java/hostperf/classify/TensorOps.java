package hostperf.classify;

import hostperf.source.Call;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which calls launch a kernel, and which only re-label a tensor's shape.
final class TensorOps {
  private static final Set<String> METHODS =
      Set.of(
          "softmax",
          "sigmoid",
          "topk",
          "scatter",
          "scatter_",
          "masked_fill",
          "masked_fill_",
          "cumsum",
          "gather",
          "copy_",
          "fill_",
          "zero_",
          "add_",
          "mul_",
          "div_",
          "sub_",
          "sum",
          "max",
          "min",
          "mean",
          "argmax",
          "argsort",
          "sort",
          "index_copy_",
          "index_select",
          "index_add_",
          "clamp",
          "clamp_",
          "float",
          "half",
          "exp",
          "log",
          "where",
          "repeat",
          "repeat_interleave",
          "bool",
          "any",
          "all",
          "clone",
          "contiguous",
          "type_as",
          "log_softmax",
          "scatter_add_",
          "flip",
          "roll",
          "diff",
          "eq",
          "ne",
          "lt",
          "gt",
          "matmul",
          "mm",
          "bmm",
          "index_fill_",
          "cat");

  private static final Set<String> VIEWS =
      Set.of(
          "view",
          "reshape",
          "flatten",
          "squeeze",
          "unsqueeze",
          "expand",
          "transpose",
          "permute",
          "split",
          "chunk",
          "narrow",
          "unflatten",
          "view_as",
          "t",
          "unbind",
          "select");

  private static final Set<String> FACTORIES =
      Set.of(
          "zeros",
          "ones",
          "empty",
          "full",
          "arange",
          "rand",
          "randn",
          "randint",
          "linspace",
          "eye",
          "zeros_like",
          "ones_like",
          "empty_like",
          "full_like",
          "rand_like",
          "new_zeros",
          "new_empty",
          "new_ones",
          "new_full",
          "new_tensor",
          "tensor",
          "repeat",
          "concatenate",
          "empty_strided",
          "tile",
          "stack",
          "vstack",
          "hstack");

  private TensorOps() {}

  /// Whether a call runs a kernel on tensors, by its name and what its receiver is known to be.
  static boolean launches(Spot spot, Call call) {
    if (call.resolved().startsWith("torch.distributed")
        || call.resolved().startsWith("torch.cuda")) {
      return false;
    }
    if (call.isOf("torch") || call.isOf("F")) {
      return call.name().equals(call.name().toLowerCase(Locale.ROOT))
          && !isFactory(call)
          && !call.isNamed("compile", "no_grad", "device", "as_tensor", "from_numpy");
    }
    boolean method = METHODS.contains(call.name()) || isCast(call);
    return method
        && call.receiver().filter(r -> !spot.device(r).isHost() && !isModule(r)).isPresent();
  }

  /// Whether a node runs a kernel on what the code shows to be a tensor.
  static boolean surelyLaunches(Spot spot, Node node) {
    var call = Call.of(node);
    if (call.isPresent()) {
      return launches(spot, call.get())
          && (call.get().resolved().startsWith("torch.")
              || call.get().receiver().filter(r -> isSeenTensor(spot, r)).isPresent());
    }
    return node.is("binary_operator")
        && node.children().stream().anyMatch(c -> isSeenTensor(spot, c));
  }

  /// A tensor off the host by what the code shows, not by its name alone.
  static boolean isSeenTensor(Spot spot, Node node) {
    return isDeviceTensor(spot, node) && Spot.isSeen(spot.origin(node));
  }

  private static boolean isModule(Node receiver) {
    return receiver.text().matches("np|numpy|math|random|os|time");
  }

  /// `.to(torch.int32)`, `.to(dtype=…)`.
  private static boolean isCast(Call call) {
    return call.isNamed("to") && call.receiver().isPresent();
  }

  static boolean isView(Call call) {
    return VIEWS.contains(call.name()) && call.receiver().isPresent();
  }

  /// Whether a call makes a new tensor or array without reading another.
  static boolean isFactory(Call call) {
    if (!FACTORIES.contains(call.name())) {
      return false;
    }
    return call.isOf("torch")
        || call.isOf("numpy")
        || call.isOf("np")
        || call.isOf("jax.numpy")
        || call.name().startsWith("new_");
  }

  /// Arithmetic, comparison or indexing of something that is known to be a tensor off the host.
  static boolean isTensorArithmetic(Spot spot, Node node) {
    if (node.is("binary_operator", "comparison_operator", "augmented_assignment")) {
      return node.children().stream().anyMatch(c -> isDeviceTensor(spot, c));
    }
    return node.is("subscript")
        && node.all("subscript").stream().anyMatch(i -> isDeviceTensor(spot, i));
  }

  /// Whether the statement gathers rows by a tensor of indexes, which copies them.
  static boolean gathers(Spot spot) {
    return spot.nodes("subscript").stream()
        .filter(n -> !n.field().equals("left"))
        .anyMatch(n -> n.all("subscript").stream().anyMatch(i -> isSeenTensor(spot, i)));
  }

  /// `x[a:b]`, `x[..., n:]`: a part of something, not one element of it.
  static boolean isPart(Node node) {
    return node.is("subscript") && node.all("subscript").stream().anyMatch(i -> i.is("slice"));
  }

  static boolean isDeviceTensor(Spot spot, Node node) {
    return spot.device(node).isOffHost();
  }

  /// Fewer are no chain: of the labelled cases that were fused, the shortest had five launching
  /// statements.
  static final int CHAIN = 4;

  /// Statements further apart belong to different steps of the function.
  private static final int NEAR = 40;

  static boolean mayLaunch(Spot spot, Node node) {
    return Call.of(node).filter(c -> launches(spot, c)).isPresent()
        || (node.is("binary_operator") && isTensorArithmetic(spot, node));
  }

  /// Costly statements nearby that launch.
  static long launchesNear(Spot spot) {
    return spot.hot().stream()
        .filter(s -> Math.abs(s.line() - spot.statement().line()) <= NEAR)
        .filter(s -> Statements.own(s).stream().anyMatch(n -> mayLaunch(spot, n)))
        .count();
  }

  /// `k[..., :n] = a` with `k[..., n:] = b` beside it.
  static boolean isPieced(Spot spot) {
    return piece(spot.statement())
        .filter(
            own ->
                spot.hot().stream()
                    .filter(s -> s != spot.statement())
                    .flatMap(s -> piece(s).stream())
                    .anyMatch(
                        other ->
                            other
                                    .child("value")
                                    .map(Node::text)
                                    .equals(own.child("value").map(Node::text))
                                && !other.text().equals(own.text())))
        .isPresent();
  }

  private static Optional<Node> piece(Node statement) {
    return statement.items().stream()
        .filter(n -> n.is("assignment"))
        .filter(n -> n.child("right").filter(r -> r.is("identifier", "attribute")).isPresent())
        .flatMap(n -> n.child("left").stream())
        .filter(l -> isPart(l) && l.all("subscript").size() > 1)
        .findFirst();
  }
}

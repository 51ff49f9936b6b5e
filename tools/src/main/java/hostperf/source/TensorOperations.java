package hostperf.source;

import java.util.Locale;
import java.util.Set;

/// Which expressions of a function launch a kernel, make a tensor, or only re-label one's shape.
///
/// @param devices of the function
public record TensorOperations(Devices devices) {
  private static final Set<String> METHODS =
      words(
          "softmax log_softmax sigmoid topk scatter scatter_ scatter_add_ masked_fill masked_fill_",
          "cumsum gather copy_ fill_ zero_ add_ mul_ div_ sub_ sum max min mean argmax argsort sort",
          "index_copy_ index_select index_add_ index_fill_ clamp clamp_ float half exp log where",
          "repeat repeat_interleave bool any all clone contiguous type_as flip roll diff eq ne lt gt",
          "matmul mm bmm cat");

  private static final Set<String> FACTORIES =
      words(
          "zeros ones empty full arange rand randn randint linspace eye zeros_like ones_like",
          "empty_like full_like rand_like new_zeros new_empty new_ones new_full new_tensor tensor",
          "repeat concatenate empty_strided tile stack vstack hstack");

  private static Set<String> words(String... lines) {
    return Set.of(String.join(" ", lines).split(" "));
  }

  /// Whether a call runs a kernel on tensors, by its name and what its receiver is known to be.
  public boolean launches(Call call) {
    if (call.resolved().startsWith("torch.distributed")
        || call.resolved().startsWith("torch.cuda")) {
      return false;
    }
    if (call.isOf("torch") || call.isOf("F")) {
      return call.name().equals(call.name().toLowerCase(Locale.ROOT))
          && !makesTensor(call)
          && !call.isNamed("compile", "no_grad", "device", "as_tensor", "from_numpy");
    }
    return (METHODS.contains(call.name()) || call.isNamed("to"))
        && call.receiver().filter(r -> !device(r).isHost() && !isModule(r)).isPresent();
  }

  /// Whether a node runs a kernel on what the code shows to be a tensor.
  public boolean surelyLaunches(Node node) {
    return Call.of(node)
        .map(
            c ->
                launches(c)
                    && (c.resolved().startsWith("torch.")
                        || c.receiver().filter(this::isSeenTensor).isPresent()))
        .orElseGet(
            () ->
                node.is("binary_operator")
                    && node.children().stream().anyMatch(this::isSeenTensor));
  }

  public boolean mayLaunch(Node node) {
    return Call.of(node).filter(this::launches).isPresent()
        || (node.is("binary_operator") && isArithmetic(node));
  }

  /// A tensor off the host by what the code shows, not by its name alone.
  public boolean isSeenTensor(Node node) {
    return device(node).isOffHost() && devices.of(node).isSeen();
  }

  /// Arithmetic of something that is known to be a tensor off the host.
  public boolean isArithmetic(Node node) {
    return node.is("binary_operator", "comparison_operator", "augmented_assignment")
        && node.children().stream().anyMatch(c -> device(c).isOffHost());
  }

  private Device device(Node node) {
    return devices.of(node).device();
  }

  private static boolean isModule(Node receiver) {
    return receiver.text().matches("np|numpy|math|random|os|time");
  }

  /// Whether a call makes a new tensor or array without reading another.
  public static boolean makesTensor(Call call) {
    return FACTORIES.contains(call.name())
        && call.keyword("out").isEmpty()
        && (call.isOf("torch")
            || call.isOf("numpy")
            || call.isOf("np")
            || call.isOf("jax.numpy")
            || call.name().startsWith("new_"));
  }

  /// `x[a:b]`, `x[..., n:]`: a part of something, not one element of it.
  public static boolean isPart(Node node) {
    return node.is("subscript") && node.all("subscript").stream().anyMatch(i -> i.is("slice"));
  }
}

package hostperf.source;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a function does with a value tells what it is: `x.unsqueeze(0)` and `torch.cumsum(x)` take
/// a tensor, and where `seq_lens_cpu` is kept, `seq_lens` is its original on the accelerator.
final class UseHints {
  /// Methods and attributes that, in Python with torch, only tensors have.
  private static final Set<String> TENSOR_ONLY =
      Set.of(
          "unsqueeze",
          "masked_fill",
          "masked_fill_",
          "copy_",
          "fill_",
          "zero_",
          "add_",
          "mul_",
          "scatter_",
          "index_copy_",
          "index_fill_",
          "cuda",
          "npu",
          "cpu",
          "item",
          "is_cuda",
          "data_ptr",
          "contiguous",
          "new_zeros",
          "new_empty",
          "new_tensor",
          "index_select",
          "masked_select",
          "repeat_interleave",
          "softmax",
          "numel",
          "is_contiguous",
          "pin_memory",
          "expand",
          "permute",
          "long",
          "argmax");

  /// Of torch's functions those that take data rather than tensors.
  private static final Set<String> TAKE_DATA =
      Set.of("tensor", "as_tensor", "from_numpy", "full", "zeros", "ones", "empty", "arange");

  private static final List<String> HOST_TWINS = List.of("_cpu", "_host", "_np", "_cpu_tensor");

  private UseHints() {}

  /// Unknown where no use tells.
  static Origin of(String path, Names names) {
    return twin(path, names).or(() -> use(path, names)).orElse(Origin.UNKNOWN);
  }

  /// `x` where `x_cpu` is used as well.
  private static Optional<Origin> twin(String path, Names names) {
    return HOST_TWINS.stream()
        .map(end -> path + end)
        .filter(t -> !names.uses(t).isEmpty() || !names.bindings(t).isEmpty())
        .findFirst()
        .map(t -> Origin.named(Device.GPU, "`" + t + "` is kept beside it for the host"));
  }

  private static Optional<Origin> use(String path, Names names) {
    return names.uses(path).stream()
        .filter(u -> tells(u, path))
        .findFirst()
        .map(
            u ->
                Origin.named(
                    Device.TENSOR, "`" + path + "` is used as a tensor at line " + u.line()));
  }

  private static boolean tells(Node use, String path) {
    var own = Names.path(use).filter(path::equals).isPresent();
    if (!own) {
      var member = use.text().substring(Math.min(use.text().length(), path.length() + 1));
      return TENSOR_ONLY.contains(member);
    }
    var parent = use.parent();
    if (parent.filter(p -> p.is("subscript") && use.field().equals("value")).isPresent()) {
      return parent.flatMap(Node::parent).filter(p -> isTensorMember(p) || isGiven(p)).isPresent()
          || parent.filter(p -> isGivenItself(p)).isPresent();
    }
    return isGivenItself(use);
  }

  /// `x[…].copy_`.
  private static boolean isTensorMember(Node node) {
    return node.is("attribute")
        && node.child("attribute").filter(a -> TENSOR_ONLY.contains(a.text())).isPresent();
  }

  private static boolean isGivenItself(Node node) {
    return node.parent().filter(UseHints::isGiven).isPresent();
  }

  /// An argument of a function of torch that takes tensors.
  private static boolean isGiven(Node list) {
    var arguments =
        list.is("keyword_argument")
                && list.child("name").filter(n -> isTensorName(n.text())).isPresent()
            ? list.parent()
            : Optional.of(list);
    return arguments
        .filter(a -> a.is("argument_list"))
        .flatMap(Node::parent)
        .flatMap(Call::of)
        .filter(c -> c.callee().matches("(torch|F|torch\\.nn\\.functional)\\.[a-z_0-9]+"))
        .filter(c -> !TAKE_DATA.contains(c.name()))
        .isPresent();
  }

  private static boolean isTensorName(String keyword) {
    return keyword.equals("out") || keyword.equals("input");
  }
}

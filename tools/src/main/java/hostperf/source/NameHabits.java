package hostperf.source;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What engineers of LLM engines tell by the name of a variable about where it lives. A habit is a
/// hint, never a proof.
final class NameHabits {
  private static final Set<String> GPU =
      Set.of("gpu", "cuda", "dev", "device", "npu", "xpu", "hpu", "d");
  private static final Set<String> CPU = Set.of("cpu", "host", "h");
  private static final Set<String> NUMPY = Set.of("np", "numpy", "ndarray");
  private static final Set<String> PYTHON =
      Set.of("list", "dict", "lists", "set", "str", "name", "names", "ids_list", "map");

  /// What schedulers keep of a request or a sequence: lists, whatever is made of them later.
  private static final Set<String> REQUEST_IDS =
      Set.of(
          "prompt_token_ids",
          "output_token_ids",
          "all_token_ids",
          "origin_input_ids",
          "output_ids",
          "fill_ids");

  private static final Set<String> PINNED = Set.of("pinned", "pin");

  /// Names that in such engines nearly always mean a tensor on the accelerator.
  private static final Set<String> USUALLY_GPU =
      Set.of("logits", "logprobs", "probs", "hidden_states", "input_ids", "inputs_embeds");

  private static final List<String> USUALLY_TENSOR =
      List.of(
          "_tensor",
          "_tensors",
          "_embeds",
          "_states",
          "_logits",
          "_probs",
          "_logprobs",
          "_mask",
          "_indices",
          "_mapping",
          "seq_lens",
          "seqlens",
          "_cache",
          "_loc",
          "block_table",
          "block_tables",
          "positions",
          "slot_mapping",
          "_lens",
          "_embeddings",
          "_token_ids");

  private NameHabits() {}

  static Origin of(String path) {
    var last = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (last.isBlank()
        || last.matches("_+")
        || (last.endsWith("_device") && path.contains("."))
        || last.equals("device")) {
      return Origin.UNKNOWN;
    }
    var parts = List.of(last.replaceAll("^_+|_+$", "").split("_+"));
    for (var end : List.of(parts.getLast(), parts.getFirst())) {
      boolean alone = parts.size() == 1;
      if (PINNED.contains(end) && !alone) {
        return habit(Device.PINNED, path);
      }
      if (CPU.contains(end) && (!alone || path.contains("."))) {
        return habit(Device.CPU, path);
      }
      if (NUMPY.contains(end) && (!alone || path.contains("."))) {
        return habit(Device.NUMPY, path);
      }
      if (GPU.contains(end) && (!alone || path.contains("."))) {
        return habit(Device.GPU, path);
      }
    }
    boolean ofRequest = path.contains(".") && REQUEST_IDS.contains(last);
    if (PYTHON.contains(parts.getLast()) || ofRequest) {
      return habit(Device.PYTHON, path);
    }
    if (path.matches("(?i)(.*\\.)?_*cuda_graph_\\w+\\.\\w+")) {
      return habit(Device.GPU, path);
    }
    if (USUALLY_GPU.contains(last)) {
      return habit(Device.GPU, path);
    }
    return USUALLY_TENSOR.stream().anyMatch(("_" + last)::endsWith)
        ? habit(Device.TENSOR, path)
        : Origin.UNKNOWN;
  }

  private static Origin habit(Device device, String path) {
    return Origin.named(device, "the name `" + path + "` says so");
  }
}

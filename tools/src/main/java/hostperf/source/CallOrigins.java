package hostperf.source;

import java.util.Optional;
import java.util.Set;

/// Where the result of a call lives.
final class CallOrigins {
  private static final Set<String> FACTORIES =
      Set.of(
          "tensor",
          "Tensor",
          "IntTensor",
          "LongTensor",
          "FloatTensor",
          "as_tensor",
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
          "from_numpy",
          "scalar_tensor",
          "frombuffer");

  private static final Set<String> PYTHON =
      Set.of(
          "len",
          "int",
          "float",
          "bool",
          "str",
          "list",
          "dict",
          "set",
          "tuple",
          "sorted",
          "range",
          "enumerate",
          "zip",
          "frozenset",
          "repr",
          "getattr",
          "isinstance",
          "id",
          "hash");

  private static final Set<String> KEEPS =
      Set.of(
          "view",
          "reshape",
          "flatten",
          "squeeze",
          "unsqueeze",
          "clone",
          "contiguous",
          "detach",
          "float",
          "int",
          "long",
          "half",
          "bool",
          "sum",
          "max",
          "min",
          "mean",
          "any",
          "all",
          "argmax",
          "argmin",
          "cumsum",
          "transpose",
          "permute",
          "expand",
          "repeat",
          "type",
          "add",
          "mul",
          "sub",
          "div",
          "eq",
          "ne",
          "nonzero",
          "to_dense",
          "expand_as",
          "index_select",
          "gather",
          "add_",
          "mul_",
          "fill_",
          "zero_",
          "copy_",
          "repeat_interleave",
          "masked_fill",
          "softmax",
          "argsort",
          "sort",
          "topk",
          "diff",
          "flip",
          "ravel",
          "astype",
          "copy",
          "split",
          "chunk",
          "tile",
          "unique",
          "narrow",
          "numel_");

  private final Devices devices;

  CallOrigins(Devices devices) {
    this.devices = devices;
  }

  Origin of(Call call) {
    var text = "`" + Devices.brief(call.node()) + "`";
    var receiver = call.receiver();
    var resolved = call.resolved();
    return switch (call.name()) {
      case "cuda", "npu" -> Origin.seen(Device.GPU, text + " moves it to the accelerator");
      case "cpu" -> Origin.seen(Device.CPU, text + " copies it to the host");
      case "numpy" -> Origin.seen(Device.NUMPY, text + " is a numpy array");
      case "tolist", "item", "keys", "values", "items" ->
          Origin.seen(Device.PYTHON, text + " is plain Python");
      case "pin_memory" -> Origin.seen(Device.PINNED, text + " is page-locked");
      case "size", "dim", "numel", "stride", "element_size", "data_ptr" ->
          Origin.seen(Device.PYTHON, text + " is known on the host");
      case "to" -> moved(call, text);
      default -> {
        if (PYTHON.contains(call.callee())) {
          yield Origin.seen(Device.PYTHON, text + " is plain Python");
        }
        if (resolved.matches("copy\\.(copy|deepcopy)")) {
          yield call.argument(0).map(devices::of).orElse(Origin.UNKNOWN);
        }
        if (resolved.startsWith("numpy.")) {
          yield Origin.seen(Device.NUMPY, text + " is numpy's");
        }
        if (resolved.startsWith("jax.") || resolved.startsWith("jax.numpy.")) {
          yield Origin.seen(Device.GPU, text + " is an array on the accelerator");
        }
        yield call.isOf("torch") ? torch(call, text) : method(call, receiver, text);
      }
    };
  }

  private Origin torch(Call call, String text) {
    var name = call.name();
    if (call.resolved().matches("torch\\.(cuda|npu|xpu|version|distributed|backends|_C|utils)\\..*")
        || name.startsWith("get_")
        || name.startsWith("is_")) {
      return Origin.UNKNOWN;
    }
    if (FACTORIES.contains(name)) {
      return made(call, text);
    }
    if (name.endsWith("_like") && call.keyword("device").isPresent()) {
      return made(call, text);
    }
    for (var argument : call.positional()) {
      for (var part : devices.parts(argument)) {
        var origin = devices.of(part);
        if (origin.device().isTensor()) {
          return origin;
        }
      }
    }
    return Origin.seen(Device.TENSOR, text + " gives a tensor");
  }

  private Origin method(Call call, Optional<Node> receiver, String text) {
    var name = call.name();
    if (name.startsWith("new_")) {
      return call.keyword("device").isPresent()
          ? made(call, text)
          : receiver.map(devices::of).orElse(Origin.UNKNOWN);
    }
    if (KEEPS.contains(name)) {
      return receiver.map(devices::of).orElse(Origin.UNKNOWN);
    }
    return call.keyword("device").isPresent() ? made(call, text) : Origin.UNKNOWN;
  }

  private Origin made(Call call, String text) {
    if (call.keyword("pin_memory").filter(p -> !p.is("false")).isPresent()) {
      return Origin.seen(Device.PINNED, text + " is made in page-locked memory");
    }
    return call.keyword("device")
        .map(d -> onDevice(d, text))
        .orElseGet(
            () ->
                call.name().equals("as_tensor")
                    ? call.argument(0)
                        .map(devices::of)
                        .filter(o -> o.device().isTensor())
                        .orElse(onHost(text))
                    : onHost(text));
  }

  private static Origin onHost(String text) {
    return Origin.seen(Device.CPU, text + " is made in host memory");
  }

  private static Origin onDevice(Node device, String text) {
    return isHost(device)
        ? onHost(text)
        : Origin.seen(Device.GPU, text + " is made on `" + Devices.brief(device) + "`");
  }

  private static boolean isHost(Node device) {
    return device.text().matches("(?s).*[\"']cpu[\"'].*|cpu")
        || device.text().endsWith("cpu_device");
  }

  /// `.to(x)`: a device moves, a dtype keeps, a tensor moves to where that tensor is.
  private Origin moved(Call call, String text) {
    var target = call.keyword("device").or(() -> call.argument(0));
    var from = call.receiver().map(devices::of).orElse(Origin.UNKNOWN);
    if (target.isEmpty() || isType(target.get())) {
      return from;
    }
    if (isHost(target.get())) {
      return Origin.seen(Device.CPU, text + " copies it to the host");
    }
    return isDevice(target.get())
        ? Origin.seen(Device.GPU, text + " moves it to `" + Devices.brief(target.get()) + "`")
        : from;
  }

  static boolean isDevice(Node target) {
    return target.text().matches("(?s).*(device|cuda|npu|xpu|hpu|gpu|rank).*");
  }

  private static boolean isType(Node target) {
    var text = target.text();
    return text.contains("dtype")
        || (text.matches("(torch|np|numpy|jnp)\\.\\w+") && !text.contains("device"));
  }
}

package hostperf.classify;

import static hostperf.classify.HotspotType.HOST_SYNC;
import static hostperf.classify.Spot.quote;
import static hostperf.classify.Spot.sure;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// HOST_SYNC said outright: a value is read back from the device, or an operator whose result size
/// depends on the data makes the host wait for it.
final class HostSyncRule implements Rule {
  private static final Set<String> READS = Set.of("item", "tolist", "cpu", "numpy");
  private static final Set<String> SIZED_BY_DATA =
      Set.of("nonzero", "masked_select", "unique", "unique_consecutive", "argwhere", "bincount");
  private static final Set<String> FETCHES =
      Set.of("numpy.asarray", "numpy.array", "jax.device_get", "jax.numpy.asarray");

  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      read(spot, call, found);
      converted(spot, call, found);
      sizedByData(spot, call, found);
      iterated(spot, call, found);
      downloaded(spot, call, found);
      compared(call, found);
      sizedByTensor(spot, call, found);
      named(spot, call, found);
    }
    return found;
  }

  private static void read(Spot spot, Call call, List<Finding> found) {
    if (!READS.contains(call.name()) || !call.positional().isEmpty()) {
      return;
    }
    call.receiver()
        .ifPresent(
            receiver -> {
              var origin = spot.origin(receiver);
              double confidence = readConfidence(call.name(), origin.device());
              if (confidence > 0) {
                found.add(
                    Finding.of(
                        HOST_SYNC,
                        confidence,
                        "%s %s; it %s; %s"
                            .formatted(
                                quote(call.node()),
                                sure(origin, "reads back from the device", "it lives there"),
                                spot.rate(),
                                origin.why())));
              }
            });
  }

  private static double readConfidence(String method, Device device) {
    boolean alwaysTensor = method.equals("item") || method.equals("cpu");
    return switch (device) {
      case GPU -> 0.92;
      case TENSOR -> 0.86;
      case UNKNOWN -> alwaysTensor ? 0.8 : 0.6;
      case CPU, PINNED, NUMPY, PYTHON -> 0;
    };
  }

  private static void converted(Spot spot, Call call, List<Finding> found) {
    boolean toNumber = Set.of("int", "float", "bool").contains(call.callee());
    boolean fetches = FETCHES.contains(call.resolved());
    if ((!toNumber && !fetches) || call.positional().size() < 1) {
      return;
    }
    var origin = spot.origin(call.positional().getFirst());
    if (origin.device() == Device.GPU || (origin.device() == Device.TENSOR && toNumber)) {
      found.add(
          Finding.of(
              HOST_SYNC,
              origin.byName() ? 0.7 : 0.85,
              "%s %s; it %s; %s"
                  .formatted(
                      quote(call.node()),
                      sure(origin, "copies a device value to the host", "it is given one"),
                      spot.rate(),
                      origin.why())));
    }
  }

  /// `any(t)`, `list(t)`: Python's own functions take a tensor element by element.
  private static void iterated(Spot spot, Call call, List<Finding> found) {
    boolean builtin =
        Set.of("any", "all", "sum", "max", "min", "list", "tuple", "sorted", "range")
            .contains(call.callee());
    call.argument(0)
        .filter(a -> builtin && TensorOps.isDeviceTensor(spot, a))
        .ifPresent(
            a ->
                found.add(
                    Finding.of(
                        HOST_SYNC,
                        spot.origin(a).byName() ? 0.58 : 0.82,
                        "%s %s; %s"
                            .formatted(
                                quote(call.node()),
                                sure(
                                    spot.origin(a),
                                    "reads a tensor back element by element",
                                    "it is given one on the device"),
                                spot.origin(a).why()))));
  }

  /// `t.to("cpu")`, and `host.copy_(t)` without `non_blocking`.
  private static void downloaded(Spot spot, Call call, List<Finding> found) {
    boolean blocks = call.keyword("non_blocking").filter(v -> !v.is("false")).isEmpty();
    boolean toHost =
        call.isNamed("to")
            && call.keyword("device")
                .or(() -> call.argument(0))
                .filter(t -> t.text().matches("[\"']cpu[\"']|torch\\.device\\([\"']cpu[\"']\\)"))
                .isPresent()
            && call.receiver().filter(r -> !spot.device(r).isHost()).isPresent();
    boolean intoHost =
        call.isNamed("copy_")
            && call.receiver().filter(r -> spot.device(r).isHost()).isPresent()
            && call.argument(0).filter(a -> spot.device(a) == Device.GPU).isPresent();
    if (toHost || intoHost) {
      found.add(
          Finding.of(
              HOST_SYNC,
              blocks ? 0.84 : 0.5,
              "%s copies to the host%s what is not there yet; it %s"
                  .formatted(quote(call.node()), blocks ? " and waits for" : "", spot.rate())));
    }
  }

  private static void compared(Call call, List<Finding> found) {
    if (call.resolved().equals("torch.multinomial")) {
      found.add(
          Finding.of(
              HOST_SYNC,
              0.76,
              quote(call.node()) + " checks its probabilities, for which the host may wait"));
    }
    if (call.isOf("torch") && call.isNamed("equal", "allclose", "is_nonzero")) {
      found.add(
          Finding.of(
              HOST_SYNC,
              0.8,
              quote(call.node())
                  + " gives a Python bool: of tensors on the device, the host waits for it"));
    }
  }

  /// `torch.arange(n)` with `n` on the device: the size has to be read first.
  private static void sizedByTensor(Spot spot, Call call, List<Finding> found) {
    if (!TensorOps.isFactory(call)
        || call.isNamed("tensor", "stack", "vstack", "hstack", "concatenate", "tile", "repeat")
        || call.name().endsWith("_like")) {
      return;
    }
    call.positional().stream()
        .filter(a -> TensorOps.isDeviceTensor(spot, a) && !spot.origin(a).byName())
        .findFirst()
        .ifPresent(
            a ->
                found.add(
                    Finding.of(
                        HOST_SYNC,
                        0.76,
                        "%s needs the value of %s on the host; %s"
                            .formatted(quote(call.node()), quote(a), spot.origin(a).why()))));
  }

  /// A function of the engine whose name says that it copies between host and device.
  private static void named(Spot spot, Call call, List<Finding> found) {
    if (call.name()
        .matches(
            "_?to_?lists?|_?\\w*(to_cpu|to_host|d2h|h2d|copy_to_gpu|to_gpu|to_device|from_device|device_get|device_put)\\w*|cpu_\\w*copy\\w*")) {
      found.add(
          Finding.of(
              HOST_SYNC,
              0.6,
              "%s copies between host and device, by its name, and %s"
                  .formatted(quote(call.node()), spot.rate())));
    }
  }

  private static void sizedByData(Spot spot, Call call, List<Finding> found) {
    boolean repeat =
        call.isNamed("repeat_interleave")
            && call.keyword("output_size").isEmpty()
            && call.argument(call.isOf("torch") ? 1 : 0)
                .filter(n -> spot.device(n) == Device.PYTHON || isOfShape(n))
                .isEmpty();
    boolean where = call.isNamed("where") && call.positional().size() == 1;
    if (!SIZED_BY_DATA.contains(call.name()) && !repeat && !where) {
      return;
    }
    var tensor = tensorOf(call);
    var origin = spot.origin(tensor);
    if (!origin.device().isHost() && !call.resolved().startsWith("numpy.")) {
      found.add(
          Finding.of(
              HOST_SYNC,
              TensorOps.isDeviceTensor(spot, tensor) ? 0.84 : 0.63,
              "The size of %s depends on its data, so the host waits for it%s; %s"
                  .formatted(
                      quote(call.node()),
                      Spot.isSeen(origin) ? "" : ", if that is on the device",
                      origin.why())));
    }
  }

  /// A number of repeats computed from shapes, which the host knows.
  private static boolean isOfShape(Node repeats) {
    return repeats.find("attribute").anyMatch(a -> a.text().endsWith(".shape"));
  }

  /// `torch.nonzero(x)` or `x.nonzero()`.
  private static Node tensorOf(Call call) {
    return call.isOf("torch")
        ? call.argument(0).orElse(call.node())
        : call.receiver().or(() -> call.argument(0)).orElse(call.node());
  }
}

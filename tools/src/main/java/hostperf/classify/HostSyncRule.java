package hostperf.classify;

import static hostperf.classify.HotspotType.HOST_SYNC;
import static hostperf.classify.Spot.quote;

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
                        "%s reads back from the device and %s; %s"
                            .formatted(quote(call.node()), spot.rate(), origin.why())));
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
              "%s copies a device value to the host and %s; %s"
                  .formatted(quote(call.node()), spot.rate(), origin.why())));
    }
  }

  private static void sizedByData(Spot spot, Call call, List<Finding> found) {
    boolean repeat = call.isNamed("repeat_interleave") && call.keyword("output_size").isEmpty();
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
              0.82,
              "The size of %s depends on device data, so the host waits for it; %s"
                  .formatted(quote(call.node()), origin.why())));
    }
  }

  /// `torch.nonzero(x)` or `x.nonzero()`.
  private static Node tensorOf(Call call) {
    return call.callee().startsWith("torch.")
        ? call.argument(0).orElse(call.node())
        : call.receiver().or(() -> call.argument(0)).orElse(call.node());
  }
}

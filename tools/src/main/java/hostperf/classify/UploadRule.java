package hostperf.classify;

import static hostperf.classify.HotspotType.HOST_SYNC;
import static hostperf.classify.Spot.quote;
import static hostperf.classify.Spot.sure;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Node;
import hostperf.source.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// HOST_SYNC by a copy to the device that blocks: a tensor built there from a Python list, a
/// pageable or strided source. `non_blocking=True` proves nothing unless the source is pinned and
/// contiguous.
final class UploadRule implements Rule {
  private static final Set<String> FROM_DATA =
      Set.of("tensor", "as_tensor", "asarray", "new_tensor");

  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      built(spot, call, found);
      put(spot, call, found);
      moved(spot, call, found);
      copied(spot, call, found);
    }
    return found;
  }

  private static void built(Spot spot, Call call, List<Finding> found) {
    boolean onDevice =
        call.isNamed("new_tensor")
            ? !call.receiver().map(spot::device).orElse(Device.UNKNOWN).isHost()
            : call.isOf("torch") && spot.device(call.node()) == Device.GPU;
    if (!FROM_DATA.contains(call.name()) || !onDevice) {
      return;
    }
    call.argument(0)
        .filter(data -> call.isNamed("tensor") || !spot.device(data).isTensor())
        .ifPresent(
            data ->
                found.add(
                    Finding.of(
                        HOST_SYNC,
                        0.86,
                        "%s builds the tensor in pageable host memory and uploads it, which blocks%s; it %s"
                            .formatted(quote(call.node()), target(call), spot.rate()))));
  }

  /// Where the tensor goes, unless its device is named outright.
  private static String target(Call call) {
    return call.keyword("device")
        .filter(d -> !d.text().matches("(?s).*(cuda|npu|xpu|gpu).*"))
        .map(d -> ", if " + quote(d) + " is an accelerator")
        .orElse("");
  }

  /// `jnp.asarray(n)`: jax puts what it is given on the device.
  private static void put(Spot spot, Call call, List<Finding> found) {
    boolean jax = call.resolved().matches("jax\\.numpy\\.(asarray|array)|jax\\.device_put");
    call.argument(0)
        .filter(a -> jax && spot.device(a).isHost())
        .ifPresent(
            a ->
                found.add(
                    Finding.of(
                        HOST_SYNC,
                        0.6,
                        "%s uploads %s and %s"
                            .formatted(quote(call.node()), quote(a), spot.rate()))));
  }

  private static void moved(Spot spot, Call call, List<Finding> found) {
    if (!isMove(call)) {
      return;
    }
    var source = call.receiver();
    var origin = source.map(spot::origin).orElseGet(() -> spot.origin(call.node()));
    boolean asynchronous = isAsynchronous(call);
    double confidence =
        origin.device() == Device.GPU
            ? fetchConfidence(spot, call, asynchronous)
            : source.filter(s -> origin.device().isHost() && isGathered(spot, s)).isPresent()
                ? 0.82
                : moveConfidence(origin, asynchronous, spot.isInLoop(call.node()));
    if (confidence > 0) {
      found.add(
          Finding.of(
              HOST_SYNC,
              confidence,
              "%s copies to the device%s%s; %s"
                  .formatted(
                      quote(call.node()),
                      asynchronous ? ", and its source is not known to be pinned" : " and blocks",
                      Spot.isSeen(origin) ? "" : ", if it comes from the host",
                      origin.why())));
    }
  }

  private static double moveConfidence(Origin origin, boolean asynchronous, boolean inLoop) {
    double plus = inLoop ? 0.12 : 0;
    return switch (origin.device()) {
      case CPU -> (asynchronous && origin.byName() ? 0.5 : 0.82) + plus;
      case PINNED -> asynchronous ? 0 : 0.7 + plus;
      case NUMPY, PYTHON -> 0;
      case UNKNOWN, TENSOR -> (asynchronous ? 0.6 : 0.64) + plus;
      case GPU -> 0;
    };
  }

  /// `t.to(other.device)` with `t` on the accelerator: where `other` lives on the host, it
  /// is read back.
  private static double fetchConfidence(Spot spot, Call call, boolean asynchronous) {
    return call.keyword("device")
            .or(() -> call.argument(0))
            .filter(t -> t.is("attribute"))
            .flatMap(t -> t.child("object"))
            .filter(o -> spot.device(o) != Device.GPU && !asynchronous)
            .isPresent()
        ? 0.6
        : 0;
  }

  private static boolean isMove(Call call) {
    if (call.isNamed("cuda", "npu", "hpu", "xpu")) {
      return call.receiver().isPresent() && !call.isOf("torch");
    }
    return call.isNamed("to")
        && call.keyword("device")
            .or(() -> call.argument(0))
            .filter(UploadRule::namesDevice)
            .isPresent();
  }

  private static boolean namesDevice(Node target) {
    var text = target.text();
    return !text.contains("cpu") && text.matches("(?s).*(device|cuda|npu|xpu|hpu|gpu).*");
  }

  private static boolean isAsynchronous(Call call) {
    return call.keyword("non_blocking").filter(v -> !v.is("false")).isPresent();
  }

  private static void copied(Spot spot, Call call, List<Finding> found) {
    if (!call.isNamed("copy_") || call.positional().isEmpty()) {
      return;
    }
    var source = call.positional().getFirst();
    var from = spot.origin(source);
    var to = call.receiver().map(spot::device).orElse(Device.UNKNOWN);
    boolean anywhere =
        from.device() == Device.UNKNOWN || (from.byName() && from.device().isOffHost());
    if (anywhere && !to.isHost() && !isAsynchronous(call)) {
      found.add(
          Finding.of(
              HOST_SYNC,
              0.5,
              "%s blocks if %s is in host memory; it %s"
                  .formatted(quote(call.node()), quote(source), spot.rate())));
    }
    if (!from.device().isHost() || to.isHost()) {
      return;
    }
    if (isGathered(spot, source)) {
      found.add(
          Finding.of(
              HOST_SYNC,
              0.82,
              "%s gathers rows into a temporary that is not pinned, so its copy to the device blocks; %s"
                  .formatted(quote(source), from.why())));
    } else if (isStrided(source)) {
      found.add(
          Finding.of(
              HOST_SYNC,
              0.85,
              "%s is a strided slice of host memory, so its copy to the device blocks in spite of `non_blocking`; %s"
                  .formatted(quote(source), from.why())));
    } else if (!isAsynchronous(call)) {
      found.add(
          Finding.of(
              HOST_SYNC,
              0.8,
              "%s %s; %s"
                  .formatted(
                      quote(call.node()),
                      sure(from, "copies host memory to the device and blocks", "it is given some"),
                      from.why())));
    }
  }

  /// `rows_cpu[chosen]`: indexing by a list or a tensor copies; a slice or a number does not.
  private static boolean isGathered(Spot spot, Node source) {
    return source.is("subscript")
        && source.all("subscript").stream()
            .anyMatch(
                i ->
                    i.is("list")
                        || spot.device(i).isTensor()
                        || spot.device(i) == Device.NUMPY
                        || (i.is("identifier", "attribute")
                            && i.text().matches("\\w*(indices|indexes|idxs|perm|order|rows)")));
  }

  /// A slice of any dimension but the first leaves gaps.
  private static boolean isStrided(Node source) {
    if (!source.is("subscript")) {
      return false;
    }
    var slices = source.all("subscript");
    return slices.size() > 1
        && slices.stream().skip(1).anyMatch(s -> s.is("slice") && !s.text().equals(":"));
  }
}

package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `torch.tensor(ids, device="cuda")` and `torch.tensor(ids).to("cuda")` → built in pinned memory
/// and copied without blocking.
final class PinAndAsyncCopy implements Shape {
  private static final Set<String> MAKERS = Set.of("torch.tensor", "torch.as_tensor");

  @Override
  public String pattern() {
    return "pin-and-async-copy";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.calls()
        .map(c -> c.isNamed("to", "cuda") ? moved(spot, c) : made(spot, c))
        .filter(a -> !a.equals(Attempt.NO_MATCH))
        .findFirst()
        .orElse(Attempt.NO_MATCH);
  }

  /// `torch.tensor(xs, dtype=…, device=d)`.
  private static Attempt made(Spot spot, Call call) {
    var device = call.keyword("device");
    if (!call.resolved().equals("torch.tensor")
        || device.isEmpty()
        || call.positional().size() != 1) {
      return Attempt.NO_MATCH;
    }
    var source = call.argument(0).orElseThrow();
    if (Syntax.isLiteral(source) || isLiteralList(source)) {
      return Attempt.NO_MATCH; // a constant: created once, or by a fill
    }
    var pinned = call.keyword("pin_memory");
    if (pinned.isPresent() || source.is("lambda")) {
      return Attempt.NO_MATCH;
    }
    if (spot.devices().of(source).device() == Device.GPU) {
      return Attempt.NO_MATCH;
    }
    var target = device.get();
    if (isHost(target)) {
      return Attempt.NO_MATCH;
    }
    if (spot.devices().of(call.node()).device() != Device.GPU) {
      return Attempt.refused(
          "device_target", "`%s` is not seen to be a CUDA device".formatted(target.text()));
    }
    if (!spot.devices().of(source).device().isHost()) {
      return Attempt.refused(
          "host_source", "`%s` is not seen to be host data".formatted(Syntax.brief(source)));
    }
    var keyword = target.parent().orElseThrow();
    var edits =
        new Edits(spot.file())
            .replace(keyword, "pin_memory=True")
            .replace(
                call.node().end(),
                call.node().end(),
                ".to(device=%s, non_blocking=True)".formatted(target.text()));
    return Attempt.draft(
        edits,
        List.of("host_source", "device_target", "contiguous", "kept"),
        "Builds the tensor in pinned memory and copies it without blocking.");
  }

  /// `torch.tensor(xs).to(d)`, `.cuda()`.
  private static Attempt moved(Spot spot, Call move) {
    var made = move.receiver().flatMap(Call::of);
    if (made.isEmpty()
        || !MAKERS.contains(made.get().resolved())
        || made.get().keyword("device").isPresent()) {
      return Attempt.NO_MATCH;
    }
    if (!isToDevice(spot, move)) {
      return Attempt.NO_MATCH;
    }
    boolean pinned = made.get().keyword("pin_memory").isPresent();
    boolean async = move.keyword("non_blocking").isPresent();
    if (pinned && async || made.get().resolved().equals("torch.as_tensor")) {
      return Attempt.NO_MATCH;
    }
    var source = made.get().argument(0).orElse(made.get().node());
    if (!spot.devices().of(source).device().isHost()) {
      return Attempt.refused(
          "host_source", "`%s` is not seen to be host data".formatted(Syntax.brief(source)));
    }
    var edits = new Edits(spot.file());
    if (!pinned) {
      addArgument(edits, made.get(), "pin_memory=True");
    }
    if (!async) {
      addArgument(edits, move, "non_blocking=True");
    }
    return Attempt.draft(
        edits,
        List.of("host_source", "device_target", "contiguous", "kept"),
        "Builds the tensor in pinned memory and copies it without blocking.");
  }

  private static boolean isToDevice(Spot spot, Call move) {
    var target = move.keyword("device").or(() -> move.argument(0));
    return move.isNamed("cuda")
        || target
                .filter(
                    t ->
                        !isHost(t)
                            && !t.text()
                                .matches("(torch\\.\\w*(int|float|long|bool|half)\\w*)|.*dtype"))
                .isPresent()
            && spot.devices().of(move.node()).device() == Device.GPU;
  }

  private static boolean isHost(Node device) {
    return device.text().matches("(torch\\.device\\()?[\"']cpu[\"']\\)?");
  }

  private static boolean isLiteralList(Node node) {
    return node.is("list", "tuple")
        && new ArrayList<>(node.items())
            .stream().allMatch(i -> Syntax.isLiteral(i) || isLiteralList(i));
  }

  private static void addArgument(Edits edits, Call call, String text) {
    var arguments = call.node().child("arguments").orElseThrow();
    var items = arguments.items();
    if (items.isEmpty()) {
      edits.replace(arguments, "(" + text + ")");
    } else {
      edits.replace(items.getLast().end(), items.getLast().end(), ", " + text);
    }
  }
}

package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `torch.tensor(ids, device="cuda")`, `torch.tensor(ids).to("cuda")` and `t.new_tensor(ids)` →
/// built in pinned memory and copied without blocking; `lens_cpu.to("cuda")` and
/// `t.copy_(lens_cpu)` → the copy does not block, where the source is pinned already.
final class PinAndAsyncCopy implements Shape {
  private static final String WHAT =
      "Builds the tensor in pinned memory and copies it without blocking.";
  private static final Set<String> MAKERS = Set.of("torch.tensor", "torch.as_tensor");

  @Override
  public String pattern() {
    return "pin-and-async-copy";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.calls()
        .map(
            c ->
                switch (c.name()) {
                  case "to", "cuda" -> moved(spot, c);
                  case "copy_" -> copied(spot, c);
                  case "new_tensor" -> madeAlike(spot, c);
                  default -> made(spot, c);
                })
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
      return Attempt.unknown(
          "device_target", "`%s` is not seen to be a CUDA device".formatted(target.text()));
    }
    if (!spot.devices().of(source).device().isHost()) {
      return Attempt.unknown(
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
    return Attempt.draft(edits, seen(spot, source, target), WHAT);
  }

  /// `t.new_tensor(xs)`: with the dtype of `t`, on its device.
  private static Attempt madeAlike(Spot spot, Call call) {
    var like = call.receiver().flatMap(Names::path);
    var arguments = call.node().child("arguments").map(Node::items).orElse(List.of());
    if (like.isEmpty()
        || arguments.size() != 1
        || call.positional().size() != 1
        || !spot.file().imports().resolve("torch").equals("torch")
        || spot.origin(call.receiver().orElseThrow()).device() != Device.GPU) {
      return Attempt.NO_MATCH;
    }
    var source = arguments.getFirst();
    if (!spot.devices().of(source).device().isHost()) {
      return Attempt.unknown(
          "host_source", "`%s` is not seen to be host data".formatted(Syntax.brief(source)));
    }
    var edits =
        new Edits(spot.file())
            .replace(
                call.node(),
                "torch.tensor(%s, dtype=%s.dtype, pin_memory=True).to(%s.device, non_blocking=True)"
                    .formatted(source.text(), like.get(), like.get()));
    return Attempt.draft(edits, seen(spot, source, call.receiver().orElseThrow()), WHAT);
  }

  /// `device_tensor.copy_(host_tensor)`.
  private static Attempt copied(Spot spot, Call copy) {
    var source = copy.argument(0);
    return source.isEmpty()
            || copy.positional().size() != 1
            || copy.keyword("non_blocking").isPresent()
            || !isHostTensor(spot, source.get())
            || copy.receiver().filter(r -> spot.origin(r).device() == Device.GPU).isEmpty()
        ? Attempt.NO_MATCH
        : unblocked(spot, copy, source.get());
  }

  private static boolean isHostTensor(Spot spot, Node source) {
    var device = spot.origin(source).device();
    return device == Device.CPU || device == Device.PINNED;
  }

  /// From pageable memory the driver stages the copy, so that the result is right all the same.
  private static Attempt unblocked(Spot spot, Call copy, Node source) {
    var edits = new Edits(spot.file());
    addArgument(edits, copy, "non_blocking=True");
    return Attempt.draft(
        edits,
        spot.origin(source).byName() ? List.of() : List.of("host_source"),
        "Copies without blocking, which takes effect where the source is pinned and contiguous.");
  }

  /// `torch.tensor(xs).to(d)`, `.cuda()`; `xs_cpu.to(d)`.
  private static Attempt moved(Spot spot, Call move) {
    var made = move.receiver().flatMap(Call::of);
    if (made.isEmpty() || !made.get().resolved().startsWith("torch.")) {
      return move.keyword("non_blocking").isEmpty()
              && move.positional().size() <= 1
              && move.receiver().filter(r -> isHostTensor(spot, r)).isPresent()
              && isToDevice(spot, move)
          ? unblocked(spot, move, move.receiver().orElseThrow())
          : Attempt.NO_MATCH;
    }
    if (!MAKERS.contains(made.get().resolved()) || made.get().keyword("device").isPresent()) {
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
      return Attempt.unknown(
          "host_source", "`%s` is not seen to be host data".formatted(Syntax.brief(source)));
    }
    var edits = new Edits(spot.file());
    if (!pinned) {
      addArgument(edits, made.get(), "pin_memory=True");
    }
    if (!async) {
      addArgument(edits, move, "non_blocking=True");
    }
    return Attempt.draft(edits, seen(spot, source, target(move).orElse(move.node())), WHAT);
  }

  private static Optional<Node> target(Call move) {
    return move.keyword("device").or(() -> move.argument(0));
  }

  /// What a variable `device` holds is not seen; a CUDA device by its name is.
  private static List<String> seen(Spot spot, Node source, Node target) {
    var seen = new ArrayList<>(List.of("contiguous", "kept"));
    if (!spot.devices().of(source).byName()) {
      seen.add("host_source");
    }
    if (target.text().matches("(?s).*(cuda|gpu|current_device).*")) {
      seen.add("device_target");
    }
    return seen;
  }

  private static boolean isToDevice(Spot spot, Call move) {
    var target = target(move);
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

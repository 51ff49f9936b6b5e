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
  public Attempt attempt(DraftSite site) {
    return site.calls()
        .map(
            c ->
                switch (c.name()) {
                  case "to", "cuda" -> moved(site, c);
                  case "copy_" -> copied(site, c);
                  case "new_tensor" -> madeAlike(site, c);
                  default -> made(site, c);
                })
        .filter(a -> !a.equals(Attempt.NO_MATCH))
        .findFirst()
        .orElse(Attempt.NO_MATCH);
  }

  /// `torch.tensor(xs, dtype=…, device=d)`.
  private static Attempt made(DraftSite site, Call call) {
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
    if (site.devices().of(source).device() == Device.GPU) {
      return Attempt.NO_MATCH;
    }
    var target = device.get();
    if (isHost(target)) {
      return Attempt.NO_MATCH;
    }
    if (site.devices().of(call.node()).device() != Device.GPU) {
      return Attempt.unknown(
          "device_target", "`%s` is not seen to be a CUDA device".formatted(target.text()));
    }
    if (!site.devices().of(source).device().isHost()) {
      return Attempt.unknown(
          "host_source", "`%s` is not seen to be host data".formatted(Syntax.brief(source)));
    }
    var keyword = target.parent().orElseThrow();
    var edits =
        new Edits(site.file())
            .replace(keyword, "pin_memory=True")
            .replace(
                call.node().end(),
                call.node().end(),
                ".to(device=%s, non_blocking=True)".formatted(target.text()));
    return Attempt.draft(edits, seen(site, source, target), WHAT);
  }

  /// `t.new_tensor(xs)`: with the dtype of `t`, on its device.
  private static Attempt madeAlike(DraftSite site, Call call) {
    var like = call.receiver().flatMap(Names::path);
    var arguments = call.node().child("arguments").map(Node::items).orElse(List.of());
    if (like.isEmpty()
        || arguments.size() != 1
        || call.positional().size() != 1
        || !site.file().imports().resolve("torch").equals("torch")
        || site.origin(call.receiver().orElseThrow()).device() != Device.GPU) {
      return Attempt.NO_MATCH;
    }
    var source = arguments.getFirst();
    if (!site.devices().of(source).device().isHost()) {
      return Attempt.unknown(
          "host_source", "`%s` is not seen to be host data".formatted(Syntax.brief(source)));
    }
    var edits =
        new Edits(site.file())
            .replace(
                call.node(),
                "torch.tensor(%s, dtype=%s.dtype, pin_memory=True).to(%s.device, non_blocking=True)"
                    .formatted(source.text(), like.get(), like.get()));
    return Attempt.draft(edits, seen(site, source, call.receiver().orElseThrow()), WHAT);
  }

  /// `device_tensor.copy_(host_tensor)`.
  private static Attempt copied(DraftSite site, Call copy) {
    var source = copy.argument(0);
    return source.isEmpty()
            || copy.positional().size() != 1
            || copy.keyword("non_blocking").isPresent()
            || !isHostTensor(site, source.get())
            || copy.receiver().filter(r -> site.origin(r).device() == Device.GPU).isEmpty()
        ? Attempt.NO_MATCH
        : unblocked(site, copy, source.get());
  }

  private static boolean isHostTensor(DraftSite site, Node source) {
    var device = site.origin(source).device();
    return device == Device.CPU || device == Device.PINNED;
  }

  /// From pageable memory the driver stages the copy, so that the result is right all the same.
  private static Attempt unblocked(DraftSite site, Call copy, Node source) {
    var edits = new Edits(site.file());
    addArgument(edits, copy, "non_blocking=True");
    return Attempt.draft(
        edits,
        site.origin(source).byName() ? List.of() : List.of("host_source"),
        "Copies without blocking, which takes effect where the source is pinned and contiguous.");
  }

  /// `torch.tensor(xs).to(d)`, `.cuda()`; `xs_cpu.to(d)`.
  private static Attempt moved(DraftSite site, Call move) {
    var made = move.receiver().flatMap(Call::of);
    if (made.isEmpty() || !made.get().resolved().startsWith("torch.")) {
      return move.keyword("non_blocking").isEmpty()
              && move.positional().size() <= 1
              && move.receiver().filter(r -> isHostTensor(site, r)).isPresent()
              && isToDevice(site, move)
          ? unblocked(site, move, move.receiver().orElseThrow())
          : Attempt.NO_MATCH;
    }
    if (!MAKERS.contains(made.get().resolved()) || made.get().keyword("device").isPresent()) {
      return Attempt.NO_MATCH;
    }
    if (!isToDevice(site, move)) {
      return Attempt.NO_MATCH;
    }
    boolean pinned = made.get().keyword("pin_memory").isPresent();
    boolean async = move.keyword("non_blocking").isPresent();
    if (pinned && async || made.get().resolved().equals("torch.as_tensor")) {
      return Attempt.NO_MATCH;
    }
    var source = made.get().argument(0).orElse(made.get().node());
    if (!site.devices().of(source).device().isHost()) {
      return Attempt.unknown(
          "host_source", "`%s` is not seen to be host data".formatted(Syntax.brief(source)));
    }
    var edits = new Edits(site.file());
    if (!pinned) {
      addArgument(edits, made.get(), "pin_memory=True");
    }
    if (!async) {
      addArgument(edits, move, "non_blocking=True");
    }
    return Attempt.draft(edits, seen(site, source, target(move).orElse(move.node())), WHAT);
  }

  private static Optional<Node> target(Call move) {
    return move.keyword("device").or(() -> move.argument(0));
  }

  /// What a variable `device` holds is not seen; a CUDA device by its name is.
  private static List<String> seen(DraftSite site, Node source, Node target) {
    var seen = new ArrayList<>(List.of("contiguous", "kept"));
    if (!site.devices().of(source).byName()) {
      seen.add("host_source");
    }
    if (target.text().matches("(?s).*(cuda|gpu|current_device).*")) {
      seen.add("device_target");
    }
    return seen;
  }

  private static boolean isToDevice(DraftSite site, Call move) {
    var target = target(move);
    return move.isNamed("cuda")
        || target
                .filter(
                    t ->
                        !isHost(t)
                            && !t.text()
                                .matches("(torch\\.\\w*(int|float|long|bool|half)\\w*)|.*dtype"))
                .isPresent()
            && site.devices().of(move.node()).device() == Device.GPU;
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

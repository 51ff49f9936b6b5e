package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;

/// `torch.tensor([-1], device="cuda")` → `torch.full((1,), -1, device="cuda", dtype=…)`.
final class ConstantOnDevice implements Shape {
  @Override
  public String pattern() {
    return "build-constant-on-device";
  }

  @Override
  public Attempt attempt(DraftSite site) {
    return site.calls()
        .filter(c -> c.resolved().equals("torch.tensor") && c.positional().size() == 1)
        .filter(c -> c.keyword("device").filter(d -> !d.text().contains("cpu")).isPresent())
        .flatMap(
            c ->
                c
                    .argument(0)
                    .filter(ConstantOnDevice::isEqualList)
                    .map(l -> attempt(site, c, l))
                    .stream())
        .findFirst()
        .orElse(Attempt.NO_MATCH);
  }

  private static boolean isEqualList(Node node) {
    return node.is("list")
        && !node.items().isEmpty()
        && node.items().stream().allMatch(Syntax::isNumber)
        && node.items().stream().map(Node::text).distinct().count() == 1;
  }

  private static Attempt attempt(DraftSite site, Call call, Node list) {
    if (site.devices().of(call.node()).device() != Device.GPU) {
      return Attempt.unknown(
          "device",
          "`%s` is not seen to be a CUDA device"
              .formatted(call.keyword("device").orElseThrow().text()));
    }
    if (call.keyword("requires_grad").isPresent() || call.keyword("pin_memory").isPresent()) {
      return Attempt.NO_MATCH;
    }
    var value = list.items().getFirst();
    var shape = "(%d,), %s".formatted(list.items().size(), value.text());
    var edits =
        new Edits(site.file())
            .replace(call.function().orElseThrow(), call.callee().replaceFirst("tensor$", "full"))
            .replace(list, shape);
    var seen = new ArrayList<>(List.of("literal", "device", "dtype"));
    return Attempt.draft(
        edits, seen, "Fills the constant on the device instead of uploading a list.");
  }
}

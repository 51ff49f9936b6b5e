package hostperf.propose.draft;

import hostperf.source.Device;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `t[mask] = scalar` → `t.masked_fill_(mask, scalar)`, and `t[mask] = other[mask]` →
/// `t.copy_(torch.where(mask, other, t))`: both keep the storage and have a fixed size.
final class MaskToWhere implements Shape {
  @Override
  public String pattern() {
    return "mask-to-where";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.assignment()
        .filter(
            a ->
                a.child("left")
                    .filter(l -> l.is("subscript") && l.all("subscript").size() == 1)
                    .isPresent())
        .map(a -> attempt(spot, a))
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(Spot spot, Node assignment) {
    var left = assignment.child("left").orElseThrow();
    var tensor = left.child("value").orElseThrow();
    var mask = left.all("subscript").getFirst();
    var value = assignment.child("right").orElseThrow();
    if (Names.path(tensor).isEmpty() || !isMask(spot, mask)) {
      return Attempt.NO_MATCH;
    }
    var device = spot.devices().of(tensor);
    var maskDevice = spot.devices().of(mask);
    if (device.device().isHost() || maskDevice.device().isHost()) {
      return Attempt.NO_MATCH;
    }
    if (device.device() != Device.GPU
        && device.device() != Device.TENSOR
        && maskDevice.device() != Device.GPU) {
      return Attempt.refused(
          "mask", "`%s` is not seen to be a tensor on the device".formatted(tensor.text()));
    }
    var seen = new ArrayList<>(List.of("mask"));
    if (Syntax.isNumber(value)) {
      seen.add("scalar");
      var text = "%s.masked_fill_(%s, %s)".formatted(tensor.text(), mask.text(), value.text());
      return Attempt.draft(
          new Edits(spot.file()).replace(assignment, text),
          seen,
          "Fills `%s` under the mask, without asking how many elements it selects."
              .formatted(tensor.text()));
    }
    var other = masked(value, mask);
    if (other.isEmpty()) {
      return Attempt.refused(
          "scalar",
          "`%s` is neither a literal nor indexed by the same mask".formatted(Syntax.brief(value)));
    }
    if (!spot.file().imports().names().containsKey("torch")) {
      return Attempt.NO_MATCH;
    }
    var text =
        "%s.copy_(torch.where(%s, %s, %s))"
            .formatted(tensor.text(), mask.text(), other.get(), tensor.text());
    return Attempt.draft(
        new Edits(spot.file()).replace(assignment, text),
        seen,
        "Selects with `where`, without asking how many elements the mask selects.");
  }

  /// `other` of `other[mask]`.
  private static Optional<String> masked(Node value, Node mask) {
    return Optional.of(value)
        .filter(v -> v.is("subscript") && v.all("subscript").size() == 1)
        .filter(v -> v.all("subscript").getFirst().text().equals(mask.text()))
        .flatMap(v -> v.child("value"))
        .filter(v -> Names.path(v).isPresent())
        .map(Node::text);
  }

  /// A comparison, an inversion or conjunction of masks, or a name that is bound to one.
  private static boolean isMask(Spot spot, Node node) {
    var bare = Syntax.bare(node);
    if (bare.is("comparison_operator")) {
      return bare.all("operators").stream().noneMatch(o -> o.text().matches(".*(in|is).*"));
    }
    if (bare.is("unary_operator")) {
      return bare.text().startsWith("~");
    }
    if (bare.is("binary_operator")) {
      return bare.child("operator").filter(o -> o.text().matches("[&|^]")).isPresent()
          && bare.child("left").filter(l -> isMask(spot, l)).isPresent();
    }
    return Names.path(bare).filter(p -> namesMask(spot, p, bare)).isPresent();
  }

  private static boolean namesMask(Spot spot, String path, Node use) {
    var bound = spot.names().reaching(path, use).flatMap(Names.Binding::value);
    if (bound.isPresent()) {
      var value = Syntax.bare(bound.get());
      return !value.is("identifier", "attribute")
              && !value.text().equals(path)
              && isMask(spot, value)
          || value
              .text()
              .matches("(?s).*(\\.bool\\(\\)|dtype=torch\\.bool.*|isin\\(.*|isnan\\(.*)");
    }
    return path.matches("(.*[._])?(\\w+_)?mask");
  }
}

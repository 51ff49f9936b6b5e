package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.List;
import java.util.Optional;

/// `t[mask] = scalar` → `t.masked_fill_(mask, scalar)`, and `t[mask] = other[mask]` →
/// `t.copy_(torch.where(mask, other, t))`, also with `+=`: both keep the storage and have a fixed
/// size.
final class MaskToWhere implements Shape {
  @Override
  public String pattern() {
    return "mask-to-where";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return Syntax.only(spot.statement())
        .filter(a -> a.is("assignment", "augmented_assignment"))
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
      return Attempt.unknown(
          "mask", "`%s` is not seen to be a tensor on the device".formatted(tensor.text()));
    }
    var operand = Syntax.isNumber(value) ? Optional.of(value.text()) : masked(value, mask);
    if (operand.isEmpty()) {
      return Attempt.unknown(
          "scalar",
          "`%s` is neither a literal nor indexed by the same mask".formatted(Syntax.brief(value)));
    }
    boolean fills = Syntax.isNumber(value) && assignment.is("assignment");
    if (!fills && !spot.file().imports().names().containsKey("torch")) {
      return Attempt.NO_MATCH;
    }
    if (!Edits.ownsItsLines(spot.statement())) {
      return Attempt.NO_MATCH;
    }
    return draft(spot, assignment, new Parts(tensor.text(), mask, operand.get(), fills));
  }

  /// @param operand the scalar, or the tensor that is indexed by the same mask
  /// @param fills whether a scalar is set, rather than something selected
  private record Parts(String tensor, Node mask, String operand, boolean fills) {}

  private static Attempt draft(Spot spot, Node assignment, Parts parts) {
    var edits = new Edits(spot.file());
    var mask = parts.mask().text();
    if (!hasShapeOf(spot, parts.mask(), parts.tensor())) {
      mask = fitted(spot, parts, edits);
    }
    var tensor = parts.tensor();
    var chosen =
        assignment
            .child("operator")
            .map(o -> "%s %s %s".formatted(tensor, o.text().replace("=", ""), parts.operand()))
            .orElse(parts.operand());
    edits.replace(
        assignment,
        parts.fills()
            ? "%s.masked_fill_(%s, %s)".formatted(tensor, mask, parts.operand())
            : "%s.copy_(torch.where(%s, %s, %s))".formatted(tensor, mask, chosen, tensor));
    return Attempt.draft(
        edits,
        isSeenMask(spot, parts.mask())
            ? List.of("mask", "scalar", "shape")
            : List.of("scalar", "shape"),
        parts.fills()
            ? "Fills `%s` under the mask with a size that is fixed.".formatted(tensor)
            : "Selects with `where`, without asking how many elements the mask selects.");
  }

  /// A mask of the leading dimensions selects whole rows; `where` and `masked_fill_` would line it
  /// up with the last ones. So it gets the dimensions that it lacks, in a line of its own.
  private static String fitted(Spot spot, Parts parts, Edits edits) {
    var mask = parts.mask();
    var name = Names.path(mask).filter(p -> !p.contains(".")).orElse("");
    if (name.isEmpty()) {
      name = FreshName.of("mask", spot.file());
      edits.above(spot.statement(), name + " = " + mask.bare().text());
    }
    var fit = FreshName.of("row_" + name, spot.file());
    edits.above(
        spot.statement(),
        "%s = %s.reshape(%s.shape + (1,) * (%s.dim() - %s.dim()))"
            .formatted(fit, name, name, parts.tensor(), name));
    return fit;
  }

  /// It is computed from the tensor element by element, or expanded to its shape.
  private static boolean hasShapeOf(Spot spot, Node mask, String tensor) {
    var bare = mask.bare();
    if (bare.is("comparison_operator")) {
      return bare.items().stream().anyMatch(i -> i.text().equals(tensor));
    }
    if (bare.is("unary_operator")) {
      return bare.child("argument").filter(a -> hasShapeOf(spot, a, tensor)).isPresent();
    }
    if (bare.is("binary_operator")) {
      return bare.child("left").filter(l -> hasShapeOf(spot, l, tensor)).isPresent();
    }
    if (bare.is("call")) {
      return Call.of(bare)
          .filter(c -> c.name().matches("expand_as|isnan|isinf|isfinite|isin"))
          .flatMap(c -> c.argument(0))
          .filter(a -> a.text().equals(tensor))
          .isPresent();
    }
    return Names.path(bare)
        .flatMap(p -> earlier(spot, p, bare))
        .filter(v -> hasShapeOf(spot, v, tensor))
        .isPresent();
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
    var bare = node.bare();
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
    return Call.of(bare)
            .filter(c -> c.name().matches("expand_as|expand|unsqueeze|view|reshape"))
            .flatMap(Call::receiver)
            .filter(r -> isMask(spot, r))
            .isPresent()
        || Names.path(bare).filter(p -> namesMask(spot, p, bare)).isPresent();
  }

  /// Computed as one, not merely named so.
  private static boolean isSeenMask(Spot spot, Node mask) {
    var bare = mask.bare();
    return Names.path(bare).isEmpty()
        || earlier(spot, bare.text(), bare).filter(v -> Names.path(v.bare()).isEmpty()).isPresent();
  }

  private static boolean namesMask(Spot spot, String path, Node use) {
    var bound = earlier(spot, path, use);
    if (bound.isPresent()) {
      var value = bound.get().bare();
      return !value.is("identifier", "attribute") && isMask(spot, value)
          || value
              .text()
              .matches("(?s).*(\\.bool\\(\\)|dtype=torch\\.bool.*|isin\\(.*|isnan\\(.*)");
    }
    return path.matches("(.*[._])?(\\w+_)?mask");
  }

  /// What a name was last set to above its use; a binding further down is of another turn.
  private static Optional<Node> earlier(Spot spot, String path, Node use) {
    return spot.names()
        .reaching(path, use)
        .filter(b -> b.node().end() <= use.start())
        .flatMap(Names.Binding::value);
  }
}

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
  public Attempt attempt(DraftSite site) {
    return Syntax.only(site.statement())
        .filter(a -> a.is("assignment", "augmented_assignment"))
        .filter(
            a ->
                a.child("left")
                    .filter(l -> l.is("subscript") && l.all("subscript").size() == 1)
                    .isPresent())
        .map(a -> attempt(site, a))
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(DraftSite site, Node assignment) {
    var left = assignment.child("left").orElseThrow();
    var tensor = left.child("value").orElseThrow();
    var mask = left.all("subscript").getFirst();
    var value = assignment.child("right").orElseThrow();
    if (Names.path(tensor).isEmpty() || !isMask(site, mask)) {
      return Attempt.NO_MATCH;
    }
    var device = site.devices().of(tensor);
    var maskDevice = site.devices().of(mask);
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
    if (!fills && !site.file().imports().names().containsKey("torch")) {
      return Attempt.NO_MATCH;
    }
    if (!Edits.ownsItsLines(site.statement())) {
      return Attempt.NO_MATCH;
    }
    return draft(site, assignment, new Parts(tensor.text(), mask, operand.get(), fills));
  }

  /// @param operand the scalar, or the tensor that is indexed by the same mask
  /// @param fills whether a scalar is set, rather than something selected
  private record Parts(String tensor, Node mask, String operand, boolean fills) {}

  private static Attempt draft(DraftSite site, Node assignment, Parts parts) {
    var edits = new Edits(site.file());
    var mask = parts.mask().text();
    if (!hasShapeOf(site, parts.mask(), parts.tensor())) {
      mask = fitted(site, parts, edits);
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
        isSeenMask(site, parts.mask())
            ? List.of("mask", "scalar", "shape")
            : List.of("scalar", "shape"),
        parts.fills()
            ? "Fills `%s` under the mask with a size that is fixed.".formatted(tensor)
            : "Selects with `where`, without asking how many elements the mask selects.");
  }

  /// A mask of the leading dimensions selects whole rows; `where` and `masked_fill_` would line it
  /// up with the last ones. So it gets the dimensions that it lacks, in a line of its own.
  private static String fitted(DraftSite site, Parts parts, Edits edits) {
    var mask = parts.mask();
    var name = Names.path(mask).filter(p -> !p.contains(".")).orElse("");
    if (name.isEmpty()) {
      name = FreshName.of("mask", site.file());
      edits.above(site.statement(), name + " = " + mask.bare().text());
    }
    var fit = FreshName.of("row_" + name, site.file());
    edits.above(
        site.statement(),
        "%s = %s.reshape(%s.shape + (1,) * (%s.dim() - %s.dim()))"
            .formatted(fit, name, name, parts.tensor(), name));
    return fit;
  }

  /// It is computed from the tensor element by element, or expanded to its shape.
  private static boolean hasShapeOf(DraftSite site, Node mask, String tensor) {
    var bare = mask.bare();
    if (bare.is("comparison_operator")) {
      return bare.items().stream().anyMatch(i -> i.text().equals(tensor));
    }
    if (bare.is("unary_operator")) {
      return bare.child("argument").filter(a -> hasShapeOf(site, a, tensor)).isPresent();
    }
    if (bare.is("binary_operator")) {
      return bare.child("left").filter(l -> hasShapeOf(site, l, tensor)).isPresent();
    }
    if (bare.is("call")) {
      return Call.of(bare)
          .filter(c -> c.name().matches("expand_as|isnan|isinf|isfinite|isin"))
          .flatMap(c -> c.argument(0))
          .filter(a -> a.text().equals(tensor))
          .isPresent();
    }
    return Names.path(bare)
        .flatMap(p -> earlier(site, p, bare))
        .filter(v -> hasShapeOf(site, v, tensor))
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
  private static boolean isMask(DraftSite site, Node node) {
    var bare = node.bare();
    if (bare.is("comparison_operator")) {
      return bare.all("operators").stream().noneMatch(o -> o.text().matches(".*(in|is).*"));
    }
    if (bare.is("unary_operator")) {
      return bare.text().startsWith("~");
    }
    if (bare.is("binary_operator")) {
      return bare.child("operator").filter(o -> o.text().matches("[&|^]")).isPresent()
          && bare.child("left").filter(l -> isMask(site, l)).isPresent();
    }
    return Call.of(bare)
            .filter(c -> c.name().matches("expand_as|expand|unsqueeze|view|reshape"))
            .flatMap(Call::receiver)
            .filter(r -> isMask(site, r))
            .isPresent()
        || Names.path(bare).filter(p -> namesMask(site, p, bare)).isPresent();
  }

  /// Computed as one, not merely named so.
  private static boolean isSeenMask(DraftSite site, Node mask) {
    var bare = mask.bare();
    return Names.path(bare).isEmpty()
        || earlier(site, bare.text(), bare).filter(v -> Names.path(v.bare()).isEmpty()).isPresent();
  }

  private static boolean namesMask(DraftSite site, String path, Node use) {
    var bound = earlier(site, path, use);
    if (bound.isPresent()) {
      var value = bound.get().bare();
      return !value.is("identifier", "attribute") && isMask(site, value)
          || value
              .text()
              .matches("(?s).*(\\.bool\\(\\)|dtype=torch\\.bool.*|isin\\(.*|isnan\\(.*)");
    }
    return path.matches("(.*[._])?(\\w+_)?mask");
  }

  /// What a name was last set to above its use; a binding further down is of another turn.
  private static Optional<Node> earlier(DraftSite site, String path, Node use) {
    return site.names()
        .reaching(path, use)
        .filter(b -> b.node().end() <= use.start())
        .flatMap(Names.Binding::value);
  }
}

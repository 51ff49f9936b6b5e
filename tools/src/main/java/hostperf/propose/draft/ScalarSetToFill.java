package hostperf.propose.draft;

import hostperf.source.Device;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;

/// `t[i] = 3` on a device tensor → `t[i].fill_(3)`.
final class ScalarSetToFill implements Shape {
  @Override
  public String pattern() {
    return "scalar-set-to-fill";
  }

  @Override
  public Attempt attempt(Spot spot) {
    return spot.assignment()
        .filter(
            a ->
                a.child("left")
                    .filter(
                        l -> l.is("subscript") && l.child("value").flatMap(Names::path).isPresent())
                    .isPresent())
        .map(a -> attempt(spot, a))
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(Spot spot, Node assignment) {
    var left = assignment.child("left").orElseThrow();
    var tensor = left.child("value").orElseThrow();
    var value = assignment.child("right").orElseThrow();
    var device = spot.devices().of(tensor).device();
    if (device.isHost() || !isHostScalar(spot, value)) {
      return Attempt.NO_MATCH;
    }
    for (var index : left.all("subscript")) {
      if (!isInteger(spot, index)) {
        return Attempt.NO_MATCH;
      }
    }
    if (device != Device.GPU) {
      return device == Device.TENSOR
          ? Attempt.refused(
              "device", "`%s` is not seen to live on the device".formatted(tensor.text()))
          : Attempt.NO_MATCH;
    }
    var edits =
        new Edits(spot.file())
            .replace(assignment, "%s.fill_(%s)".formatted(left.text(), value.text()));
    return Attempt.draft(
        edits,
        new ArrayList<>(List.of("device", "scalar")),
        "Fills the element on the device instead of copying a host scalar there.");
  }

  /// A number, or an expression of Python's numbers.
  private static boolean isHostScalar(Spot spot, Node value) {
    return Syntax.isNumber(value)
        || value.text().matches("len\\(.*\\)")
        || value.is("identifier", "attribute", "binary_operator", "call", "subscript")
            && isPlainNumber(spot, value);
  }

  private static boolean isPlainNumber(Spot spot, Node value) {
    if (Names.path(value).isPresent()) {
      var path = Names.path(value).get();
      return spot.names().bindings(path).stream()
              .anyMatch(
                  b ->
                      ListFacts.annotation(b).filter(t -> t.matches("int|float|bool")).isPresent()
                          || b.value()
                              .filter(
                                  v ->
                                      Syntax.isNumber(v)
                                          || v.text().matches("len\\(.*\\)|.*\\.shape\\[\\d+\\]"))
                              .isPresent())
          || path.matches("(\\w+\\.)*(num|total|n|max)_\\w+")
              && spot.devices().of(value).device() != Device.GPU;
    }
    if (value.is("binary_operator")) {
      return value.children().stream()
          .filter(c -> !c.field().equals("operator"))
          .allMatch(c -> isHostScalar(spot, c));
    }
    return false;
  }

  /// An index that selects one element: a number, not a slice, mask or list.
  private static boolean isInteger(Spot spot, Node index) {
    return index.is("integer")
        || index.is("unary_operator") && Syntax.isNumber(index)
        || isPlainNumber(spot, index)
        || index.is("identifier") && boundByRange(spot, index.text());
  }

  private static boolean boundByRange(Spot spot, String name) {
    return spot.names().bindings(name).stream()
        .anyMatch(
            b ->
                b.kind() == Names.Kind.LOOP
                    && b.value().filter(v -> v.text().startsWith("range(")).isPresent());
  }
}

package hostperf.propose.draft;

import hostperf.source.Device;
import hostperf.source.Kind;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;

/// `t[i] = 3` on a tensor → `t[i].fill_(3)`. On the host both do the same; it is worth it where the
/// tensor lives on the device.
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
    var origin = spot.origin(tensor);
    var device = origin.device();
    if (device.isHost() || !isHostScalar(spot, value)) {
      return Attempt.NO_MATCH;
    }
    for (var index : left.all("subscript")) {
      if (!isInteger(spot, index)) {
        return Attempt.NO_MATCH;
      }
    }
    if (device != Device.GPU && (device != Device.TENSOR || origin.byName())) {
      return device == Device.TENSOR
          ? Attempt.unknown("tensor", "`%s` is a tensor by its name only".formatted(tensor.text()))
          : Attempt.NO_MATCH;
    }
    var edits =
        new Edits(spot.file())
            .replace(
                assignment, "%s.fill_(%s)".formatted(left.text(), value.bare().text().strip()));
    return Attempt.draft(
        edits,
        seen(spot, device, value.bare()),
        "Fills the element on the device instead of copying a host scalar there.");
  }

  private static List<String> seen(Spot spot, Device device, Node value) {
    var seen = new ArrayList<>(List.of("tensor"));
    if (device == Device.GPU) {
      seen.add("device");
    }
    boolean counted =
        isCounted(spot, value)
            || value.is("binary_operator")
                && value.children().stream()
                    .filter(c -> !c.field().equals("operator"))
                    .allMatch(c -> isCounted(spot, c));
    if (counted) {
      seen.add("scalar");
    }
    return seen;
  }

  /// A number, or an expression of Python's numbers. The last resort is its name: should that
  /// mislead, a tensor of one element fills as well.
  private static boolean isHostScalar(Spot spot, Node value) {
    var bare = value.bare();
    if (isCounted(spot, bare)) {
      return true;
    }
    if (bare.is("binary_operator")) {
      return bare.children().stream()
          .filter(c -> !c.field().equals("operator"))
          .allMatch(c -> isHostScalar(spot, c));
    }
    return Names.path(bare)
        .filter(p -> p.matches("(\\w+\\.)*((num|total|n|max)_\\w+|\\w+_(size|count|len))"))
        .filter(_ -> spot.devices().of(bare).device() != Device.GPU)
        .isPresent();
  }

  /// Seen to be a number: a literal, a length, or a name that is declared or set as one.
  private static boolean isCounted(Spot spot, Node value) {
    return isNumber(value)
        || value.is("identifier")
            && (spot.names().bindings(value.text()).isEmpty()
                ? spot.file().constant(value.text()).filter(ScalarSetToFill::isNumber).isPresent()
                : isSetToNumber(spot, value.text()))
        || spot.kinds().is(value, Kind.NUMBER);
  }

  private static boolean isNumber(Node value) {
    return Syntax.isNumber(value)
        || value.text().matches("(?s)(len|float|int)\\([^()]*\\)|[\\w.]+\\.shape\\[-?\\d+\\]");
  }

  private static boolean isSetToNumber(Spot spot, String name) {
    var plain =
        spot.names().bindings(name).stream().filter(b -> b.kind() != Names.Kind.AUGMENTED).toList();
    return !plain.isEmpty()
        && plain.stream().allMatch(b -> b.value().filter(ScalarSetToFill::isNumber).isPresent());
  }

  /// An index that selects one element: a number, not a slice, mask or list.
  private static boolean isInteger(Spot spot, Node index) {
    return !index.is("slice")
        && (isCounted(spot, index)
            || index.is("binary_operator")
                && index.children().stream()
                    .filter(c -> !c.field().equals("operator"))
                    .allMatch(c -> isInteger(spot, c))
            || index.is("identifier") && boundByRange(spot, index.text()));
  }

  private static boolean boundByRange(Spot spot, String name) {
    return spot.names().bindings(name).stream()
        .anyMatch(
            b ->
                b.kind() == Names.Kind.LOOP
                    && b.value().filter(v -> v.text().startsWith("range(")).isPresent());
  }
}

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
  public Attempt attempt(DraftSite site) {
    return site.assignment()
        .filter(
            a ->
                a.child("left")
                    .filter(
                        l -> l.is("subscript") && l.child("value").flatMap(Names::path).isPresent())
                    .isPresent())
        .map(a -> attempt(site, a))
        .orElse(Attempt.NO_MATCH);
  }

  private static Attempt attempt(DraftSite site, Node assignment) {
    var left = assignment.child("left").orElseThrow();
    var tensor = left.child("value").orElseThrow();
    var value = assignment.child("right").orElseThrow();
    var origin = site.origin(tensor);
    var device = origin.device();
    if (device.isHost() || !isHostScalar(site, value)) {
      return Attempt.NO_MATCH;
    }
    for (var index : left.all("subscript")) {
      if (!isInteger(site, index)) {
        return Attempt.NO_MATCH;
      }
    }
    if (device != Device.GPU && (device != Device.TENSOR || origin.byName())) {
      return device == Device.TENSOR
          ? Attempt.unknown("tensor", "`%s` is a tensor by its name only".formatted(tensor.text()))
          : Attempt.NO_MATCH;
    }
    var edits =
        new Edits(site.file())
            .replace(
                assignment, "%s.fill_(%s)".formatted(left.text(), value.bare().text().strip()));
    return Attempt.draft(
        edits,
        seen(site, device, value.bare()),
        "Fills the element on the device instead of copying a host scalar there.");
  }

  private static List<String> seen(DraftSite site, Device device, Node value) {
    var seen = new ArrayList<>(List.of("tensor"));
    if (device == Device.GPU) {
      seen.add("device");
    }
    boolean counted =
        isCounted(site, value)
            || value.is("binary_operator")
                && value.children().stream()
                    .filter(c -> !c.field().equals("operator"))
                    .allMatch(c -> isCounted(site, c));
    if (counted) {
      seen.add("scalar");
    }
    return seen;
  }

  /// A number, or an expression of Python's numbers. The last resort is its name: should that
  /// mislead, a tensor of one element fills as well.
  private static boolean isHostScalar(DraftSite site, Node value) {
    var bare = value.bare();
    if (isCounted(site, bare)) {
      return true;
    }
    if (bare.is("binary_operator")) {
      return bare.children().stream()
          .filter(c -> !c.field().equals("operator"))
          .allMatch(c -> isHostScalar(site, c));
    }
    return Names.path(bare)
        .filter(p -> p.matches("(\\w+\\.)*((num|total|n|max)_\\w+|\\w+_(size|count|len))"))
        .filter(_ -> site.devices().of(bare).device() != Device.GPU)
        .isPresent();
  }

  /// Seen to be a number: a literal, a length, or a name that is declared or set as one.
  private static boolean isCounted(DraftSite site, Node value) {
    return isNumber(value)
        || value.is("identifier")
            && (site.names().bindings(value.text()).isEmpty()
                ? site.file().constant(value.text()).filter(ScalarSetToFill::isNumber).isPresent()
                : isSetToNumber(site, value.text()))
        || site.kinds().is(value, Kind.NUMBER);
  }

  private static boolean isNumber(Node value) {
    return Syntax.isNumber(value)
        || value.text().matches("(?s)(len|float|int)\\([^()]*\\)|[\\w.]+\\.shape\\[-?\\d+\\]");
  }

  private static boolean isSetToNumber(DraftSite site, String name) {
    var plain =
        site.names().bindings(name).stream().filter(b -> b.kind() != Names.Kind.AUGMENTED).toList();
    return !plain.isEmpty()
        && plain.stream().allMatch(b -> b.value().filter(ScalarSetToFill::isNumber).isPresent());
  }

  /// An index that selects one element: a number, not a slice, mask or list.
  private static boolean isInteger(DraftSite site, Node index) {
    return !index.is("slice")
        && (isCounted(site, index)
            || index.is("binary_operator")
                && index.children().stream()
                    .filter(c -> !c.field().equals("operator"))
                    .allMatch(c -> isInteger(site, c))
            || index.is("identifier") && boundByRange(site, index.text()));
  }

  private static boolean boundByRange(DraftSite site, String name) {
    return site.names().bindings(name).stream()
        .anyMatch(
            b ->
                b.kind() == Names.Kind.LOOP
                    && b.value().filter(v -> v.text().startsWith("range(")).isPresent());
  }
}

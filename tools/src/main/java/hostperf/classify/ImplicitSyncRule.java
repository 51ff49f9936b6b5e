package hostperf.classify;

import static hostperf.classify.HotspotType.HOST_SYNC;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// HOST_SYNC without a word that says so: a mask as an index, a Python number written into a
/// device tensor, a device tensor in a condition, an f-string, or read element by element.
final class ImplicitSyncRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var subscript : spot.nodes("subscript")) {
      mask(spot, subscript, found);
      scalarSet(spot, subscript, found);
      element(spot, subscript, found);
    }
    condition(spot).ifPresent(c -> truth(spot, c, found));
    spot.nodes("interpolation").forEach(i -> formatted(spot, i, found));
    cheapText(spot, found);
    return found;
  }

  private static void mask(Spot spot, Node subscript, List<Finding> found) {
    var tensor = subscript.child("value").map(spot::origin);
    var mask = subscript.all("subscript").stream().filter(i -> isMask(spot, i)).findFirst();
    if (mask.isPresent() && tensor.isPresent() && !tensor.get().device().isHost()) {
      found.add(
          Finding.of(
              HOST_SYNC,
              0.84,
              "%s indexes with the mask %s: how many elements it has is known on the device only"
                  .formatted(quote(subscript), quote(mask.get()))));
    }
  }

  /// Only names and attributes, yet slow by the clock: what is handed over here is a tensor that
  /// someone reads on the host.
  private static void cheapText(Spot spot, List<Finding> found) {
    boolean plain =
        spot.nodes().stream()
            .allMatch(n -> n.is("identifier", "attribute", "argument_list", "keyword_argument"));
    var tensors =
        spot.nodes("attribute", "identifier").stream()
            .filter(n -> !spot.device(n).isHost())
            .toList();
    if (plain && !tensors.isEmpty() && spot.standsOut() && spot.nodes("attribute").size() >= 1) {
      found.add(
          Finding.of(
              HOST_SYNC,
              0.6,
              "The line only hands %s over, yet takes %.1f µs a hit: it is read on the host there"
                  .formatted(quote(tensors.getFirst()), spot.microsPerHit())));
    }
  }

  private static boolean isMask(Spot spot, Node index) {
    if (index.is("comparison_operator")) {
      return !spot.device(index).isHost();
    }
    if (index.is("unary_operator") && index.text().startsWith("~")) {
      return true;
    }
    boolean named =
        Names.path(index).filter(p -> p.matches("(?i).*(^|[._])(\\w*mask|is_\\w+)$")).isPresent();
    if (named) {
      return !spot.device(index).isHost();
    }
    return index.is("identifier")
        && spot.names()
            .reaching(index.text(), index)
            .flatMap(Names.Binding::value)
            .filter(v -> v.is("comparison_operator") && !spot.device(v).isHost())
            .filter(v -> !spot.device(v).equals(Device.UNKNOWN))
            .isPresent();
  }

  private static void scalarSet(Spot spot, Node target, List<Finding> found) {
    var assignment = target.parent().filter(p -> p.is("assignment"));
    var value = assignment.flatMap(a -> a.child("right"));
    if (!target.field().equals("left") || value.isEmpty() || hasSlice(target)) {
      return;
    }
    var tensor = target.child("value").map(spot::origin).orElseGet(() -> spot.origin(target));
    boolean number =
        value.get().is("integer", "float", "true", "false", "unary_operator")
            || spot.device(value.get()) == Device.PYTHON
            || isConstant(value.get());
    if (number && (tensor.device() == Device.GPU || tensor.device() == Device.TENSOR)) {
      found.add(
          Finding.of(
              HOST_SYNC,
              tensor.byName() ? 0.78 : 0.85,
              "%s is set to a Python number, which is uploaded in a blocking copy; %s"
                  .formatted(quote(target), tensor.why())));
    }
  }

  private static boolean isConstant(Node value) {
    return value.is("identifier") && value.text().matches("_?[A-Z][A-Z0-9_]+");
  }

  private static boolean hasSlice(Node subscript) {
    return subscript.all("subscript").stream()
        .anyMatch(i -> i.is("slice", "list", "ellipsis") || !i.find("slice").toList().isEmpty());
  }

  /// `t[i]` in a loop over `i`, with `t` on the device: each turn launches and often reads.
  private static void element(Spot spot, Node subscript, List<Finding> found) {
    var tensor = subscript.child("value").map(spot::origin).orElseGet(() -> spot.origin(subscript));
    if (tensor.device() != Device.GPU && tensor.device() != Device.TENSOR) {
      return;
    }
    var index = subscript.all("subscript");
    var turn =
        spot.loops(subscript).stream().map(Loop::names).filter(n -> isName(index, n)).findFirst();
    if (turn.isPresent() && !subscript.field().equals("left")) {
      found.add(
          Finding.of(
              HOST_SYNC,
              tensor.byName() ? 0.72 : 0.76,
              "%s takes one element of a tensor on each turn of the loop; %s"
                  .formatted(quote(subscript), tensor.why())));
    }
  }

  private static boolean isName(List<Node> index, Set<String> names) {
    return index.size() == 1
        && index.getFirst().is("identifier")
        && names.contains(index.getFirst().text());
  }

  private static Optional<Node> condition(Spot spot) {
    var statement = spot.statement();
    if (statement.is("if_statement", "elif_clause", "while_statement")) {
      return statement.child("condition");
    }
    return statement.is("assert_statement")
        ? statement.items().stream().findFirst()
        : Optional.empty();
  }

  private static void truth(Spot spot, Node condition, List<Finding> found) {
    for (var part : parts(condition)) {
      var origin = spot.origin(part);
      boolean device = origin.device() == Device.GPU || origin.device() == Device.TENSOR;
      boolean reduces =
          Call.of(part)
              .filter(c -> c.isNamed("any", "all") && c.positional().isEmpty())
              .flatMap(Call::receiver)
              .filter(r -> !spot.device(r).isHost())
              .isPresent();
      if (reduces || (device && !origin.byName())) {
        found.add(
            Finding.of(
                HOST_SYNC,
                reduces && !device ? 0.74 : 0.82,
                "The condition %s is a tensor, so the host waits for its value; %s"
                    .formatted(quote(part), origin.why())));
      }
    }
  }

  private static List<Node> parts(Node condition) {
    if (condition.is("boolean_operator", "not_operator", "parenthesized_expression")) {
      return condition.children().stream()
          .filter(c -> !c.field().equals("operator"))
          .flatMap(c -> parts(c).stream())
          .toList();
    }
    return List.of(condition);
  }

  private static void formatted(Spot spot, Node interpolation, List<Finding> found) {
    for (var inner : interpolation.children()) {
      var origin = spot.origin(inner);
      if (origin.device() == Device.GPU) {
        found.add(
            Finding.of(
                HOST_SYNC,
                0.7,
                "Formatting %s as text reads it back; %s".formatted(quote(inner), origin.why())));
      }
    }
  }
}

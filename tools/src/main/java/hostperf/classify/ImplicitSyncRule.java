package hostperf.classify;

import static hostperf.classify.HotspotType.HOST_SYNC;
import static hostperf.classify.Spot.quote;
import static hostperf.classify.Spot.sure;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
      hostIndex(spot, subscript, found);
      hostSlice(spot, subscript, found);
    }
    condition(spot).ifPresent(c -> truth(spot, c, found));
    spot.nodes("boolean_operator", "not_operator", "conditional_expression")
        .forEach(n -> tested(n).forEach(c -> truth(spot, c, found)));
    spot.nodes("comparison_operator")
        .forEach(
            c -> {
              reduced(spot, c, found);
              reducedBefore(spot, c, found);
            });
    spot.nodes("interpolation").forEach(i -> formatted(spot, i, found));
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
              "%s indexes with the mask %s: how many elements that selects is known on the device only%s"
                  .formatted(
                      quote(subscript),
                      quote(mask.get()),
                      Spot.isSeen(tensor.get()) ? "" : ", if they are tensors there")));
    }
  }

  private static boolean isMask(Spot spot, Node index) {
    if (index.is("comparison_operator")) {
      return !spot.device(index).isHost();
    }
    if (index.is("unary_operator") && index.text().startsWith("~")) {
      return true;
    }
    if (spot.origin(index).why().contains("bool") && spot.device(index) == Device.GPU) {
      return true;
    }
    boolean named =
        Names.path(index)
            .filter(p -> p.matches("(?i).*(^|[._])(\\w*mask|\\w*valid|is_\\w+)$"))
            .isPresent();
    if (named) {
      return !spot.device(index).isHost();
    }
    return index.is("identifier")
        && spot.bound(index)
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
    if (number && tensor.device().isOffHost()) {
      found.add(
          Finding.of(
              HOST_SYNC,
              tensor.byName() ? 0.78 : 0.85,
              "%s is set to a Python number, %s; %s"
                  .formatted(
                      quote(target),
                      sure(tensor, "which is uploaded in a blocking copy", "it is on the device"),
                      tensor.why())));
    }
  }

  /// `t[rows]` with `rows` on the host and `t` on the device: the index is uploaded first.
  private static void hostIndex(Spot spot, Node subscript, List<Finding> found) {
    var tensor = subscript.child("value").map(spot::origin);
    if (tensor.filter(t -> t.device().isOffHost()).isEmpty()) {
      return;
    }
    subscript.all("subscript").stream()
        .flatMap(i -> i.is("list") ? i.items().stream() : Stream.of(i))
        .filter(i -> isHostArray(spot, i))
        .findFirst()
        .ifPresent(
            i ->
                found.add(
                    Finding.of(
                        HOST_SYNC,
                        tensor.get().device() == Device.GPU ? 0.78 : 0.72,
                        "%s takes %s as an index, %s; %s"
                            .formatted(
                                quote(subscript),
                                quote(i),
                                sure(
                                    tensor.get(),
                                    "which is uploaded first",
                                    "what it indexes is on the device"),
                                spot.origin(i).why()))));
  }

  /// More than one number: an array, a tensor, or a list by its display or annotation.
  private static boolean isHostArray(Spot spot, Node index) {
    var origin = spot.origin(index);
    return switch (origin.device()) {
      case NUMPY, CPU -> !index.is("slice", "integer");
      case PYTHON ->
          index.is("list_comprehension")
              || Call.of(index).filter(c -> c.isNamed("range", "list")).isPresent()
              || origin.why().matches("(?s).*annotated `(typing\\.)?[Ll]ist.*")
              || index.is("identifier") && origin.why().matches("`\\[.*");
      default -> false;
    };
  }

  /// `t[a:b] = rows` with `rows` on the host: a copy to the device, from memory that is not pinned.
  private static void hostSlice(Spot spot, Node target, List<Finding> found) {
    var value = target.parent().filter(p -> p.is("assignment")).flatMap(a -> a.child("right"));
    if (!target.field().equals("left") || value.isEmpty()) {
      return;
    }
    var tensor = target.child("value").map(spot::origin).orElseGet(() -> spot.origin(target));
    var source = spot.device(value.get());
    if (tensor.device().isOffHost() && (source == Device.CPU || source == Device.NUMPY)) {
      found.add(
          Finding.of(
              HOST_SYNC,
              tensor.device() == Device.GPU ? 0.8 : 0.66,
              "%s is filled from host memory, %s; %s"
                  .formatted(
                      quote(target),
                      sure(tensor, "which blocks", "it is on the device"),
                      tensor.why())));
    }
  }

  static boolean isConstant(Node value) {
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
    boolean single =
        index.size() == 1
            && spot.calls().isEmpty()
            && tensor.device() == Device.GPU
            && (index.getFirst().is("integer")
                || spot.device(index.getFirst()) == Device.PYTHON
                || index.getFirst().text().matches("\\w*(rank|idx|index|i)"));
    if (single && turn.isEmpty() && spot.standsOut() && !subscript.field().equals("left")) {
      found.add(
          Finding.of(
              HOST_SYNC,
              0.55,
              "%s is one element of an array and takes %.1f µs a hit: does the host wait for it? %s"
                  .formatted(quote(subscript), spot.microsPerHit(), tensor.why())));
    }
    if (turn.isPresent() && !subscript.field().equals("left")) {
      found.add(
          Finding.of(
              HOST_SYNC,
              !tensor.byName() ? 0.76 : tensor.device() == Device.GPU ? 0.72 : 0.5,
              "%s takes one element on each turn of the loop%s; %s"
                  .formatted(
                      quote(subscript),
                      Spot.isSeen(tensor) ? ", and each is a tensor" : ": is it a tensor?",
                      tensor.why())));
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
      boolean device = origin.device().isOffHost();
      boolean reduces =
          Call.of(part)
              .filter(c -> c.isNamed("any", "all") && !c.callee().equals(c.name()))
              .filter(c -> !c.resolved().startsWith("numpy."))
              .flatMap(c -> c.isOf("torch") ? c.argument(0) : c.receiver())
              .filter(r -> !spot.device(r).isHost())
              .isPresent();
      boolean computed =
          origin.device() == Device.GPU
              && part.is("comparison_operator", "call", "binary_operator");
      if (reduces || (device && (!origin.byName() || computed))) {
        found.add(
            Finding.of(
                HOST_SYNC,
                reduces && !device ? 0.74 : origin.byName() ? 0.76 : 0.82,
                "The host waits for the value of the condition %s%s; %s"
                    .formatted(
                        quote(part),
                        Spot.isSeen(origin) ? "" : ", if it is a tensor on the device",
                        origin.why())));
      }
    }
  }

  /// `t.max() + n <= limit`: one value made on the device, compared for the host to decide on.
  private static void reduced(Spot spot, Node comparison, List<Finding> found) {
    comparison.items().stream()
        .flatMap(side -> side.is("binary_operator") ? side.children().stream() : Stream.of(side))
        .flatMap(n -> Call.of(n).stream())
        .filter(ImplicitSyncRule::isReduction)
        .filter(c -> c.receiver().filter(r -> spot.device(r).isOffHost()).isPresent())
        .findFirst()
        .ifPresent(
            c ->
                found.add(
                    Finding.of(
                        HOST_SYNC,
                        0.66,
                        "%s is compared for the host to decide on%s; %s"
                            .formatted(
                                quote(c.node()),
                                Spot.isSeen(spot.origin(c.node()))
                                    ? ", and is one value on the device"
                                    : ": is it one value on the device?",
                                spot.origin(c.node()).why()))));
  }

  /// `total = lens.sum()` … `if total > 0:`, of which nothing says that it is on the host.
  private static void reducedBefore(Spot spot, Node comparison, List<Finding> found) {
    if (condition(spot).filter(c -> c.equals(comparison)).isEmpty()) {
      return;
    }
    comparison.items().stream()
        .filter(side -> side.is("identifier"))
        .flatMap(side -> spot.bound(side).flatMap(Call::of).stream())
        .filter(ImplicitSyncRule::isReduction)
        .filter(c -> c.receiver().filter(r -> !spot.device(r).isHost()).isPresent())
        .findFirst()
        .ifPresent(
            c ->
                found.add(
                    Finding.of(
                        HOST_SYNC,
                        0.71,
                        "%s decides by %s: is that a value on the device?"
                            .formatted(quote(comparison), quote(c.node())))));
  }

  private static boolean isReduction(Call call) {
    return call.isNamed("max", "min", "sum", "any", "all") && call.positional().isEmpty();
  }

  /// What Python asks for its truth inside an expression: both operands of `and` but the last,
  /// whose value is handed on, what follows `not`, the condition of `a if c else b`.
  private static List<Node> tested(Node node) {
    return switch (node.kind()) {
      case "boolean_operator" -> node.child("left").stream().toList();
      case "conditional_expression" -> node.items().stream().skip(1).limit(1).toList();
      default -> node.child("argument").stream().toList();
    };
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
                "Formatting %s as text %s; %s"
                    .formatted(
                        quote(inner),
                        sure(origin, "reads it back", "it is on the device"),
                        origin.why())));
      }
    }
  }
}

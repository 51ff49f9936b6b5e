package hostperf.classify;

import static hostperf.classify.HotspotType.PYLOOP;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Loop;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// PYLOOP: a Python loop goes element by element over data that an array operation would take at
/// once.
final class PyLoopRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    loop(spot)
        .filter(l -> isPerElement(spot, l) || (isElementwise(spot, l) && !isForTensors(spot)))
        .ifPresent(
            l ->
                found.add(
                    Finding.of(
                        PYLOOP,
                        confidence(spot, l),
                        "The loop over %s at line %d takes one element a turn; the line %s"
                            .formatted(quote(l.iterable()), l.node().line(), spot.rate()))));
    filled(spot, found);
    gathered(spot, found);
    joined(spot, found);
    stepped(spot, found);
    folded(spot, found);
    return found;
  }

  private static double confidence(Spot spot, Loop loop) {
    boolean looksUp =
        !spot.statement().is("for_statement")
            && spot.calls().isEmpty()
            && spot.nodes("binary_operator", "augmented_assignment", "comparison_operator")
                .isEmpty()
            && spot.assigned().filter(l -> l.is("subscript")).isEmpty();
    boolean element =
        spot.statement().is("for_statement")
            || spot.nodes("identifier").stream().anyMatch(n -> loop.names().contains(n.text()))
            || !spot.nodes("augmented_assignment").isEmpty();
    if (looksUp || !element) {
      return 0.48;
    }
    if (isPerElement(spot, loop)) {
      return isOnGrid(spot) ? 0.85 : 0.8;
    }
    return spot.loops().size() >= 2 || isScalarWork(loop) ? 0.74 : 0.66;
  }

  /// The line launches work on whole tensors: what costs there is not that a turn takes one number.
  private static boolean isForTensors(Spot spot) {
    return !spot.statement().is("for_statement")
        && (spot.calls().stream().anyMatch(c -> TensorOps.launches(spot, c))
            || spot.nodes("binary_operator").stream()
                .anyMatch(n -> n.children().stream().allMatch(c -> isWhole(spot, c))));
  }

  /// The line works on one element of several arrays at once: `cache[rows[i]] = new[i]`, or tensors
  /// zipped together. One indexed operation would take all.
  private static boolean isPerElement(Spot spot, Loop loop) {
    if (isOnGrid(spot)) {
      return true;
    }
    boolean zipped =
        Call.of(loop.iterable())
            .filter(c -> c.isNamed("zip"))
            .filter(c -> c.positional().stream().filter(a -> isArray(spot, a)).count() >= 2)
            .isPresent();
    boolean scattered =
        spot.assigned().filter(l -> l.is("subscript")).stream()
            .flatMap(l -> l.all("subscript").stream())
            .anyMatch(i -> i.is("subscript") && isElement(i, loop));
    long elements = spot.nodes("subscript").stream().filter(s -> isElement(s, loop)).count();
    return zipped || elements >= 3 || (scattered && elements == 2);
  }

  /// Two counted loops around, and an element chosen by both: `scales[j][i]`.
  private static boolean isOnGrid(Spot spot) {
    return spot.loops().stream()
            .filter(l -> l.node().is("for_statement"))
            .filter(l -> spot.nodes("subscript").stream().anyMatch(s -> isElement(s, l)))
            .count()
        >= 2;
  }

  private static boolean isElement(Node subscript, Loop loop) {
    return subscript.all("subscript").stream().anyMatch(i -> loop.names().contains(i.text()));
  }

  private static boolean isWhole(Spot spot, Node operand) {
    return operand.field().equals("operator")
        || (TensorOps.isDeviceTensor(spot, operand) && !operand.is("subscript"));
  }

  /// `xs.append(…)` turn by turn, and loops of which nothing else is known.
  private static void filled(Spot spot, List<Finding> found) {
    boolean header = spot.statement().is("for_statement");
    boolean appends =
        !spot.loops().isEmpty()
            && spot.calls().stream().anyMatch(c -> c.isNamed("append", "extend"));
    boolean made =
        header
            && spot.statement()
                .child("right")
                .flatMap(Call::of)
                .filter(c -> !c.isNamed("range", "zip", "enumerate", "items", "values", "reversed"))
                .isPresent();
    if ((header && !made) || appends) {
      found.add(
          Finding.of(
              PYLOOP,
              header ? 0.44 : 0.48,
              appends
                  ? "%s adds one element per turn; the line %s"
                      .formatted(quote(appended(spot)), spot.rate())
                  : "The loop runs in Python; its head %s".formatted(spot.rate())));
    }
  }

  private static Node appended(Spot spot) {
    return spot.calls().stream()
        .filter(c -> c.isNamed("append", "extend"))
        .findFirst()
        .map(Call::node)
        .orElse(spot.statement());
  }

  /// A comprehension that takes something of each element; where an array is made of it, the
  /// elements could have been kept in one.
  private static void gathered(Spot spot, List<Finding> found) {
    for (var list : spot.nodes("list_comprehension", "dictionary_comprehension")) {
      found.add(
          Finding.of(
              PYLOOP,
              becomesArray(list) ? 0.6 : 0.5,
              "%s goes through its elements in Python; it %s".formatted(quote(list), spot.rate())));
    }
  }

  /// `torch.cat([t[i] for i in …])`, where the comprehension stands on lines of its own.
  private static void joined(Spot spot, List<Finding> found) {
    spot.calls().stream()
        .flatMap(c -> c.argument(0).stream())
        .filter(a -> a.is("list_comprehension") && becomesArray(a) && !spot.nodes().contains(a))
        .findFirst()
        .ifPresent(
            a ->
                found.add(
                    Finding.of(
                        PYLOOP,
                        PythonFunction.calls(a).stream().anyMatch(TensorOps::isFactory)
                            ? 0.73
                            : 0.6,
                        "%s makes the parts one by one; it %s".formatted(quote(a), spot.rate()))));
  }

  /// `while i < n:` … `i += 1`: an index that Python steps through a sequence.
  private static void stepped(Spot spot, List<Finding> found) {
    spot.statement()
        .ancestor("while_statement")
        .or(() -> Optional.of(spot.statement()).filter(s -> s.is("while_statement")))
        .filter(w -> w.child("condition").filter(PyLoopRule::comparesIndex).isPresent())
        .filter(w -> w.find("augmented_assignment").findAny().isPresent())
        .ifPresent(
            w ->
                found.add(
                    Finding.of(
                        PYLOOP,
                        0.5,
                        "The `while` loop at line %d counts in Python; the line %s"
                            .formatted(w.line(), spot.rate()))));
  }

  private static boolean comparesIndex(Node condition) {
    return condition.is("comparison_operator")
        && condition.all("operators").stream().allMatch(o -> o.text().matches("[<>]=?"))
        && condition.items().stream().anyMatch(i -> i.is("identifier"));
  }

  /// `sum(counts)`: a builtin takes the elements one by one.
  private static void folded(Spot spot, List<Finding> found) {
    for (var call : spot.calls()) {
      boolean folds =
          List.of("sum", "max", "min", "any", "all", "sorted").contains(call.callee())
              && call.positional().size() == 1
              && call.positional().getFirst().is("identifier", "attribute", "subscript");
      if (folds && spot.standsOut()) {
        found.add(
            Finding.of(
                PYLOOP,
                0.5,
                "%s takes its elements one by one and takes %.1f µs"
                    .formatted(quote(call.node()), spot.microsPerHit())));
      }
    }
  }

  private static boolean becomesArray(Node list) {
    return list.parent()
        .filter(p -> p.is("argument_list"))
        .flatMap(Node::parent)
        .flatMap(Call::of)
        .filter(
            c -> c.isNamed("stack", "cat", "concat", "concatenate", "array", "vstack", "hstack"))
        .isPresent();
  }

  /// The loop whose header or body the statement is.
  private static Optional<Loop> loop(Spot spot) {
    return spot.headed()
        .or(() -> spot.loops().stream().filter(l -> l.node().is("for_statement")).findFirst());
  }

  private static boolean isElementwise(Spot spot, Loop loop) {
    if (isArray(spot, loop.iterable()) || fillsArray(spot, loop)) {
      return true;
    }
    var call = Call.of(loop.iterable());
    boolean wrapped = call.filter(c -> c.isNamed("zip", "enumerate", "reversed")).isPresent();
    if (wrapped && call.get().positional().stream().anyMatch(a -> isArray(spot, a))) {
      return true;
    }
    boolean overRange = call.filter(c -> c.isNamed("range")).isPresent();
    return (overRange && indexes(loop)) || (!overRange && isScalarWork(loop));
  }

  /// The body computes with the element itself, a number as it seems: arithmetic, comparisons,
  /// counters; no methods or attributes of it.
  private static boolean isScalarWork(Loop loop) {
    var names = loop.names();
    var uses =
        loop.body().stream()
            .flatMap(b -> b.find("identifier"))
            .filter(n -> names.contains(n.text()))
            .toList();
    long computed =
        uses.stream()
            .filter(
                u ->
                    u.parent()
                        .filter(
                            p ->
                                p.is("binary_operator", "augmented_assignment", "unary_operator")
                                    || (p.is("comparison_operator")
                                        && !Membership.is(p)
                                        && !p.text().contains(" is ")))
                        .isPresent())
            .count();
    boolean objects =
        uses.stream()
            .anyMatch(
                u ->
                    u.parent()
                        .filter(
                            p -> p.is("attribute", "subscript") && !u.field().equals("subscript"))
                        .isPresent());
    return computed >= 2 && !objects && !searches(loop);
  }

  /// `for x in xs: if x == y: break`: a search, not array work; comparing two sequences is.
  private static boolean searches(Loop loop) {
    return loop.names().size() < 2
        && loop.body().stream().anyMatch(b -> b.find("break_statement").findAny().isPresent());
  }

  /// `rows[i] = …` on each turn, with `rows` a numpy array or a tensor on the host.
  private static boolean fillsArray(Spot spot, Loop loop) {
    return loop.body().stream()
        .flatMap(b -> b.find("subscript"))
        .filter(s -> s.field().equals("left"))
        .filter(s -> isElement(s, loop))
        .anyMatch(s -> s.child("value").filter(v -> isArray(spot, v)).isPresent());
  }

  private static boolean isArray(Spot spot, Node node) {
    return spot.device(node).isArray() || node.text().endsWith(".tolist()");
  }

  /// The body reads or writes `x[i]` of at least two things, or neighbours `x[i - 1]`.
  private static boolean indexes(Loop loop) {
    var names = loop.names();
    long reads =
        loop.body().stream()
            .flatMap(b -> b.find("subscript"))
            .filter(
                s ->
                    s.all("subscript").stream()
                        .anyMatch(
                            i ->
                                !i.is("slice")
                                    && i.find("identifier")
                                        .anyMatch(n -> names.contains(n.text()))))
            .count();
    return reads >= 2;
  }
}

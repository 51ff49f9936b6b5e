package hostperf.classify;

import static hostperf.classify.HotspotType.CONTAINER;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// CONTAINER by copying: lists, sets, dictionaries or strings are copied, moved up, or built for
/// less than they hold.
final class ContainerRule implements Rule {
  private static final Set<String> COPIES =
      Set.of("list", "set", "dict", "tuple", "sorted", "frozenset");

  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    spot.calls().forEach(c -> call(spot, c, found));
    spot.nodes("subscript").forEach(s -> elementOfSlice(spot, s, found));
    sliced(spot, found);
    accumulated(spot, found);
    shortened(spot, found);
    spot.nodes("attribute").forEach(a -> property(spot, a, found));
    modules(spot, found);
    return found;
  }

  private static void call(Spot spot, Call call, List<Finding> found) {
    var text = quote(call.node());
    if (COPIES.contains(call.callee()) && call.positional().size() == 1) {
      copied(spot, call, found);
    } else if (call.callee().equals("sum")
        && call.argument(1).filter(a -> a.is("list")).isPresent()) {
      add(found, 0.85, text + " copies the list so far for each list added");
    } else if (call.isNamed("copy")
        && call.positional().isEmpty()
        && call.receiver().filter(r -> !spot.device(r).isArray()).isPresent()) {
      add(found, 0.6, text + " makes a copy; it " + spot.rate());
    } else if (call.resolved().equals("copy.copy")) {
      add(found, 0.55, text + " copies the object; it " + spot.rate());
    } else if (call.isNamed("deepcopy")) {
      boolean part = call.argument(0).filter(a -> a.is("attribute")).isPresent();
      add(found, part ? 0.68 : 0.62, text + " copies a whole tree of objects");
    } else if ((call.isNamed("pop")
            && call.argument(0).filter(a -> a.text().equals("0")).isPresent())
        || (call.isNamed("insert")
            && call.argument(0).filter(a -> a.text().equals("0")).isPresent())) {
      add(
          found,
          0.8,
          text
              + " moves all other elements"
              + RedundantIterRule.ifList(spot, call.receiver().orElse(call.node())));
    } else if (call.callee().equals("len")) {
      lengthOnly(spot, call, found);
    } else if (call.isNamed("extend", "update")
        && call.positional().size() == 1
        && spot.isInLoop(call.node())
        && call.receiver()
            .filter(r -> r.text().matches("(?i).*(hash|digest|sha\\d*)\\w*"))
            .isEmpty()) {
      add(
          found,
          0.5,
          text + " adds all elements of its argument on each turn, if it is a container");
    }
  }

  /// `for layer in self.layers[a:b]`: the slice of a module list is a new module list.
  private static void modules(Spot spot, List<Finding> found) {
    spot.nodes("subscript").stream()
        .filter(s -> spot.headed().filter(l -> l.iterable().contains(s)).isPresent())
        .filter(
            s ->
                s.child("value")
                    .filter(v -> v.text().matches("self\\.(\\w+\\.)*(layers|blocks)"))
                    .isPresent())
        .filter(ContainerRule::isSlice)
        .findFirst()
        .ifPresent(
            s ->
                add(
                    found,
                    0.6,
                    quote(s)
                        + " makes a new list, and registers each module again if it is a module"
                        + " list"));
  }

  private static void copied(Spot spot, Call call, List<Finding> found) {
    var argument = call.positional().getFirst();
    boolean onlyFirst = call.node().parent().filter(p -> p.is("subscript")).isPresent();
    boolean iterated = call.node().field().equals("right");
    boolean inLoop = spot.isInLoop(call.node());
    double confidence = onlyFirst ? 0.84 : iterated ? 0.78 : inLoop ? 0.68 : 0.6;
    if (!argument.is("generator_expression") || onlyFirst) {
      add(found, confidence, quote(call.node()) + " makes a new container; it " + spot.rate());
    }
  }

  /// `len(x[a:b])`, `len([…])`, `len(list(x))`, `len(x.last_part())`: built for its length.
  private static void lengthOnly(Spot spot, Call call, List<Finding> found) {
    call.argument(0)
        .filter(a -> a.is("attribute") && spot.standsOut() && spot.calls().size() == 1)
        .filter(a -> !spot.device(a).isArray())
        .ifPresent(
            a ->
                add(
                    found,
                    0.5,
                    "The length of %s takes %.1f µs: is it a property that builds a container?"
                        .formatted(quote(a), spot.microsPerHit())));
    call.argument(0)
        .filter(
            a ->
                a.is("list_comprehension", "list")
                    || (a.is("subscript")
                        && a.all("subscript").stream().anyMatch(s -> s.is("slice")))
                    || Call.of(a).filter(c -> !c.isNamed("range", "set", "get", "pop")).isPresent())
        .ifPresent(
            a ->
                add(
                    found,
                    spot.isInLoop(call.node()) ? 0.74 : 0.7,
                    quote(a)
                        + (a.is("call") ? " is called" : " is built")
                        + " only for its length"));
  }

  /// `x[a:b]`: of a list or a text, a copy.
  static boolean isSlice(Node node) {
    return node.is("subscript") && node.all("subscript").stream().allMatch(i -> i.is("slice"));
  }

  /// `key[n:][0]`: a copy of all that follows, for one element.
  private static void elementOfSlice(Spot spot, Node subscript, List<Finding> found) {
    boolean element = subscript.all("subscript").stream().allMatch(i -> i.is("integer"));
    subscript
        .child("value")
        .filter(v -> element && isSlice(v) && !spot.device(v).isArray())
        .ifPresent(
            v ->
                add(
                    found,
                    0.72,
                    quote(subscript)
                        + " copies a slice to take one element of it, if it is a list"));
  }

  /// `tokens = request.all_token_ids[a:b]`: a copy of what may be long, where the name speaks of a
  /// list.
  private static void sliced(Spot spot, List<Finding> found) {
    spot.value()
        .filter(v -> isSlice(v) && spot.standsOut() && !spot.device(v).isArray())
        .filter(
            v ->
                v.child("value")
                    .filter(n -> n.text().matches("(?i)[\\w.]*(ids|list|tokens|keys|hashes)"))
                    .isPresent())
        .ifPresent(v -> add(found, 0.55, quote(v) + " copies a part, if it is a list"));
  }

  /// `text = text + piece`: copies all that came before.
  private static void accumulated(Spot spot, List<Finding> found) {
    spot.nodes("augmented_assignment").stream()
        .filter(a -> a.child("operator").filter(o -> o.text().equals("+=")).isPresent())
        .flatMap(a -> a.child("left").stream())
        .filter(l -> l.text().matches("(?i)[\\w.]*(text|string|message|content|output_str)"))
        .findFirst()
        .ifPresent(l -> add(found, 0.6, quote(l) + " is added to; a text may be copied each time"));
    var value =
        spot.value()
            .filter(v -> v.is("binary_operator"))
            .filter(v -> v.child("operator").filter(o -> o.text().equals("+")).isPresent());
    var target = spot.assigned();
    if (value.isEmpty() || target.isEmpty()) {
      return;
    }
    var left = value.get().child("left").map(Node::text).orElse("");
    boolean same = left.equals(target.get().text()) || isStoredFrom(spot, target.get(), left);
    if (same && gathers(spot, value.get(), target.get())) {
      add(found, 0.72, quote(value.get()) + " copies all that was gathered before");
    }
  }

  /// Whether `+` joins texts or lists, as far as the operands and their first value tell.
  private static boolean gathers(Spot spot, Node sum, Node target) {
    if (sum.child("right").filter(ContainerRule::isSequence).isPresent()) {
      return true;
    }
    boolean number =
        sum.child("right")
            .filter(
                r ->
                    r.is("integer", "float")
                        || spot.device(r).isArray()
                        || r.text().matches("-?\\d+"))
            .isPresent();
    var first =
        Names.path(target)
            .flatMap(p -> spot.names().bindings(p).stream().findFirst())
            .flatMap(Names.Binding::value);
    return !number
        && !spot.device(sum).isArray()
        && (first.filter(ContainerRule::isSequence).isPresent() || target.is("subscript"));
  }

  private static boolean isSequence(Node value) {
    return value.is("list", "list_comprehension", "string", "concatenated_string")
        || Call.of(value).filter(c -> c.isNamed("list", "str", "join", "decode")).isPresent();
  }

  /// `xs = xs[n:]`: each turn copies all that is left.
  private static void shortened(Spot spot, List<Finding> found) {
    var target = spot.assigned().map(Node::text);
    spot.value()
        .filter(v -> isSlice(v) && !spot.device(v).isArray())
        .filter(v -> v.child("value").map(Node::text).equals(target))
        .ifPresent(
            v -> add(found, 0.7, quote(v) + " copies all that is left of it, if it is a list"));
  }

  /// `buffers[k] = buffer + piece` where `buffer` came out of `buffers`.
  private static boolean isStoredFrom(Spot spot, Node target, String left) {
    var store = target.child("value").map(Node::text);
    return store.isPresent()
        && spot.names()
            .reaching(left, target)
            .flatMap(b -> b.value())
            .filter(v -> v.text().startsWith(store.get()))
            .isPresent();
  }

  private static void property(Spot spot, Node attribute, List<Finding> found) {
    getter(spot, attribute)
        .filter(ContainerRule::copies)
        .ifPresent(
            p ->
                add(
                    found,
                    0.72,
                    "%s is a property%s (line %d) that builds its value on each read"
                        .formatted(
                            quote(attribute),
                            attribute.text().startsWith("self.") ? "" : ", by its name,",
                            p.line())));
  }

  /// The property or method behind `x.name`: of the own class for `self`, else the only one of
  /// that name in the file.
  private static Optional<PythonFunction> getter(Spot spot, Node attribute) {
    var name = attribute.child("attribute").map(Node::text).orElse("");
    if (attribute.child("object").filter(o -> o.text().equals("self")).isPresent()) {
      return spot.function().owner().flatMap(c -> c.property(name));
    }
    var all = spot.function().file().properties(name);
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private static boolean copies(PythonFunction getter) {
    return getter
            .body()
            .find("list_comprehension", "slice", "dictionary_comprehension", "set_comprehension")
            .findAny()
            .isPresent()
        || getter.calls().stream().anyMatch(c -> COPIES.contains(c.callee()));
  }

  private static void add(List<Finding> found, double confidence, String evidence) {
    found.add(Finding.of(CONTAINER, confidence, evidence));
  }
}

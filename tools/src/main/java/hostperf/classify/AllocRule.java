package hostperf.classify;

import static hostperf.classify.HotspotType.ALLOC;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// ALLOC: buffers, arrays or lists that are made anew each time.
final class AllocRule implements Rule {
  /// Copy what they are given into something new.
  private static final Set<String> JOINS =
      Set.of("cat", "concat", "stack", "vstack", "hstack", "pad", "concatenate");

  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      double confidence = confidence(spot, call);
      if (confidence > 0) {
        found.add(
            Finding.of(
                ALLOC,
                confidence,
                "%s %s; it %s".formatted(quote(call.node()), what(call), spot.rate())));
      }
    }
    container(spot, found);
    outOfPlace(spot, found);
    copiedOver(spot, found);
    handedOn(spot, found);
    if (TensorOps.gathers(spot)) {
      found.add(
          Finding.of(
              ALLOC,
              0.47,
              "Indexing by a tensor copies the rows it names; the line " + spot.rate()));
    }
    spot.nodes("binary_operator").stream()
        .filter(AllocRule::makesList)
        .forEach(
            n ->
                found.add(
                    Finding.of(
                        ALLOC,
                        0.66,
                        "%s builds a list anew; it %s".formatted(quote(n), spot.rate()))));
    return found;
  }

  private static String what(Call call) {
    boolean named =
        call.isOf("torch") || call.isOf("numpy") || call.isOf("np") || call.isOf("array");
    return named ? "allocates anew" : "makes a new object, by its name";
  }

  /// `slots[i] = []`: a container for each element, which the collector tracks.
  private static void container(Spot spot, List<Finding> found) {
    spot.value()
        .filter(_ -> spot.calls().isEmpty())
        .or(
            () ->
                spot.calls().stream()
                    .filter(c -> c.isNamed("append"))
                    .flatMap(c -> c.argument(0).stream())
                    .findFirst())
        .filter(v -> v.is("list", "dictionary", "set") && v.items().isEmpty())
        .ifPresent(
            v ->
                found.add(
                    Finding.of(
                        ALLOC,
                        isLocal(spot) ? 0.44 : 0.6,
                        "A new %s is made; the line %s".formatted(quote(v), spot.rate()))));
  }

  private static boolean isLocal(Spot spot) {
    return spot.assigned().filter(l -> l.is("identifier")).isPresent();
  }

  /// `x = x + y` on tensors: a new one for each result, where `x += y` would write into the old.
  private static void outOfPlace(Spot spot, List<Finding> found) {
    var target = spot.assigned().map(Node::text);
    spot.value()
        .filter(v -> v.is("binary_operator") && TensorOps.isTensorArithmetic(spot, v))
        .filter(
            v -> v.child("left").map(Node::text).equals(target) || !target.orElse("").contains("["))
        .ifPresent(
            v ->
                found.add(
                    Finding.of(
                        ALLOC,
                        v.child("left").map(Node::text).equals(target) ? 0.66 : 0.45,
                        "%s makes a new tensor for its result%s; it %s"
                            .formatted(
                                quote(v),
                                v.children().stream().anyMatch(c -> TensorOps.isSeenTensor(spot, c))
                                    ? ""
                                    : ", if it computes with tensors as named or used",
                                spot.rate()))));
  }

  /// `output[a:b] = attend(…)`: what the call makes is copied into the buffer it could write to.
  private static void copiedOver(Spot spot, List<Finding> found) {
    boolean slice =
        spot.assigned().filter(l -> TensorOps.isPart(l) && spot.device(l).isOffHost()).isPresent();
    spot.value()
        .flatMap(Call::of)
        .filter(c -> slice && !c.positional().isEmpty() && !TensorOps.isView(c))
        .ifPresent(
            c ->
                found.add(
                    Finding.of(
                        ALLOC,
                        0.52,
                        quote(c.node())
                            + " is copied into a part of something: could the call write there?")));
  }

  /// `made = combine(…)` … `output.copy_(made)`: the call could write into `output`.
  private static void handedOn(Spot spot, List<Finding> found) {
    spot.calls().stream()
        .filter(c -> c.isNamed("copy_"))
        .flatMap(c -> c.argument(0).stream())
        .filter(a -> a.is("identifier") && !spot.device(a).isHost())
        .filter(a -> spot.bound(a).filter(v -> v.is("call")).isPresent())
        .findFirst()
        .ifPresent(
            a ->
                found.add(
                    Finding.of(
                        ALLOC,
                        0.53,
                        quote(a)
                            + " was made by a call and is copied here: could the call write"
                            + " there?")));
  }

  private static double confidence(Spot spot, Call call) {
    if (TensorOps.isFactory(call) && !JOINS.contains(call.name())) {
      return spot.isInLoop(call.node()) ? 0.72 : 0.7;
    }
    if (call.resolved().equals("array.array")
        || call.resolved().equals("torch.nn.functional.pad")) {
      return 0.62;
    }
    if (JOINS.contains(call.name())
        && call.receiver()
            .filter(r -> r.text().matches("torch|np|F|jnp|torch\\.nn\\.functional"))
            .isPresent()) {
      return 0.55;
    }
    if (call.resolved().startsWith("numpy.") && call.keyword("out").isEmpty()) {
      return 0.46;
    }
    if (call.isNamed("clamp") && call.receiver().isPresent()) {
      return 0.5;
    }
    if (copiesLayout(spot, call)) {
      return 0.53;
    }
    if (call.isNamed("pin_memory") && call.receiver().isPresent()) {
      return 0.6;
    }
    if (call.isNamed("clone") && call.positional().isEmpty()) {
      return 0.6;
    }
    if (call.isNamed("copy") && call.positional().isEmpty()) {
      return call.receiver().filter(r -> spot.device(r).isArray()).isPresent() ? 0.6 : 0.5;
    }
    boolean isResult = call.node().parent().filter(p -> p.is("return_statement")).isPresent();
    if (call.name().matches("[A-Z]\\w*[a-z]\\w*") && (isResult || !call.node().field().isEmpty())) {
      return 0.45;
    }
    if (call.isNamed("replace") && call.resolved().startsWith("dataclasses")) {
      return 0.55;
    }
    return call.name().matches("_*(alloc|allocate|make|create)_\\w*(tensor|buffer|array)s?\\w*")
        ? 0.6
        : 0;
  }

  /// `array.flatten()`, `x.transpose(…).reshape(…)`: the elements do not lie in that order, so they
  /// are copied.
  private static boolean copiesLayout(Spot spot, Call call) {
    var inner = call.receiver().flatMap(Call::of);
    boolean array =
        call.isNamed("flatten")
            && call.receiver().filter(r -> spot.device(r) == Device.NUMPY).isPresent();
    boolean turned =
        call.isNamed("reshape", "flatten")
            && inner.filter(c -> c.isNamed("transpose", "permute", "t")).isPresent();
    return array || turned;
  }

  /// `[0] * n`, `[0] + ids`.
  private static boolean makesList(Node node) {
    return node.child("operator").filter(o -> o.text().matches("[*+]")).isPresent()
        && node.children().stream().anyMatch(c -> c.is("list"));
  }
}

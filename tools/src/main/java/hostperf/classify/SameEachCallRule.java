package hostperf.classify;

import static hostperf.classify.HotspotType.FUNCALL;
import static hostperf.classify.HotspotType.HOIST;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;

/// HOIST between calls: the value is the same each time the function runs, so it can be made once:
/// at import, in the constructor, or in a cache.
final class SameEachCallRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      pattern(call, found);
      lookup(call, found);
      globalState(spot, call, found);
      made(call, found);
      parameter(spot, call, found);
    }
    if (spot.statement().is("import_statement", "import_from_statement")) {
      add(found, 0.85, "The import is looked up each time the function runs");
    }
    getter(spot, found);
    nullary(spot, found);
    spot.nodes("attribute").forEach(a -> configuration(spot, a, found));
    setUp(spot, found);
    sameAttribute(spot, found);
    return found;
  }

  private static void pattern(Call call, List<Finding> found) {
    boolean regex =
        call.resolved()
            .matches("(re|regex)\\.(compile|match|search|findall|sub|split|finditer|fullmatch)");
    if (regex && call.argument(0).filter(a -> !a.find("call").findAny().isPresent()).isPresent()) {
      add(
          found,
          0.82,
          "%s looks its pattern up or compiles it each time".formatted(quote(call.node())));
    }
  }

  private static void lookup(Call call, List<Finding> found) {
    if (call.resolved().matches("os\\.(getenv|environ\\.get)|pynvml\\.\\w+|inspect\\.\\w+")
        || call.name()
            .matches(
                "get_(current_)?(vllm_)?config|get_global_\\w+|get_device_(properties|capability|name)|signature")) {
      add(
          found,
          0.66,
          "%s asks the surroundings each time: does the answer change?"
              .formatted(quote(call.node())));
    }
  }

  /// `get_pp_group()`: a getter without arguments, asked outside loops.
  private static void globalState(Spot spot, Call call, List<Finding> found) {
    boolean getter =
        call.node().child("arguments").filter(a -> a.items().isEmpty()).isPresent()
            && !call.name().matches("_?(get|use)_(new|next|free|available|finished|ready)\\w*")
            && call.name().matches("_?(get|is|has|use|uses|supports)_\\w+");
    if (getter && !spot.isInLoop(call.node())) {
      add(
          found,
          call.receiver().isEmpty() ? 0.56 : 0.47,
          "%s takes no argument: does its answer change?".formatted(quote(call.node())));
    }
  }

  /// `def get_x(self): return self.a.get_x()`.
  private static void getter(Spot spot, List<Finding> found) {
    if (!spot.statement().is("return_statement") || spot.function().parameters().size() > 1) {
      return;
    }
    spot.statement().items().stream()
        .findFirst()
        .flatMap(Call::of)
        .filter(
            c ->
                c.positional().isEmpty()
                    && c.name().matches("_?(get|load|build|compute|make)_\\w+|\\w*vocab\\w*"))
        .ifPresent(
            c ->
                add(
                    found,
                    0.76,
                    "%s takes no argument and is called anew each time: does its answer change?"
                        .formatted(quote(c.node()))));
  }

  /// `jax.jit(f)`, `load_kernel(…)`, `open(…)`: costly to make, and made to be kept.
  private static void made(Call call, List<Finding> found) {
    boolean compiles =
        call.resolved().matches("(jax|torch|numba)\\.(jit|njit)(\\.script|\\.trace)?")
            || call.name().matches("load_(kernel|library|extension|module)|import_module");
    boolean opens = call.name().matches("open|safe_open") && call.receiver().isEmpty();
    boolean connects =
        call.resolved()
                .matches("requests\\.\\w+|(aiohttp|httpx)\\.\\w*(Session|Client)|socket\\.socket")
            || call.isNamed("create_connection", "create_channel", "insecure_channel");
    if (compiles || opens || connects) {
      add(
          found,
          compiles ? 0.76 : connects ? 0.6 : 0.55,
          "%s makes a new one each time: could one be kept?".formatted(quote(call.node())));
    }
  }

  /// A function without arguments that only asks its surroundings.
  private static void nullary(Spot spot, List<Finding> found) {
    var function = spot.function();
    boolean brief = function.body().items().size() <= 4 && function.loops().isEmpty();
    boolean asks =
        function.name().matches("_?(is|has|in|supports?|get|use|can|should|detect|current)_\\w+");
    if (function.parameters().isEmpty() && brief && !spot.calls().isEmpty()) {
      add(
          found,
          asks ? 0.87 : 0.6,
          "`%s` takes no argument: does its answer change?".formatted(function.name()));
    }
  }

  /// `self.model_config.uses_x`, outside a loop: the configuration does not change between steps.
  private static void configuration(Spot spot, Node attribute, List<Finding> found) {
    boolean inner = attribute.parent().filter(p -> p.is("attribute")).isPresent();
    if (!inner
        && attribute.text().matches("(?s)(.*\\w*(config|_args|envs?)\\.\\w+)")
        && spot.calls().isEmpty()) {
      add(
          found,
          0.66,
          "%s is read from a configuration, by its name: does it change between steps?"
              .formatted(quote(attribute)));
    }
  }

  /// `self.weight + 1.0`: reads nothing but what the constructor has set.
  private static void setUp(Spot spot, List<Finding> found) {
    var owner = spot.function().owner();
    if (owner.isEmpty()
        || spot.function().name().equals("__init__")
        || spot.statement().is("for_statement")) {
      return;
    }
    spot.nodes("binary_operator").stream()
        .filter(n -> n.parent().filter(p -> p.is("binary_operator", "slice")).isEmpty())
        .filter(
            n -> {
              var reads = Names.readIn(n);
              return !reads.isEmpty()
                  && n.find("call").findAny().isEmpty()
                  && reads.stream()
                      .allMatch(
                          r ->
                              r.matches("self\\.\\w+(\\.data)?")
                                  && owner.get().isSetOnce(r.split("\\.")[1]));
            })
        .findFirst()
        .ifPresent(
            n ->
                add(
                    found,
                    0.7,
                    "%s reads only what the constructor of `%s` has set"
                        .formatted(quote(n), owner.get().name())));
  }

  /// `self.weight.float()`: a parameter converted in each forward.
  private static void parameter(Spot spot, Call call, List<Finding> found) {
    boolean converts = call.isNamed("float", "half", "to", "t", "contiguous", "type");
    boolean inForward = spot.function().name().contains("forward");
    call.receiver()
        .filter(r -> converts && inForward && r.text().matches("self\\.\\w*(weight|bias|scale)"))
        .ifPresent(
            _ ->
                add(
                    found,
                    0.7,
                    quote(call.node())
                        + " converts a parameter, by its name: does it change between steps?"));
  }

  /// `self.table = self.table.to(…)`: after the first call it changes nothing, and only the call is
  /// left of it.
  private static void sameAttribute(Spot spot, List<Finding> found) {
    var left = spot.assigned().filter(l -> l.text().matches("self\\.\\w+"));
    spot.value()
        .flatMap(Call::of)
        .filter(c -> c.isNamed("to", "cuda", "contiguous", "type"))
        .filter(c -> !c.node().text().contains("cpu"))
        .filter(c -> c.receiver().map(Node::text).equals(left.map(Node::text)))
        .ifPresent(
            c -> {
              var why =
                  quote(c.node())
                      + " is stored where it was read: is there anything to convert after the first"
                      + " time?";
              found.add(Finding.of(FUNCALL, 0.79, why));
              add(found, 0.78, why);
            });
  }

  private static void add(List<Finding> found, double confidence, String evidence) {
    found.add(Finding.of(HOIST, confidence, evidence));
  }
}

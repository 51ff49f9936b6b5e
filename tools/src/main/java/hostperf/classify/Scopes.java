package hostperf.classify;

import hostperf.catalog.TargetMap;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.Locale;
import java.util.Optional;

/// How often a statement runs, in the units an engine thinks in: by the loops around it, by what
/// the target map says of its function, by the function's name.
final class Scopes {
  /// Run more often in a step, it runs for each of something: most likely of the batch.
  private static final long OFTEN = 4;

  private Scopes() {}

  /// What was counted goes before what a name says.
  static Scope of(Spot spot) {
    var scope = byTextAndMap(spot);
    return scope == Scope.PER_STEP && spot.hitsPerStep() >= OFTEN ? Scope.PER_REQUEST : scope;
  }

  private static Scope byTextAndMap(Spot spot) {
    for (var loop : spot.loops()) {
      var over =
          (loop.iterable().text() + " " + loop.target().map(Node::text).orElse(""))
              .toLowerCase(Locale.ROOT);
      if (over.matches("(?s).*\\b\\w*layers?\\b.*")) {
        return Scope.PER_LAYER;
      }
      if (over.matches("(?s).*(req|seq|batch|sample|prompt|slot|output|token).*")) {
        return Scope.PER_REQUEST;
      }
    }
    if (isPerLayer(spot.function())) {
      return Scope.PER_LAYER;
    }
    return ofFunction(spot);
  }

  private static Scope ofFunction(Spot spot) {
    return frequency(spot.target(), spot.function()).orElseGet(() -> byName(spot.function()));
  }

  private static Optional<Scope> frequency(TargetMap target, PythonFunction function) {
    return target.functions().stream()
        .filter(
            f ->
                f.name().endsWith("." + function.qualifiedName())
                    || f.name().endsWith("::" + function.qualifiedName()))
        .findFirst()
        .map(
            f ->
                switch (f.runs()) {
                  case PER_RUN, PER_STEP -> Scope.PER_STEP;
                  case PER_LAYER -> Scope.PER_LAYER;
                  case PER_REQUEST -> Scope.PER_REQUEST;
                  case PER_KERNEL -> Scope.PER_KERNEL;
                });
  }

  private static Scope byName(PythonFunction function) {
    var name = function.name().toLowerCase(Locale.ROOT);
    if (name.contains("kernel") || name.contains("launch")) {
      return Scope.PER_KERNEL;
    }
    return function.parameters().stream()
            .anyMatch(p -> p.name().matches("req|request|seq|seq_group"))
        ? Scope.PER_REQUEST
        : Scope.PER_STEP;
  }

  /// Whether a function runs once for each layer of a model: forward or apply of an attention, an
  /// MLP, a norm and their like.
  static boolean isPerLayer(PythonFunction function) {
    boolean forward =
        function.name().matches("_?(forward|apply)\\w*|__call__|\\w*_forward")
            && !function.name().contains("metadata");
    var owner = function.owner().map(c -> c.name()).orElse("");
    return forward
        && (owner.matches(
                "(?i).*(attention|attn|mlp|moe|norm|linear|layer|embedding|rotary|expert).*")
            && !owner.matches("(?i).*(model|runner|builder|metadata)$"));
  }
}

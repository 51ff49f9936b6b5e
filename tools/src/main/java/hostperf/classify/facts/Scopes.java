package hostperf.classify.facts;

import hostperf.catalog.TargetMap;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.Locale;
import java.util.Optional;

/// How often a statement runs, in the units an engine thinks in: by the loops around it, by what
/// the target map says of its function, by the function's name and parameters.
public final class Scopes {
  private static final int MANY = 4;

  private Scopes() {}

  public static Scope of(Spot spot) {
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
    return frequency(spot.target(), spot.function())
        .orElseGet(
            () ->
                spot.loops().stream().anyMatch(l -> !l.isWhile()) && isDeep(spot)
                    ? Scope.PER_REQUEST
                    : byName(spot.function()));
  }

  /// What the source says, held against the counts: what runs many times a step runs for each of
  /// something, and of what is not known.
  ///
  /// @param steps how often the root was called; 0 where that is not known
  public static Scope counted(Scope named, long hits, long steps) {
    boolean isCounted =
        steps > 0 && hits > 0 && (named == Scope.PER_STEP || named == Scope.UNKNOWN);
    return !isCounted ? named : hits >= MANY * steps ? Scope.UNKNOWN : Scope.PER_STEP;
  }

  /// Many turns per call: what is iterated over is most likely the batch.
  private static boolean isDeep(Spot spot) {
    return spot.hitsPerCall() >= MANY;
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
        : Scope.UNKNOWN;
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

package hostperf.classify.facts;

import hostperf.catalog.Frequency;
import hostperf.catalog.TargetMap;
import hostperf.source.Loop;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How often a statement runs, in the units an engine thinks in: by the loops around it, by what
/// the target map says of its function, by the function's name and parameters.
public final class Scopes {
  private static final int MANY = 4;

  /// Steps at the ends of a count may be half in it.
  private static final double UNEVEN = 0.01;

  /// Of one turn: `req`, `seq_group`, `request_id`; not `seq_len`, nor `req` in `req.token_ids`.
  private static final Pattern REQUEST =
      Pattern.compile(
          "(?i)(?<![a-z0-9.])_?(req|request|seq|sequence|seq_group|prompt|slot)(_id|_idx)?\\b");

  /// Of all: `running_reqs`, `requests`, `slot_ids`.
  private static final Pattern REQUESTS =
      Pattern.compile(
          "(?i)(?<![a-z0-9])(reqs|requests|seqs|sequences|seq_groups|prompts|slots|(req|request|seq|slot)_ids)\\b(?!\\s*[.(\\[])");

  /// They give what they are called on.
  private static final Pattern MAPPED = Pattern.compile("\\.(values|items|keys)\\(\\)");

  private Scopes() {}

  /// What runs in a loop runs for each of what its innermost loop is over, and of what that is,
  /// only a name tells.
  public static Scope of(Spot spot) {
    var loops = spot.loops();
    var runs = frequency(spot.target(), spot.function());
    if (runs.filter(Frequency.PER_RUN::equals).isPresent()
        && loops.stream().allMatch(Loop::isWhile)) {
      return loops.size() == 1 ? Scope.PER_STEP : Scope.UNKNOWN;
    }
    if (!loops.isEmpty()) {
      return of(loops.getFirst());
    }
    return isPerLayer(spot.function())
        ? Scope.PER_LAYER
        : runs.map(Scopes::of).orElseGet(() -> byName(spot.function()));
  }

  private static Scope of(Frequency runs) {
    return switch (runs) {
      case PER_RUN -> Scope.UNKNOWN;
      case PER_STEP -> Scope.PER_STEP;
      case PER_LAYER -> Scope.PER_LAYER;
      case PER_REQUEST -> Scope.PER_REQUEST;
      case PER_KERNEL -> Scope.PER_KERNEL;
    };
  }

  private static Scope of(Loop loop) {
    var target = loop.target().map(Node::text).orElse("");
    var over = MAPPED.matcher(loop.iterable().text()).replaceAll("");
    if ((over + " " + target).toLowerCase(Locale.ROOT).matches("(?s).*\\b\\w*layers?\\b.*")) {
      return Scope.PER_LAYER;
    }
    return REQUEST.matcher(target).find() || REQUESTS.matcher(over).find()
        ? Scope.PER_REQUEST
        : Scope.UNKNOWN;
  }

  /// What the source says, held against the counts: what runs many times a step runs for each of
  /// something, and of what is not known; what runs in few of the steps runs in no step by itself.
  ///
  /// @param steps how often the root was called; 0 where that is not known
  public static Scope counted(Scope named, long hits, long steps) {
    boolean isCounted =
        steps > 0 && hits > 0 && (named == Scope.PER_STEP || named == Scope.UNKNOWN);
    if (!isCounted) {
      return named;
    }
    boolean isOncePerStep = Math.abs(hits - steps) <= steps * UNEVEN;
    boolean isSome = named == Scope.PER_STEP && hits < MANY * steps && 2 * hits >= steps;
    return isOncePerStep || isSome ? Scope.PER_STEP : Scope.UNKNOWN;
  }

  private static Optional<Frequency> frequency(TargetMap target, PythonFunction function) {
    return target.functions().stream()
        .filter(
            f ->
                f.name().endsWith("." + function.qualifiedName())
                    || f.name().endsWith("::" + function.qualifiedName()))
        .findFirst()
        .map(f -> f.runs());
  }

  private static Scope byName(PythonFunction function) {
    var name = function.name().toLowerCase(Locale.ROOT);
    if (name.endsWith("kernel")) {
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

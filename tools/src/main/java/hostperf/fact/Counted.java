package hostperf.fact;

import java.util.Map;
import java.util.Optional;

/// Over which steps facts were counted: calls of the root after its warm-up, over all processes.
///
/// @param steps that were watched
/// @param seconds their time, collectors included
/// @param byKind fewer, for kinds whose collector is too costly to look at every step
/// @param alone steps in between that nothing looked at
/// @param aloneSeconds their time
public record Counted(
    long steps, double seconds, Map<LineFact.Kind, Long> byKind, long alone, double aloneSeconds) {
  public static final Counted NOTHING = new Counted(0, 0, Map.of(), 0, 0);

  public Counted {
    byKind = Map.copyOf(byKind);
  }

  Optional<Double> slowdown() {
    return steps == 0 || aloneSeconds == 0
        ? Optional.empty()
        : Optional.of(seconds / steps / (aloneSeconds / alone));
  }
}

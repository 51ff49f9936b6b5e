package hostperf.classify;

import static hostperf.classify.HotspotType.GC;
import static hostperf.classify.Spot.quote;

import java.util.List;

/// GC: the collector is run or made to run. Pauses that strike at any line are no hotspot of
/// that line; they show in traces.
final class GcRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    return spot.calls().stream()
        .filter(c -> c.resolved().startsWith("gc."))
        .map(
            c ->
                Finding.of(
                    GC,
                    0.92,
                    "%s is a call of the collector; it %s".formatted(quote(c.node()), spot.rate())))
        .toList();
  }
}

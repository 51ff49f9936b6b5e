package hostperf.measure;

import hostperf.metric.Better;
import hostperf.verdict.Interval;
import hostperf.verdict.Medians;
import hostperf.verdict.Pair;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import java.util.List;

/// One metric before and after.
///
/// @param before median over the base's launches
/// @param after that with the change: the median over the candidate's launches would be another
///     estimate beside the one that was judged
/// @param change relative, with the metric's own sign: -0.02 is 2% less of it. The Hodges–Lehmann
///     estimate over the pairs
/// @param interval of the same kind
public record MetricChange(
    Quantity metric, double before, double after, double change, Interval interval) {

  /// @param pairs one at least
  static MetricChange of(Quantity metric, Units units, List<Pair> pairs) {
    var raw = units.shift(Better.HIGHER, pairs);
    double before = Medians.of(pairs.stream().mapToDouble(Pair::base));
    return new MetricChange(
        metric, before, before * (1 + raw.estimate()), raw.estimate(), raw.interval(Rule.ONE_LOOK));
  }
}

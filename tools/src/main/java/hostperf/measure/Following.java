package hostperf.measure;

import hostperf.metric.Better;
import hostperf.verdict.Gain;
import hostperf.verdict.Interval;
import hostperf.verdict.Pair;
import hostperf.verdict.Percent;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import hostperf.verdict.Shift;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Whether the launches themselves got shorter by what the primary metric says: the workload prints
/// the metric, but this process holds the watch.
final class Following {
  /// A launch follows when this part of the saving that the metric entails may have happened: the
  /// measured part is an estimate from two launches.
  private static final double ABOUT = 0.5;

  private Following() {}

  /// Why a gain is not seen in the launches. Empty where it is, and where it cannot be known: the
  /// measured part is unknown or too small for the launches' scatter.
  ///
  /// @param gain of the primary metric
  static Optional<String> suspicion(
      Quantity metric, Interval gain, List<Sample> samples, MeasuredPart part) {
    double saved = Gain.timeSaved(metric.better(), gain.low());
    var wall = saving(samples, launched -> Optional.of(launched.seconds()));
    if (wall.isEmpty() || follows(wall.get(), saved * part.wall())) {
      return Optional.empty();
    }
    var processor =
        saving(samples, Launched::processorSeconds).filter(_ -> part.processor().isPresent());
    double expected = saved * part.processor().orElse(0.0);
    if (processor.filter(shift -> follows(shift, expected)).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "`%s` says that at least %s of the time of the measured work went, and that work is %s of a launch (as the profiler slowed both), so a launch should take about %s less; it took %s%s."
            .formatted(
                metric.name(),
                Percent.percent(saved),
                Percent.percent(part.wall()),
                Percent.percent(saved * part.wall()),
                less(wall.get()),
                processor.map(shift -> ", and its processor time was " + less(shift)).orElse("")));
  }

  private static boolean follows(Shift saving, double expected) {
    return saving.interval(Rule.ONE_LOOK).high() >= ABOUT * expected;
  }

  private static String less(Shift saving) {
    double estimate = saving.estimate();
    return "%s %s (%s less at most)"
        .formatted(
            Percent.percent(Math.abs(estimate)),
            estimate < 0 ? "more" : "less",
            Percent.percent(Math.max(0, saving.interval(Rule.ONE_LOOK).high())));
  }

  /// Absent where there are too few pairs of it.
  private static Optional<Shift> saving(
      List<Sample> samples, Function<Launched, Optional<Double>> cost) {
    var pairs = pairs(samples, cost);
    return pairs.size() < Rule.LEAST
        ? Optional.empty()
        : Optional.of(new Shift(Better.LOWER, pairs));
  }

  /// What both launches of a pair took.
  static List<Pair> pairs(List<Sample> samples, Function<Launched, Optional<Double>> cost) {
    return Schedule.complete(samples).stream()
        .flatMap(pair -> pair(pair.getFirst(), pair.getLast(), cost).stream())
        .toList();
  }

  private static Optional<Pair> pair(
      Sample base, Sample candidate, Function<Launched, Optional<Double>> cost) {
    return cost.apply(base.launched())
        .filter(Pair::usable)
        .flatMap(
            was ->
                cost.apply(candidate.launched()).filter(Pair::usable).map(is -> new Pair(was, is)));
  }
}

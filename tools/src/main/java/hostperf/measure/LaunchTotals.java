package hostperf.measure;

import hostperf.metric.Better;
import hostperf.verdict.Gain;
import hostperf.verdict.Judged;
import hostperf.verdict.Medians;
import hostperf.verdict.Pair;
import hostperf.verdict.Percent;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import hostperf.verdict.Shift;
import hostperf.verdict.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What whole launches took on either side, start and end and what the metric does not speak of
/// included.
///
/// @param processor seconds of all processes of a launch; absent where it cannot be told
/// @param wall seconds
public record LaunchTotals(Optional<Change> processor, Optional<Change> wall) {
  /// A gain of which less than this shows in whole launches went elsewhere, or the measured part is
  /// small: which of the two, a person knows.
  private static final double SHOWS = 0.1;

  /// Medians of the launches that were judged.
  public record Change(double before, double after) {}

  public static LaunchTotals of(List<Sample> samples) {
    return new LaunchTotals(
        change(samples, Launched::processorSeconds),
        change(samples, l -> Optional.of(l.seconds())));
  }

  private static Optional<Change> change(
      List<Sample> samples, Function<Launched, Optional<Double>> cost) {
    var pairs = Following.pairs(samples, cost);
    return pairs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Change(
                Medians.of(pairs.stream().mapToDouble(Pair::base)),
                Medians.of(pairs.stream().mapToDouble(Pair::candidate))));
  }

  /// Asks where the time went that the metric says was saved, where neither the launches' duration
  /// nor their processor time fell by a part of it.
  static Optional<String> question(Quantity metric, Judged judged, List<Sample> samples) {
    double saved = Gain.timeSaved(metric.better(), judged.estimate());
    var totals = of(samples);
    boolean shows =
        saves(samples, l -> Optional.of(l.seconds()), saved)
            || saves(samples, Launched::processorSeconds, saved);
    // Too few launches tell nothing, so they raise no question.
    boolean isKnown = Following.pairs(samples, l -> Optional.of(l.seconds())).size() >= Rule.LEAST;
    if (judged.verdict() != Verdict.IMPROVED || shows || !isKnown) {
      return Optional.empty();
    }
    return Optional.of(
        "`%s` says that %s of the time of the measured work went, but a whole launch took %s%s. Did work move outside the measured part, or does the workload run for a fixed time?"
            .formatted(
                metric.name(),
                Percent.percent(saved),
                totals.wall().map(LaunchTotals::words).orElse(""),
                totals
                    .processor()
                    .map(c -> ", and its processor time was " + words(c))
                    .orElse("")));
  }

  private static boolean saves(
      List<Sample> samples, Function<Launched, Optional<Double>> cost, double saved) {
    var pairs = Following.pairs(samples, cost);
    return pairs.size() >= Rule.LEAST
        && new Shift(Better.LOWER, pairs).interval(Rule.ONE_LOOK).high() >= SHOWS * saved;
  }

  private static String words(Change change) {
    return String.format(
        Locale.ROOT, "%.1f s before and %.1f s after", change.before(), change.after());
  }
}

package hostperf.report.run;

import hostperf.journal.ValidationRecord;
import hostperf.measure.MetricChange;
import hostperf.measure.Mode;
import hostperf.measure.PointChange;
import hostperf.measure.Sample;
import hostperf.measure.Validation;
import hostperf.verdict.Judged;
import hostperf.verdict.Pair;
import hostperf.verdict.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A measured change with what its verdict rests on.
///
/// @param judged the look that decided; absent where the profile alone rejected the change
/// @param mode how base and candidate were compared
/// @param samples every launch that it took, dropped ones too
public record JudgedChange(
    Validation validation, Optional<Judged> judged, Mode mode, List<Sample> samples) {
  public JudgedChange {
    samples = List.copyOf(samples);
  }

  public static JudgedChange of(ValidationRecord record) {
    return new JudgedChange(
        record.validation(), record.judged(), record.way().mode(), record.samples());
  }

  Verdict verdict() {
    return validation.verdict();
  }

  boolean isSwap() {
    return mode == Mode.SWAP;
  }

  /// The one figure that the verdict rests on, with the interval that was judged: of a workload
  /// with points, at the point that decided. Absent where nothing was measured.
  public Optional<MetricChange> deciding() {
    return judged
        .flatMap(look -> compared().min(Comparator.comparingDouble(c -> distance(c, look))))
        .map(change -> with(judged.orElseThrow(), change))
        .or(() -> validation.metrics().stream().findFirst());
  }

  /// Metrics that were measured beside those that were judged.
  List<MetricChange> others() {
    var judged = compared().map(change -> change.metric().name()).toList();
    return validation.metrics().stream().filter(c -> !judged.contains(c.metric().name())).toList();
  }

  /// Of the deciding figure.
  List<Pair> pairs() {
    return deciding()
        .map(change -> mode.units().of(change.metric().name(), samples))
        .orElse(List.of());
  }

  /// Whether the samples showed a change for better or worse.
  boolean isReached() {
    return verdict() == Verdict.IMPROVED || verdict() == Verdict.REGRESSED;
  }

  /// Why; of a verdict that was reached only what its figure and interval do not say.
  String reason() {
    String figures = judged.map(Judged::reason).orElse("");
    return isReached() && validation.reason().startsWith(figures)
        ? validation.reason().substring(figures.length()).strip()
        : validation.reason();
  }

  /// Among these is the figure that was judged.
  private Stream<MetricChange> compared() {
    return validation.points().isEmpty()
        ? validation.metrics().stream().limit(1)
        : validation.points().stream().map(PointChange::change);
  }

  private static double distance(MetricChange change, Judged look) {
    return Math.abs(change.metric().better().signed(look.estimate()) - change.change());
  }

  private static MetricChange with(Judged look, MetricChange change) {
    return new MetricChange(
        change.metric(),
        change.before(),
        change.after(),
        change.change(),
        look.interval().signed(change.metric().better()));
  }
}

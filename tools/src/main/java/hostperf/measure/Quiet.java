package hostperf.measure;

import hostperf.verdict.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How undisturbed a launch has to be to count.
///
/// @param load how much of the CPUs that the workload may use others may use, 0 to 1
/// @param patience the longest that a measurement waits for it, all its waits together
public record Quiet(double load, Duration patience) {
  /// Above, a launch shares its CPUs with others for most of its time.
  public static final Quiet DEFAULT = new Quiet(0.5, Duration.ofMinutes(5));

  /// Every launch counts.
  public static final Quiet ANY = new Quiet(1, Duration.ZERO);

  /// Why a launch does not count.
  Optional<String> disturbance(Launched launched) {
    return others(launched)
        .filter(others -> others > load)
        .map(
            others ->
                "Other processes used %s of the CPUs meanwhile; above %s (`measure.quiet.load`) a launch is disturbed."
                    .formatted(Percent.percent(others), Percent.setting(load)));
  }

  /// Why tries of one pair are given up.
  String tooBusy(int pair, List<Sample> tries) {
    var others =
        tries.stream()
            .flatMap(sample -> others(sample.launched()).stream())
            .mapToDouble(Double::doubleValue)
            .summaryStatistics();
    var least = Percent.percent(others.getMin());
    var most = Percent.percent(others.getMax());
    return "Other processes used %s of the CPUs during %d tries of pair %d; above %s (`measure.quiet.load`) a launch does not count."
        .formatted(
            least.equals(most) ? most : least + " to " + most,
            tries.size(),
            pair,
            Percent.setting(load));
  }

  private static Optional<Double> others(Launched launched) {
    return launched.surroundings().others(launched.seconds(), launched.processorSeconds());
  }
}

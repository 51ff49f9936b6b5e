package hostperf.verdict;

import java.util.List;
import java.util.Optional;

/// A metric that may not get worse while another gets better.
///
/// Its interval is that of the metric in the answer: of launches in their order.
///
/// @param tolerance the relative harm that is let pass, 0.02 is 2%
public record Guard(Quantity metric, double tolerance) {
  public static final double DEFAULT_TOLERANCE = 0.02;

  /// Vetoes when the harm is certain and larger than the tolerance.
  public Optional<String> veto(List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    var shift = Shift.ofLaunches(metric.better(), pairs);
    Interval interval = shift.interval(Rule.ONE_LOOK);
    boolean isCertain = pairs.size() >= Rule.LEAST && interval.isWorse();
    return isCertain && -shift.estimate() > tolerance
        ? Optional.of(
            "`%s` got worse by %s, beyond its tolerance of %s."
                .formatted(
                    metric.name(), Percent.percent(-shift.estimate()), Percent.setting(tolerance)))
        : Optional.empty();
  }

  /// Harm that is not certain, and not excluded either.
  public Optional<String> warning(List<Pair> pairs) {
    if (pairs.isEmpty()) {
      return Optional.of("`%s` was not printed by enough launches.".formatted(metric.name()));
    }
    double worst = -Shift.ofLaunches(metric.better(), pairs).interval(Rule.ONE_LOOK).low();
    return worst > tolerance && veto(pairs).isEmpty()
        ? Optional.of(
            "Harm to `%s` of up to %s could not be excluded (tolerance %s)."
                .formatted(metric.name(), Percent.percent(worst), Percent.setting(tolerance)))
        : Optional.empty();
  }
}

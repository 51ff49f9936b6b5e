package hostperf.verdict;

import static hostperf.verdict.Percent.percent;
import static hostperf.verdict.Percent.setting;
import static hostperf.verdict.Percent.signed;

import java.time.Duration;
import java.util.Optional;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// Whether pairs of launches differ so much from each other that neither the rest of a budget nor
/// twice the budget would find what is worth the time. To stop then accepts nothing, so it costs no
/// alpha.
///
/// @param seconds that a launch takes
public record Futility(Rule rule, Plan plan, Duration budget, double seconds) {
  /// A gain that is found at hardly any price is none to wait for, unless it is what is seen.
  public static final double LARGE = 0.25;

  /// With fewer pairs their scatter is hardly known.
  public static final int LEAST = 4;

  private static final double CHANCE = 0.8;

  /// The scatter is at least this with this confidence: one pair that was disturbed is no reason.
  private static final double CONFIDENCE = 0.9;

  /// Why to stop, with the figures.
  public Optional<String> reason(Shift shift) {
    int pairs = payable();
    // A plan of many short launches is over soon.
    if (shift.pairs() < LEAST || pairs < plan.pairs() || pairs > 3 * plan.pairs()) {
      return Optional.empty();
    }
    var power = new Power(rule, least(shift), new Plan(plan.warmUps(), pairs, 0));
    double seen = shift.estimate();
    if (power.chance(Math.max(LARGE, seen)) >= CHANCE) {
      return Optional.empty();
    }
    return Optional.of(
        "%d pairs scatter by %s, and are %s apart so far. At that, %d pairs, which is what twice the budget of %d s pays for at %.0f s a launch, find gains of %s and more."
            .formatted(
                shift.pairs(),
                percent(shift.noise().perPair()),
                signed(shift.better().signed(seen)),
                pairs,
                budget.toSeconds(),
                seconds,
                setting(power.resolvable())));
  }

  /// Pairs that twice the budget pays for, in whole ABBAs.
  private int payable() {
    double launches = 2 * budget.toMillis() / 1000.0 / seconds;
    return (int) Math.min(Integer.MAX_VALUE / 4.0, (launches - plan.warmUps()) / 2) / 2 * 2;
  }

  private static Noise least(Shift shift) {
    int free = shift.pairs() - 1;
    double most = ChiSquaredDistribution.of(free).inverseCumulativeProbability(CONFIDENCE);
    return new Noise(shift.noise().perPair() * Math.sqrt(free / most));
  }
}

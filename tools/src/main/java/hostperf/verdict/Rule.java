package hostperf.verdict;

import hostperf.metric.Better;
import java.util.List;

/// What has to be shown before a verdict is given; fixed before the first pair.
///
/// `improved`: the interval of confidence 1 - alpha lies wholly on the better side and the
/// estimate reaches both the effect asked for and the noise floor. `regressed` is its mirror.
/// `unchanged`: the interval of confidence 1 - 2·alpha lies within ± the effect asked for (two
/// one-sided tests). All else is `inconclusive`, and so are fewer than `LEAST` pairs.
///
/// @param minEffect the least relative change that is worth a verdict, 0.01 is 1%
/// @param floor the size of the estimate that an A/A measurement gave, 0 where none was made
/// @param alpha 0.05 for an only look, its part of `Spending` where there can be several
/// @param family other tries at the same thing
public record Rule(double minEffect, double floor, double alpha, Family family) {
  /// Five pairs that all agree still have a p of 6.25%.
  public static final int LEAST = 6;

  /// Below it a change is hardly worth a reviewer's time, and beyond most machines' resolution.
  public static final double DEFAULT_MIN_EFFECT = 0.01;

  public static final double ONE_LOOK = 0.05;

  /// One look, nothing known of the noise, no other try.
  public static Rule of(double minEffect) {
    return new Rule(minEffect, 0, ONE_LOOK, Family.ALONE);
  }

  double threshold() {
    return Math.max(minEffect, floor);
  }

  public Rule at(double part, double size) {
    return new Rule(minEffect, size, part, family);
  }

  /// Of pairs whose order says nothing.
  public Judged judge(Better better, List<Pair> pairs) {
    return judge(new Shift(better, pairs), this);
  }

  /// @param later the rule of a further look, by which it is told how far that one is
  public Judged judge(Shift shift, Rule later) {
    double level = family.level(alpha, shift.p());
    Verdict verdict = verdict(shift, level);
    int further =
        verdict == Verdict.INCONCLUSIVE
            ? new FurtherPairs(later, later.family.level(later.alpha, shift.p())).settling(shift)
            : 0;
    var reason = new Reason(this, shift, level);
    return new Judged(
        verdict,
        shift.estimate(),
        shift.interval(level),
        shift.pairs(),
        shift.p(),
        further,
        reason.text(verdict, further));
  }

  /// @param level the alpha of the interval that has to leave out zero
  Verdict verdict(Shift shift, double level) {
    if (shift.pairs() < LEAST) {
      return Verdict.INCONCLUSIVE;
    }
    boolean counts = Math.abs(shift.estimate()) >= threshold();
    if (counts && shift.isBetter(level)) {
      return Verdict.IMPROVED;
    }
    if (counts && shift.isWorse(level)) {
      return Verdict.REGRESSED;
    }
    return shift.isWithin(minEffect, 2 * alpha) ? Verdict.UNCHANGED : Verdict.INCONCLUSIVE;
  }
}

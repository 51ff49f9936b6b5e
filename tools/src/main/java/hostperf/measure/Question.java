package hostperf.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a measurement is to answer; fixed before its first launch.
///
/// @param metric the primary one, which decides
/// @param rule whose alpha each look replaces by its part
/// @param budget the time that all launches together may take
public record Question(Quantity metric, Rule rule, Plan plan, Duration budget, Units units) {
  public Question(Quantity metric, Rule rule, Plan plan, Duration budget) {
    this(metric, rule, plan, budget, Units.LAUNCHES);
  }

  /// Every look the plan allows at these samples, while those before were open. The last one
  /// counts. Empty while the first is not due.
  public List<Judged> looks(List<Sample> samples) {
    var complete = Schedule.complete(samples);
    List<Judged> looks = new ArrayList<>();
    for (int look = 1; look <= plan.looks() && isDue(look, complete); look++) {
      looks.add(judged(look, complete.subList(0, plan.pairsAt(look))));
      if (looks.getLast().verdict() != Verdict.INCONCLUSIVE) {
        break;
      }
    }
    return looks;
  }

  /// Whether one more look could end otherwise: the last was open, one is left that the budget
  /// pays for, more pairs can settle it, and a gain worth a verdict is not excluded.
  public boolean isOpen(List<Sample> samples) {
    var looks = looks(samples);
    int look = looks.size();
    return look > 0
        && look < Spending.MOST_LOOKS
        && plan.extension() > 0
        && looks.getLast().verdict() == Verdict.INCONCLUSIVE
        && looks.getLast().furtherPairs() > 0
        && looks.getLast().furtherPairs() < FurtherPairs.MOST
        && !excludesGain(samples)
        && paysForMore(samples);
  }

  private boolean paysForMore(List<Sample> samples) {
    double spent = samples.stream().mapToDouble(s -> s.launched().seconds()).sum();
    double further = 2 * plan.extension() * spent / Math.max(1, samples.size());
    return spent + further <= budget.toMillis() / 1000.0;
  }

  /// Whether the answer can only be that the gain is smaller than the effect asked for. No alpha is
  /// spent on it: to stop here accepts nothing.
  public boolean excludesGain(List<Sample> samples) {
    var pairs = pairs(samples);
    return pairs.size() >= Rule.LEAST
        && new Shift(metric.better(), pairs).interval(2 * Rule.ONE_LOOK).high() < rule.minEffect();
  }

  List<Pair> pairs(List<Sample> samples) {
    return units.pairs(metric.name(), Schedule.complete(samples));
  }

  /// The size of what the same code pretends to, where the samples tell.
  public double floor(List<Sample> samples) {
    return Math.max(rule.floor(), units.floor(metric, Schedule.complete(samples)));
  }

  private boolean isDue(int look, List<List<Sample>> complete) {
    return complete.size() >= plan.pairsAt(look)
        && (units == Units.BLOCKS
            || units.pairs(metric.name(), complete).size() >= plan.pairsAt(look));
  }

  private Judged judged(int look, List<List<Sample>> launches) {
    double floor = Math.max(rule.floor(), units.floor(metric, launches));
    var now = rule.at(plan.alpha(look), floor);
    var later = rule.at(plan.alpha(look + 1), floor);
    return now.judge(metric.better(), units.pairs(metric.name(), launches), later);
  }
}

package hostperf.measure;

import hostperf.verdict.FurtherPairs;
import hostperf.verdict.Futility;
import hostperf.verdict.Judged;
import hostperf.verdict.Pair;
import hostperf.verdict.Plan;
import hostperf.verdict.Points;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import hostperf.verdict.Shift;
import hostperf.verdict.Spending;
import hostperf.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What a measurement is to answer; fixed before its first launch.
///
/// @param metrics the primary one, which decides: at each point where the workload has some
/// @param rule whose alpha each look replaces by its part
/// @param budget the time that all launches together may take
public record Question(List<Quantity> metrics, Rule rule, Plan plan, Duration budget, Units units) {
  public Question {
    metrics = List.copyOf(metrics);
  }

  public Question(Quantity metric, Rule rule, Plan plan, Duration budget) {
    this(List.of(metric), rule, plan, budget, Units.LAUNCHES);
  }

  /// The metric, at the first point where there are several.
  public Quantity metric() {
    return metrics.getFirst();
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
    var complete = Schedule.complete(samples);
    return metrics.stream()
        .map(metric -> units.pairs(metric.name(), complete))
        .allMatch(
            pairs ->
                pairs.size() >= Rule.LEAST
                    && units.shift(metric().better(), pairs).interval(2 * Rule.ONE_LOOK).high()
                        < rule.minEffect());
  }

  /// Why the pairs that are there say that more of them decide nothing; empty where a look is due.
  public Optional<String> futility(List<Sample> samples) {
    var complete = Schedule.complete(samples);
    if (metrics.size() > 1 || units != Units.LAUNCHES || !looks(samples).isEmpty()) {
      return Optional.empty();
    }
    double spent = samples.stream().mapToDouble(s -> s.launched().seconds()).sum();
    return new Futility(rule, plan, budget, spent / samples.size())
        .reason(units.shift(metric().better(), units.pairs(metric().name(), complete)));
  }

  /// What the last look says of each point; empty where the workload has none.
  public List<PointChange> points(List<Sample> samples) {
    int looks = looks(samples).size();
    if (metrics.size() == 1 || looks == 0) {
      return List.of();
    }
    var launches = Schedule.complete(samples).subList(0, plan.pairsAt(looks));
    var judged = points(looks, launches).each();
    return metrics.stream()
        .flatMap(
            metric ->
                Optional.ofNullable(judged.get(metric.point())).stream()
                    .map(
                        one ->
                            new PointChange(
                                metric.point(),
                                one.verdict(),
                                MetricChange.of(
                                    metric, units, units.pairs(metric.name(), launches)))))
        .toList();
  }

  List<Pair> pairs(List<Sample> samples) {
    return units.of(metric().name(), samples);
  }

  /// The size of what the same code pretends to, where the samples tell.
  public double floor(List<Sample> samples) {
    return Math.max(rule.floor(), units.floor(metric(), Schedule.complete(samples)));
  }

  private boolean isDue(int look, List<List<Sample>> complete) {
    return complete.size() >= plan.pairsAt(look)
        && (units == Units.BLOCKS
            || metrics.stream()
                .allMatch(m -> units.pairs(m.name(), complete).size() >= plan.pairsAt(look)));
  }

  private Judged judged(int look, List<List<Sample>> launches) {
    if (metrics.size() > 1) {
      return points(look, launches).whole();
    }
    double floor = Math.max(rule.floor(), units.floor(metric(), launches));
    var now = rule.at(plan.alpha(look), floor);
    var later = rule.at(plan.alpha(look + 1), floor);
    var pairs = units.pairs(metric().name(), launches);
    return now.judge(units.shift(metric().better(), pairs), later);
  }

  private Points points(int look, List<List<Sample>> launches) {
    var shifts = new LinkedHashMap<String, Shift>();
    metrics.forEach(
        m -> shifts.put(m.point(), units.shift(m.better(), units.pairs(m.name(), launches))));
    var now = rule.at(plan.alpha(look), rule.floor());
    var later = rule.at(plan.alpha(look + 1), rule.floor());
    return Points.judge(now, later, metric().better(), shifts);
  }
}

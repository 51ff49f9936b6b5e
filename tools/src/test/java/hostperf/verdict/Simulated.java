package hostperf.verdict;

import hostperf.metric.Better;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// A simulated machine: throughput of launches in ABBA order, and how often a rule accepts what
/// it shows.
final class Simulated {
  static final int EXPERIMENTS = 400;
  private final double gain;
  private final IntToDoubleFunction machine;

  /// @param gain the candidate's true relative gain
  /// @param machine factor on the throughput of the launch with this number
  Simulated(double gain, IntToDoubleFunction machine) {
    this.gain = gain;
    this.machine = machine;
  }

  /// Launches that vary by `cv` and nothing else.
  static Simulated noisy(double gain, double cv) {
    var noise = new Random(5);
    return new Simulated(gain, _ -> Math.exp(cv * noise.nextGaussian()));
  }

  /// The share of experiments of `pairs` pairs that end with this verdict.
  double share(Verdict verdict, Rule rule, int pairs) {
    return IntStream.range(0, EXPERIMENTS)
            .filter(_ -> verdict(rule, pairs(pairs)) == verdict)
            .count()
        / (double) EXPERIMENTS;
  }

  /// The verdict alone, without the costly search for further pairs.
  static Verdict verdict(Rule rule, List<Pair> pairs) {
    var shift = Shift.ofLaunches(Better.HIGHER, pairs);
    return rule.verdict(shift, rule.family().level(rule.alpha(), shift.p()));
  }

  /// The verdict of looks after every `step` pairs, until one is closed or the pairs are used.
  static Verdict looks(Rule rule, List<Pair> pairs, int step) {
    var plan = new Plan(0, step, step, pairs.size() / step);
    var verdict = Verdict.INCONCLUSIVE;
    for (int look = 1; look <= plan.looks() && verdict == Verdict.INCONCLUSIVE; look++) {
      verdict =
          verdict(rule.at(plan.alpha(look), rule.floor()), pairs.subList(0, plan.pairsAt(look)));
    }
    return verdict;
  }

  List<Pair> pairs(int count) {
    return IntStream.range(0, count).mapToObj(this::pair).toList();
  }

  private Pair pair(int number) {
    double first = launch(2 * number);
    double second = launch(2 * number + 1);
    return number % 2 == 0
        ? new Pair(first, second * (1 + gain))
        : new Pair(second, first * (1 + gain));
  }

  private double launch(int number) {
    return 100 * machine.applyAsDouble(number);
  }
}

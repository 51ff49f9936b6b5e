package hostperf.verdict;

import hostperf.metric.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What a plan can be expected to find, told before time is spent: the rule itself applied to
/// simulated pairs with normal noise. Real noise drifts and has modes, so this is the best case.
///
public record Power(Rule rule, Noise noise, Plan plan) {
  /// At 1,000 the chance told is off by at most 3 in 100, nineteen times in twenty.
  private static final int TRIALS = 1000;

  private static final long SEED = 20261124;

  /// The chance, 0 to 1, that a true relative gain ends as `improved`.
  public double chance(double gain) {
    var random = new Random(SEED);
    int found = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      found += finds(gain, random) ? 1 : 0;
    }
    return (double) found / TRIALS;
  }

  /// The least gain, in steps of a tenth of a percent up to 100%, that is found four times in
  /// five; 1 where none is.
  public double resolvable() {
    int low = 1;
    int high = 1000;
    while (low < high) {
      int middle = (low + high) / 2;
      if (chance(middle / 1000.0) >= 0.8) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low / 1000.0;
  }

  private boolean finds(double gain, Random random) {
    List<Pair> taken = new ArrayList<>();
    Verdict verdict = Verdict.INCONCLUSIVE;
    for (int look = 1; look <= plan.looks() && verdict == Verdict.INCONCLUSIVE; look++) {
      verdict = look(look, taken, gain, random);
    }
    return verdict == Verdict.IMPROVED;
  }

  /// Of pairs that are there: the verdict of the last look that the plan allows at them.
  public Verdict verdict(List<Pair> pairs) {
    Verdict verdict = Verdict.INCONCLUSIVE;
    for (int look = 1; look <= plan.looks() && verdict == Verdict.INCONCLUSIVE; look++) {
      verdict = judged(look, pairs.subList(0, plan.pairsAt(look)));
    }
    return verdict;
  }

  private Verdict look(int look, List<Pair> taken, double gain, Random random) {
    while (taken.size() < plan.pairsAt(look)) {
      taken.add(new Pair(launch(random), (1 + gain) * launch(random)));
    }
    return judged(look, taken);
  }

  private double launch(Random random) {
    return Math.exp(noise.perPair() / Math.sqrt(2) * random.nextGaussian());
  }

  private Verdict judged(int look, List<Pair> pairs) {
    var shift = Shift.ofLaunches(Better.HIGHER, pairs);
    var now = rule.at(plan.alpha(look), rule.floor());
    return now.verdict(shift, rule.family().level(now.alpha(), shift.p()));
  }
}

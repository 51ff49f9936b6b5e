import hostperf.measure.Family;
import hostperf.measure.Noise;
import hostperf.measure.Pair;
import hostperf.measure.Plan;
import hostperf.measure.Power;
import hostperf.measure.Rule;
import hostperf.measure.Spending;
import hostperf.measure.Tier;
import hostperf.measure.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/// The tables that `measure-power.sh` prints.
public class MeasurePower {
  private static final int EXPERIMENTS = 2000;

  public static void main(String[] arguments) {
    double[] gains = {0, 0.01, 0.02, 0.05, 0.1};
    System.out.println("plan              noise  | chance of `improved` at a true gain of | found 4 in 5");
    System.out.println("                         |   none     1%     2%     5%    10%      |");
    for (Plan plan :
        new Plan[] {
          Tier.QUICK.plan(), Tier.QUICK.plan().upTo(2), new Plan(1, 10, 10, 1), Tier.CONFIRM.plan()
        }) {
      for (double noise : new double[] {0.005, 0.01, 0.02, 0.05, 0.1}) {
        var rule = new Rule(Rule.DEFAULT_MIN_EFFECT, 0, plan.alpha(1), Family.ALONE);
        var power = new Power(rule, new Noise(noise * Math.sqrt(2)), plan);
        System.out.printf(
            "%2d pairs, %d looks %5.1f%%  |", plan.pairs(), plan.looks(), noise * 100);
        for (double gain : gains) {
          System.out.printf(" %5.1f%%", power.chance(gain) * 100);
        }
        System.out.printf("      | %.1f%%%n", power.resolvable() * 100);
      }
    }
    looks();
  }

  /// Ten looks, from 8 to 80 pairs, as `validate` with `more` takes them.
  private static void looks() {
    System.out.println();
    System.out.printf(
        "ten looks of 8 pairs more each, %d experiments; effect asked for: 0.01%% | 1%%%n",
        EXPERIMENTS);
    var noise = new Random(5);
    same("noise 1%", _ -> Math.exp(0.01 * noise.nextGaussian()));
    same("noise 5%", _ -> Math.exp(0.05 * noise.nextGaussian()));
    same(
        "drift of 40% over the launches",
        launch -> (1 + 0.4 * launch / 160) * Math.exp(0.01 * noise.nextGaussian()));
    same(
        "two modes 3% apart",
        _ -> (noise.nextDouble() < 0.3 ? 0.97 : 1) * Math.exp(0.005 * noise.nextGaussian()));
    same(
        "two modes 20% apart",
        _ -> (noise.nextDouble() < 0.3 ? 0.8 : 1) * Math.exp(0.01 * noise.nextGaussian()));
    System.out.printf(
        "a true 2%%, noise 1%%: improved in %.1f%%; noise 2%%: %.1f%%; noise 3%%: %.1f%%%n",
        100 * improved(0.02, 0.01, _ -> Math.exp(0.01 * noise.nextGaussian())),
        100 * improved(0.02, 0.01, _ -> Math.exp(0.02 * noise.nextGaussian())),
        100 * improved(0.02, 0.01, _ -> Math.exp(0.03 * noise.nextGaussian())));
  }

  private static void same(String what, IntToDoubleFunction machine) {
    System.out.printf(
        "no change, %-31s: improved in %.2f%% | %.2f%%%n",
        what, 100 * improved(0, 0.0001, machine), 100 * improved(0, 0.01, machine));
  }

  private static double improved(double gain, double minEffect, IntToDoubleFunction machine) {
    int found = 0;
    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
      found += verdict(gain, minEffect, machine) == Verdict.IMPROVED ? 1 : 0;
    }
    return (double) found / EXPERIMENTS;
  }

  private static Verdict verdict(double gain, double minEffect, IntToDoubleFunction machine) {
    var plan = new Plan(0, 8, 8, Spending.MOST_LOOKS);
    var rule = new Rule(minEffect, 0, plan.alpha(1), Family.ALONE);
    List<Pair> pairs = new ArrayList<>();
    for (int pair = 0; pair < plan.pairsAt(Spending.MOST_LOOKS); pair++) {
      double first = machine.applyAsDouble(2 * pair);
      double second = machine.applyAsDouble(2 * pair + 1);
      pairs.add(
          pair % 2 == 0
              ? new Pair(first, second * (1 + gain))
              : new Pair(second, first * (1 + gain)));
    }
    return new Power(rule, new Noise(0), plan).verdict(pairs);
  }
}

import hostperf.verdict.Family;
import hostperf.verdict.Noise;
import hostperf.verdict.Pair;
import hostperf.verdict.Plan;
import hostperf.verdict.Power;
import hostperf.verdict.Rule;
import hostperf.verdict.Spending;
import hostperf.measure.Tier;
import hostperf.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// The tables that `measure-power.sh` prints.
public class MeasurePower {
  private static final int EXPERIMENTS = 10_000;

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
    once();
    looks();
  }

  /// Eight and ten pairs at the first of several looks, whatever the size.
  private static void once() {
    for (int pairs : new int[] {8, 10}) {
      var first = new Plan(1, pairs, pairs, 1);
      System.out.println();
      System.out.printf(
          "%d pairs, one look, %d experiments; effect asked for: 0.01%% | 1%%%n",
          pairs, EXPERIMENTS);
      MACHINES.forEach((what, machine) -> same(what, first, machine));
      MACHINES.forEach(
          (what, machine) ->
              System.out.printf(
                  "a true 2%%, %s: improved in %.2f%%%n",
                  what, 100 * improved(0.02, 0.01, first, machine)));
    }
  }

  /// Ten looks, from 8 to 80 pairs, as `validate` with `more` takes them.
  private static void looks() {
    var ten = new Plan(0, 8, 8, Spending.MOST_LOOKS);
    System.out.println();
    System.out.printf(
        "ten looks of 8 pairs more each, %d experiments; effect asked for: 0.01%% | 1%%%n",
        EXPERIMENTS);
    MACHINES.forEach((what, machine) -> same(what, ten, machine));
    for (double noise : new double[] {0.01, 0.02, 0.03}) {
      gain("a true 2%%, noise %.0f%%".formatted(noise * 100), ten, 0.02, noise);
    }
  }

  /// The log of what a machine does to one launch after the other.
  interface Machine {
    double[] launches(int count, Random random);
  }

  private static final Map<String, Machine> MACHINES = new LinkedHashMap<>();

  static {
    MACHINES.put("noise 1%", each((_, random) -> 0.01 * random.nextGaussian()));
    MACHINES.put("noise 5%", each((_, random) -> 0.05 * random.nextGaussian()));
    MACHINES.put("noise 1%, one launch in ten 20% off", each(MeasurePower::withOutliers));
    MACHINES.put(
        "drift of 40% over 160 launches",
        each((launch, random) -> Math.log1p(0.4 * launch / 160) + 0.01 * random.nextGaussian()));
    MACHINES.put(
        "5% warming up over some 5 launches",
        each((launch, random) -> 0.05 * Math.exp(-launch / 5.0) + 0.01 * random.nextGaussian()));
    MACHINES.put("a random walk, 1% a launch", MeasurePower::walk);
    MACHINES.put("two modes 3% apart", each((_, random) -> modes(0.97, 0.005, random)));
    MACHINES.put("two modes 20% apart", each((_, random) -> modes(0.8, 0.01, random)));
    MACHINES.put("two modes 5% apart that last", MeasurePower::lasting);
  }

  private static Machine each(BiFunction<Integer, Random, Double> launch) {
    return (count, random) ->
        IntStream.range(0, count).mapToDouble(i -> launch.apply(i, random)).toArray();
  }

  private static double withOutliers(int launch, Random random) {
    return (random.nextInt(10) == 0 ? -0.2 : 0) + 0.01 * random.nextGaussian();
  }

  private static double modes(double other, double noise, Random random) {
    return (random.nextDouble() < 0.3 ? Math.log(other) : 0) + noise * random.nextGaussian();
  }

  private static double[] walk(int count, Random random) {
    var launches = new double[count];
    double at = 0;
    for (int i = 0; i < count; i++) {
      at += 0.01 * random.nextGaussian();
      launches[i] = at;
    }
    return launches;
  }

  private static double[] lasting(int count, Random random) {
    var launches = new double[count];
    boolean isSlow = random.nextBoolean();
    for (int i = 0; i < count; i++) {
      isSlow ^= random.nextInt(6) == 0;
      launches[i] = (isSlow ? -0.05 : 0) + 0.005 * random.nextGaussian();
    }
    return launches;
  }

  private static void same(String what, Plan plan, Machine machine) {
    System.out.printf(
        "no change, %-36s: improved in %.2f%% | %.2f%%%n",
        what, 100 * improved(0, 0.0001, plan, machine), 100 * improved(0, 0.01, plan, machine));
  }

  private static void gain(String what, Plan plan, double gain, double noise) {
    Machine machine = each((_, random) -> noise * random.nextGaussian());
    System.out.printf("%s: improved in %.2f%%%n", what, 100 * improved(gain, 0.01, plan, machine));
  }

  private static double improved(double gain, double minEffect, Plan plan, Machine machine) {
    var rule = new Rule(minEffect, 0, plan.alpha(1), Family.ALONE);
    var power = new Power(rule, new Noise(0), plan);
    long found =
        IntStream.range(0, EXPERIMENTS)
            .parallel()
            .filter(i -> power.verdict(pairs(gain, plan, machine, i)) == Verdict.IMPROVED)
            .count();
    return (double) found / EXPERIMENTS;
  }

  private static List<Pair> pairs(double gain, Plan plan, Machine machine, int experiment) {
    int count = plan.pairsAt(plan.looks());
    double[] logs = machine.launches(2 * count, new Random(1_000_003L * experiment + 17));
    return IntStream.range(0, count)
        .mapToObj(
            pair -> {
              double first = Math.exp(logs[2 * pair]);
              double second = Math.exp(logs[2 * pair + 1]);
              return pair % 2 == 0
                  ? new Pair(first, second * (1 + gain))
                  : new Pair(second, first * (1 + gain));
            })
        .toList();
  }
}

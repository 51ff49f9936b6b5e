import hostperf.measure.Family;
import hostperf.measure.Noise;
import hostperf.measure.Plan;
import hostperf.measure.Power;
import hostperf.measure.Rule;

/// The table that `measure-power.sh` prints.
public class MeasurePower {
  public static void main(String[] arguments) {
    double[] gains = {0, 0.01, 0.02, 0.05, 0.1};
    System.out.println("plan     noise  | chance of `improved` at a true gain of | found 4 in 5");
    System.out.println("                |   none     1%     2%     5%    10%      |");
    for (Plan plan : new Plan[] {new Plan(0, 8, 0), new Plan(0, 10, 0), new Plan(0, 10, 10)}) {
      for (double noise : new double[] {0.005, 0.01, 0.02, 0.05, 0.1}) {
        var rule = new Rule(Rule.DEFAULT_MIN_EFFECT, 0, plan.alpha(), Family.ALONE);
        var pairs = new Noise(noise * Math.sqrt(2));
        var power = new Power(rule, pairs, plan.pairs(), plan.extension());
        System.out.printf("%2d (+%2d) %5.1f%%  |", plan.pairs(), plan.extension(), noise * 100);
        for (double gain : gains) {
          System.out.printf(" %5.1f%%", power.chance(gain) * 100);
        }
        System.out.printf("      | %.1f%%%n", power.resolvable() * 100);
      }
    }
  }
}

package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.metric.Better;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class PointsTest {
  private static final Rule RULE = Rule.of(0.01);

  private static List<Pair> pairs(Random random, double gain, double noise) {
    var pairs = new ArrayList<Pair>();
    for (int i = 0; i < 10; i++) {
      double base = 100 * Math.exp(noise * random.nextGaussian());
      pairs.add(new Pair(base, 100 * (1 + gain) * Math.exp(noise * random.nextGaussian())));
    }
    return pairs;
  }

  private static Judged judged(SequencedMap<String, List<Pair>> pairs) {
    var shifts = new LinkedHashMap<String, Shift>();
    pairs.forEach((point, at) -> shifts.put(point, Shift.ofLaunches(Better.HIGHER, at)));
    return Points.judge(RULE, RULE, Better.HIGHER, shifts).whole();
  }

  private static SequencedMap<String, List<Pair>> at(Random random, double c1, double c64) {
    var pairs = new LinkedHashMap<String, List<Pair>>();
    pairs.put("c1", pairs(random, c1, 0.005));
    pairs.put("c64", pairs(random, c64, 0.005));
    return pairs;
  }

  @Test
  void keepsAPatchThatImprovesOnePointAndLeavesTheOtherAlone() {
    var whole = judged(at(new Random(1), 0, 0.05));
    assertThat(whole.verdict()).isEqualTo(Verdict.IMPROVED);
    assertThat(whole.reason()).startsWith("At c64: ").contains("Other points: c1 unchanged");
  }

  @Test
  void rejectsAPatchThatMakesOnePointWorseHoweverMuchTheOtherGains() {
    var whole = judged(at(new Random(2), -0.04, 0.30));
    assertThat(whole.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(whole.estimate()).isNegative();
    assertThat(whole.reason()).startsWith("At c1: ").contains("Other points: c64 improved (+3");
  }

  @Test
  void callsAPatchUnchangedOnlyWhereEveryPointIs() {
    assertThat(judged(at(new Random(3), 0, 0)).verdict()).isEqualTo(Verdict.UNCHANGED);
  }

  /// Six pairs are enough for one point; each of two is judged at half the level.
  @Test
  void theFewestPairsCanDecideAtEveryNumberOfPoints() {
    for (int points = 1; points <= 8; points++) {
      int fewest = Plan.fewest(points).pairs();
      var pairs = new LinkedHashMap<String, List<Pair>>();
      for (int point = 0; point < points; point++) {
        pairs.put("p" + point, pairs(new Random(point), 0.2, 0.001).subList(0, fewest));
      }
      assertThat(judged(pairs).verdict())
          .describedAs("%d points", points)
          .isEqualTo(Verdict.IMPROVED);
    }
    assertThat(Plan.fewest(1).pairs()).isEqualTo(6);
    assertThat(Plan.fewest(2).pairs()).isEqualTo(8);
  }

  @Test
  void seldomFindsADifferenceAtAnyOfManyPointsWhereThereIsNone() {
    int wrong = 0;
    var random = new Random(4);
    for (int run = 0; run < 1000; run++) {
      var pairs = new LinkedHashMap<String, List<Pair>>();
      for (int point = 0; point < 6; point++) {
        // So noisy that the effect asked for is no hurdle.
        pairs.put("p" + point, pairs(random, 0, 0.05));
      }
      var verdict = judged(pairs).verdict();
      wrong += verdict == Verdict.IMPROVED || verdict == Verdict.REGRESSED ? 1 : 0;
    }
    assertThat(wrong).isLessThanOrEqualTo(60);
  }
}

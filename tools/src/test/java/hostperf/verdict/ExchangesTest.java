package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.metric.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ExchangesTest {
  private final Random random = new Random(3);

  private static double[][] launches(int pairs, IntToDoubleFunction launch) {
    var gains = new double[pairs][];
    for (int pair = 0; pair < pairs; pair++) {
      double first = launch.applyAsDouble(2 * pair);
      double second = launch.applyAsDouble(2 * pair + 1);
      gains[pair] = pair % 2 == 0 ? new double[] {first, second} : new double[] {second, first};
    }
    return gains;
  }

  /// All 6·6·6 ways, one by one.
  @Test
  void countsTheExchangesThatGiveAsMuch() {
    for (int trial = 0; trial < 50; trial++) {
      var gains = launches(6, _ -> random.nextGaussian());
      double change = random.nextGaussian();
      assertThat(new Exchanges(gains).above(change))
          .isCloseTo(listed(gains, change), within(0.012));
    }
  }

  private static double listed(double[][] gains, double change) {
    List<Double> sums = new ArrayList<>(List.of(0.0));
    double seen = 0;
    for (int four = 0; four < gains.length; four += 2) {
      double[] all = {
        gains[four][0], gains[four + 1][0], gains[four][1] - change, gains[four + 1][1] - change
      };
      seen += all[2] + all[3];
      var next = new ArrayList<Double>();
      for (double sum : sums) {
        for (int i = 0; i < 4; i++) {
          for (int j = 0; j < i; j++) {
            next.add(sum + all[i] + all[j]);
          }
        }
      }
      sums = next;
    }
    double least = seen - 1e-12;
    return sums.stream().filter(s -> s >= least).count() / (double) sums.size();
  }

  @Test
  void aLonePairAtTheEndCounts() {
    assertThat(new Exchanges(launches(7, _ -> random.nextGaussian())).least())
        .isCloseTo(1.0 / 6 / 6 / 6 / 2, within(1e-12));
    assertThat(new Exchanges(launches(1, launch -> launch)).above(0)).isEqualTo(0.5);
  }

  @Test
  void whatIsTheSameEverywhereIsNoDifference() {
    var same = new Exchanges(launches(8, _ -> 3));
    assertThat(same.above(0)).isEqualTo(1);
    assertThat(same.below(0)).isEqualTo(1);
  }

  @Test
  void intervalAndPNeverDisagree() {
    for (int trial = 0; trial < 200; trial++) {
      var pairs = new ArrayList<Pair>();
      for (int pair = 0; pair < 8; pair++) {
        pairs.add(new Pair(level(0), level(0.01)));
      }
      var shift = Shift.ofLaunches(Better.HIGHER, pairs);
      var interval = shift.interval(0.05);
      assertThat(interval.isBetter() || interval.isWorse()).isEqualTo(shift.p() <= 0.05);
      assertThat(-0.02 <= interval.low() && interval.high() <= 0.02)
          .isEqualTo(shift.isWithin(0.02, 0.05));
    }
  }

  private double level(double gain) {
    return 100 * Math.exp(gain + 0.01 * random.nextGaussian());
  }

  @Test
  void aSteadyDriftIsNoDifference() {
    assertThat(new Exchanges(launches(8, launch -> launch * 0.01)).above(0)).isGreaterThan(0.3);
    assertThat(new Exchanges(launches(8, launch -> launch * 0.01)).below(0)).isGreaterThan(0.3);
  }

  @Test
  void swappingTheSidesMirrorsTheInterval() {
    var pairs = List.of(new Pair(3, 4), new Pair(5, 4.5), new Pair(7, 9), new Pair(2, 2.5));
    var swapped =
        pairs.stream()
            .map(p -> new Pair(/* base= */ p.candidate(), /* candidate= */ p.base()))
            .toList();
    var there = Shift.ofLaunches(Better.HIGHER, pairs).interval(0.1);
    var back = Shift.ofLaunches(Better.HIGHER, swapped).interval(0.1);
    assertThat(Math.log1p(there.low())).isCloseTo(-Math.log1p(back.high()), within(1e-6));
  }
}

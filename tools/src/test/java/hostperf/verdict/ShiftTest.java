package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.metric.Better;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShiftTest {
  @Test
  void walshAveragesComeInOrderAndAreFoundWithoutListingThem() {
    var random = new Random(7);
    double[] values = random.ints(23, -6, 7).asDoubleStream().map(v -> v / 7).toArray();
    double[] all =
        IntStream.range(0, values.length)
            .boxed()
            .flatMapToDouble(
                i -> IntStream.rangeClosed(0, i).mapToDouble(j -> (values[i] + values[j]) / 2))
            .sorted()
            .toArray();
    var averages = new WalshAverages(values);
    assertThat(IntStream.rangeClosed(1, all.length).mapToDouble(averages::at).toArray())
        .containsExactly(all);
  }

  @Test
  void oneWildLaunchHardlyMovesTheEstimate() {
    var steady = pairs(1.02, 1.021, 1.019, 1.02, 1.022, 1.018, 1.02, 1.02, 1.5);
    assertThat(new Shift(Better.HIGHER, steady).estimate()).isCloseTo(0.02, within(0.002));
  }

  @Test
  void swappingTheSidesMirrorsEveryNumber() {
    var pairs = List.of(new Pair(3, 4), new Pair(5, 4.5), new Pair(7, 9), new Pair(2, 2.5));
    var swapped =
        pairs.stream()
            .map(p -> new Pair(/* base= */ p.candidate(), /* candidate= */ p.base()))
            .toList();
    var there = new Shift(Better.HIGHER, pairs);
    var back = new Shift(Better.LOWER, swapped);
    assertThat(Math.log1p(there.estimate()))
        .isCloseTo(-Math.log1p(-back.estimate()), within(1e-12));
    assertThat(there.p()).isEqualTo(back.p());
  }

  @Test
  void lessOfALowerIsBetterMetricIsAPositiveChange() {
    var pairs = List.of(new Pair(10, 9), new Pair(100, 90));
    assertThat(new Shift(Better.LOWER, pairs).estimate()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void zerosAndTiesAreCountedAgainstADifference() {
    var tied = pairs(1, 1, 1, 1.01, 1.01, 1.01, 1.01, 1.01);
    assertThat(new Shift(Better.HIGHER, tied).p()).isGreaterThan(0.05);
    assertThat(new Shift(Better.HIGHER, tied).interval(0.05).low()).isZero();
    assertThat(new Shift(Better.HIGHER, pairs(1, 1, 1, 1, 1, 1)).p()).isEqualTo(1);
  }

  @Test
  void intervalAndPNeverDisagree() {
    var random = new Random(11);
    for (int trial = 0; trial < 500; trial++) {
      int n = 6 + random.nextInt(30);
      double[] ratios = random.doubles(n).map(r -> 0.95 + Math.round(12 * r) / 100.0).toArray();
      var shift = new Shift(Better.HIGHER, pairs(ratios));
      var interval = shift.interval(0.05);
      assertThat(interval.isBetter() || interval.isWorse()).isEqualTo(shift.p() <= 0.05);
    }
  }

  private static List<Pair> pairs(double... ratios) {
    return IntStream.range(0, ratios.length).mapToObj(i -> new Pair(1, ratios[i])).toList();
  }
}

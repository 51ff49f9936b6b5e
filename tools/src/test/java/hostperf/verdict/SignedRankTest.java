package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.metric.Better;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

class SignedRankTest {
  @Test
  void sixPairsAreTheFewestWithAnIntervalOfNinetyFivePercent() {
    assertThat(SignedRank.bound(5, 0.05)).isZero();
    assertThat(SignedRank.bound(6, 0.05)).isEqualTo(1);
    assertThat(SignedRank.bound(6, 0.025)).isZero();
    assertThat(SignedRank.bound(7, 0.025)).isEqualTo(1);
  }

  /// Wilcoxon's table for the two-sided 5% level: reject at sums up to 8 (n 10), 52 (20), 137 (30).
  @Test
  void boundsAreThoseOfThePublishedTable() {
    assertThat(IntStream.of(10, 20, 30).mapToLong(n -> SignedRank.bound(n, 0.05) - 1).toArray())
        .containsExactly(8, 52, 137);
  }

  @Test
  void theApproximationMeetsTheExactCountWhereItTakesOver() {
    int n = SignedRank.EXACT;
    for (long t : new long[] {1500, 1955, 2525}) {
      double z =
          (t + 0.5 - SignedRank.ranks(n) / 2.0) / Math.sqrt(n * (n + 1.0) * (2 * n + 1) / 24);
      var normal = org.apache.commons.statistics.distribution.NormalDistribution.of(0, 1);
      assertThat(SignedRank.atMost(n, t))
          .isCloseTo(normal.cumulativeProbability(z), within(0.0002));
    }
  }

  @Test
  void pAgreesWithCommonsStatisticsWhereNothingIsTied() {
    var random = new Random(3);
    for (int n = 1; n <= 40; n++) {
      double[] gains = random.doubles(n, -1, 1.5).toArray();
      var pairs = IntStream.range(0, n).mapToObj(i -> new Pair(1, Math.exp(gains[i]))).toList();
      double expected = WilcoxonSignedRankTest.withDefaults().test(gains).getPValue();
      assertThat(new Shift(Better.HIGHER, pairs).p()).isCloseTo(expected, within(1e-9));
    }
  }
}

package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpendingTest {
  /// A look's level is what it spends where no look came before it.
  @Test
  void theFirstLookHasItsPart() {
    assertThat(new Spending(1, 1).alpha(1)).isCloseTo(0.9 * Spending.ALL, within(1e-4));
    assertThat(new Spending(3, 1).alpha(1)).isCloseTo(0.025 * Spending.ALL, within(1e-5));
  }

  /// Pocock's constant: two equal looks at 5% two-sided, each at a level of 2.94%.
  @Test
  void looksThatShareTheirPairsHaveTheLevelsOfTheTables() {
    double[] spent = {0.0147, 0.025 - 0.0147};
    assertThat(Walk.levels(spent, 1))
        .allSatisfy(level -> assertThat(2 * level).isCloseTo(0.0294, within(0.0002)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void tenLooksAreWrongInTwoOfAHundredWalks(int main) {
    var random = new Random(9);
    var spending = new Spending(main, 1);
    double[] bounds =
        IntStream.rangeClosed(1, Spending.MOST_LOOKS)
            .mapToDouble(look -> z(spending.alpha(look) / 2) * Math.sqrt(look))
            .toArray();
    int walks = 40_000;
    int wrong = 0;
    for (int walk = 0; walk < walks; walk++) {
      double at = 0;
      boolean crossed = false;
      for (double bound : bounds) {
        at += random.nextGaussian();
        crossed |= at > bound;
      }
      wrong += crossed ? 1 : 0;
    }
    assertThat(wrong / (double) walks).isCloseTo(Spending.ALL / 2, within(0.0022));
  }

  @Test
  void everyLookCanDecide() {
    for (int main : List.of(1, 3)) {
      for (int look = 1; look <= Spending.MOST_LOOKS; look++) {
        assertThat(new Spending(main, 1).alpha(look)).isGreaterThan(0.0004);
      }
    }
  }

  private static double z(double tail) {
    return org.apache.commons.statistics.distribution.NormalDistribution.of(0, 1)
        .inverseSurvivalProbability(tail);
  }
}

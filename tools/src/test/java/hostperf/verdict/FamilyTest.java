package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FamilyTest {
  @Test
  void aSecondTryAfterAFailedOneIsJudgedAtHalf() {
    assertThat(level(0.02, 0.6)).isEqualTo(0.025);
  }

  @Test
  void aTryAfterOneThatHeldIsJudgedAsHolmStepsDown() {
    assertThat(level(0.03, 0.001)).isEqualTo(0.05);
  }

  @Test
  void aTryBehindOneThatFailedItsOwnStepIsJudgedAtTheStrictest() {
    assertThat(level(0.045, 0.04, 0.9)).isCloseTo(0.05 / 3, within(1e-12));
  }

  private static double level(double p, Double... earlier) {
    return new Family(List.of(earlier)).level(0.05, p);
  }
}

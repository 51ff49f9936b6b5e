package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PowerTest {
  /// The research's table (3,000 trials): 10 pairs at a launch-to-launch variation of 1%.
  @Test
  void foretellsWhatAnIndependentSimulationFound() {
    var power = new Power(Rule.of(0.01), new Noise(0.01 * Math.sqrt(2)), new Plan(0, 10, 0));
    assertThat(power.chance(0.02)).isCloseTo(0.96, within(0.03));
    assertThat(power.chance(0.01)).isCloseTo(0.41, within(0.05));
    assertThat(power.chance(0)).isLessThan(0.025);
  }

  @Test
  void saysTheLeastGainThatCanBeFoundFourTimesInFive() {
    var noisy = new Power(Rule.of(0.01), new Noise(0.05), new Plan(0, 8, 0));
    assertThat(noisy.chance(noisy.resolvable())).isBetween(0.8, 0.85);
  }

  @Test
  void anExtensionFindsMore() {
    var rule = new Rule(0.01, 0, Rule.ONE_LOOK, Family.ALONE);
    var noise = new Noise(0.03);
    assertThat(new Power(rule, noise, new Plan(0, 8, 8)).chance(0.03))
        .isGreaterThan(new Power(rule, noise, new Plan(0, 8, 8, 1)).chance(0.03));
  }
}

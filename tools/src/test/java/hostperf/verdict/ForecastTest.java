package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForecastTest {
  @Test
  void tellsWhatCanBeFoundAndWhatItCosts() {
    var forecast = Forecast.of(new Plan(1, 8, 0), Rule.of(0.01), new Noise(0.02), 0.025, 140);
    assertThat(forecast.text())
        .isEqualTo(
            "8 pairs at your noise find a gain of 2.5% in about 90 of 100 tries, and one of 2.3% in"
                + " 80 of 100; about 40 minutes.");
  }

  @Test
  void tellsWhatAnExtensionMayCost() {
    var rule = new Rule(0.01, 0, Rule.ONE_LOOK, Family.ALONE);
    var forecast = Forecast.of(new Plan(0, 8, 8), rule, new Noise(0.001), 0.02, 3);
    assertThat(forecast.text())
        .contains("8 pairs (and 8 more if they leave it open)", "nearly always")
        .endsWith("about 48 s, at most 96 s.");
  }
}

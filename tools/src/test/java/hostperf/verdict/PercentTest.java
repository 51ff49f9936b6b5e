package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {
  /// One style in reasons, tables and reports.
  @ParameterizedTest
  @CsvSource({
    "0.2952, +29.5%, 29.5%",
    "-0.134, -13.4%, 13.4%",
    "0.01, +1.0%, 1.0%",
    "0.0006, +0.06%, 0.06%",
    "0.00001, +0.0%, 0.0%",
    "0, +0.0%, 0.0%"
  })
  void aChangeHasOneDigitAfterThePoint(double fraction, String signed, String size) {
    assertThat(Percent.signed(fraction)).isEqualTo(signed);
    assertThat(Percent.percent(fraction)).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({"0.01, 1%", "0.0125, 1.25%", "0.9875, 98.75%", "0.95, 95%"})
  void aSettingHasTheDigitsThatItWasGiven(double fraction, String text) {
    assertThat(Percent.setting(fraction)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.0098, +0.98%", "0.01, +1.00%", "-0.0103, -1.03%", "0.02, +2.0%"})
  void aChangeCloseToItsBoundShowsOnWhichSideItIs(double fraction, String text) {
    assertThat(Percent.signed(fraction, 0.01)).isEqualTo(text);
  }
}

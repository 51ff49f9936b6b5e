package hostperf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hostperf.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesFileTest {
  private static final String FASTER =
      """
      {"metric": {"name": "tpot", "unit": "ms", "better": "lower"}, "min_effect": 0.01,
       "pairs": [{"base": 10, "candidate": 9.5}, {"base": 10.1, "candidate": 9.6},
                 {"base": 10.2, "candidate": 9.7}, {"base": 9.9, "candidate": 9.4},
                 {"base": 10, "candidate": 9.51}, {"base": 10, "candidate": 9.49}]}
      """;

  @Test
  void lessLatencyIsAnImprovement() {
    Judged judged = SamplesFile.parse(FASTER).judged().getFirst();
    assertThat(judged.verdict()).isEqualTo(Verdict.IMPROVED);
    assertThat(judged.estimate()).isCloseTo(0.05, within(0.001));
    assertThat(judged.reason())
        .isEqualTo(
            "The 95% interval -5.1% to -4.9% lies wholly on the better side of no change, and the"
                + " estimate -5.0% reaches the 1% asked for.");
  }

  @Test
  void theSameFileWithTheOtherDirectionIsARegression() {
    String slower = FASTER.replace("lower", "higher");
    assertThat(SamplesFile.parse(slower).judged().getFirst().verdict())
        .isEqualTo(Verdict.REGRESSED);
  }

  @Test
  void aListIsAnsweredInItsOrder() {
    var file = SamplesFile.parse("[" + FASTER + "," + FASTER.replace("lower", "higher") + "]");
    assertThat(file.isList()).isTrue();
    assertThat(file.judged())
        .extracting(Judged::verdict)
        .containsExactly(Verdict.IMPROVED, Verdict.REGRESSED);
  }

  @Test
  void threePairsAreOpenHoweverClearAndSayWhatIsMissing() {
    var file =
        SamplesFile.parse(
            """
            {"metric": {"name": "t", "better": "higher"},
             "pairs": [{"base": 1, "candidate": 2}, {"base": 1, "candidate": 2.1},
                       {"base": 1, "candidate": 1.9}]}
            """);
    Judged judged = file.judged().getFirst();
    assertThat(judged.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judged.furtherPairs()).isEqualTo(3);
    assertThat(judged.interval().confidence()).isEqualTo(0.75);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"metric\": {\"name\": \"a\", \"better\": \"up\"}}|metric.better is \"up\"",
        "[{\"metric\": {\"name\": \"a\"}}]|[0].metric.better is missing",
        "{\"metric\": \"a\"}|metric.name is missing",
        "{\"metric\": {\"name\": \"a\", \"better\": \"lower\"}, \"min_effect\": \"1%\"}|min_effect is \"1%\"",
        "{\"metric\": {\"name\": \"a\", \"better\": \"lower\"}}|pairs is missing",
        "{\"metric\": {\"name\": \"a\", \"better\": \"lower\"}, \"pairs\": [{\"base\": 1}]}|candidate is missing",
        "{\"metric\": {\"name\": \"a\", \"better\": \"lower\"}, \"pairs\": [{\"base\": 0}]}|base is 0",
        "[]|is empty",
        "nonsense|not JSON (line 1)",
        "3|The file holds 3"
      })
  void whatCannotBeReadIsRefusedByItsPath(String json, String why) {
    assertThatThrownBy(() -> SamplesFile.parse(json))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(why);
  }

  @Test
  void aNameThatStandsTwiceIsRefused() {
    assertThatThrownBy(() -> SamplesFile.parse("{\"min_effect\": 1, \"min_effect\": 0.01}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("not JSON")
        .hasMessageContaining("min_effect");
  }
}

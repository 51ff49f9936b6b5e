package hostperf.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricWordTest {
  /// A word that ends in the pattern is written with a dot, one that may go on with an ellipsis.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Throughput: ([\\d.]+) tok/s | throughput. tok.",
        "Mean TPOT \\(ms\\):\\s+([\\d.]+) | mean. tpot.",
        "throughput | throughput…",
        "throughput\\s*=\\s*(\\d+) | throughput.",
        "throughput\\s*\\w+ | throughput…",
        "tok(en)?s/sec | tok… sec…",
        "tokens?/step | token… step…",
        "steps\\b | steps.",
        "Rate[: ]+([0-9.]+) | rate.",
        "Rate[^0-9]+([0-9.]+) | rate…",
        "Rate.*?([0-9.]+) | rate…",
        "(?i)(?P<name>total) | total…",
        "Rate{2}x | rate…",
        "\\p{Lu}rate\\x41 | rate…",
      })
  void readsTheWordsOfAPattern(String pattern, String words) {
    assertThat(
            MetricWord.of(pattern).stream()
                .map(w -> w.text() + (w.ends() ? "." : "…"))
                .collect(Collectors.joining(" ")))
        .isEqualTo(words);
  }

  @Test
  void aWordThatEndsIsNotFoundInALongerOne() {
    var text = new MetricText(List.of(Pattern.compile("Throughput: ([\\d.]+) tok/s")));
    assertThat(text.canRead("Unexpected: grammar rejected tokens %s for request %s.", true))
        .isFalse();
    assertThat(text.canRead("5 tok", true)).isTrue();
    assertThat(text.canRead("tokens, then a tok/s", true)).isTrue();
    assertThat(text.canRead("throughputs", false)).isFalse();
    assertThat(text.canRead("its throughput", false)).isTrue();
  }
}

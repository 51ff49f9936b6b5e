package hostperf.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A figure is read whole or not at all.
class MetricReaderTest {
  private static final String USUAL = "tok/s\\):\\s+([\\d.]+)";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          862.09                 | 862.09
          862                    | 862
          862.09 (+1.2%)         | 862.09
          862.09tok/s            | 862.09
          862.09.                | 862.09
          ESC[1;32m862.09ESC[0m        | 862.09
          862.09ESC(BESC[m           | 862.09
          ESC[38;5;10m862.09ESC[K    | 862.09
          ESC]8;;xBEL862.09ESC]8;;BEL | 862.09
          862.09,17.18           | 862.09
          862.09, 17             | 862.09
          862.09/1000            | 862.09
          9 203                  | 9
          9 20.5                 | 9
          """)
  void readsANumberThatThePatternTakesWhole(String printed, double value) {
    String raw = printed.replace("ESC", "\u001b").replace("BEL", "\u0007");
    assertThat(value(USUAL, "(tok/s):   " + raw)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          9,203.05       | 9203.05
          9,203          | 9203
          1,009,203.05   | 1009203.05
          9_203.05       | 9203.05
          9'203.05       | 9203.05
          9\u00a0203.05  | 9203.05
          1.1684E+04     | 11684
          1.1684e4       | 11684
          1.5e-3         | 0.0015
          -5.25          | -5.25
          +5.25          | 5.25
          .5             | 0.5
          123.4tok/s     | 123.4
          9,203.05tok/s  | 9203.05
          1e3ms          | 1000
          12%            | 12
          """)
  void readsAWordThatBeginsWithANumber(String printed, double value) {
    assertThat(value("tok/s\\): ([^ ]+)", "(tok/s): " + printed)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          9,203.05       | `9`, but the number goes on with `,203.05`; use
          1.1684E+04     | `1.1684`, but the number goes on with `E+04`; use
          1.1684e4       | `1.1684`, but the number goes on with `e4`; use
          1_009_203      | `1`, but the number goes on with `_009_203`
          9'203.05       | `9`, but the number goes on with `'203.05`
          9\u202f203.05  | `9`, but the number goes on with
          9 203.05       | `9`, but the number goes on with ` 203.05`; let
          1 009 203.05   | `1`, but the number goes on with ` 009 203.05`; let
          862,09         | `862`, but the number goes on with `,09`; print it
          1.862,09       | `1.862`, but the number goes on with `,09`; print it
          02:32          | `02`, but the number goes on with `:32`; print it
          1:02:32.5      | `1`, but the number goes on with `:02:32.5`; print it
          1.2k           | `1.2`, but the number goes on with `k`; print it
          1.2ktok/s      | `1.2`, but the number goes on with `k`; print it
          3.4M/s         | `3.4`, but the number goes on with `M`; print it
          1.2\u00d710\u00b3 | `1.2`, but the number goes on with `\u00d710\u00b3`; print it
          1.2 x 10^3     | `1.2`, but the number goes on with ` x 10^3`; print it
          2m30s          | `2`, but the number goes on with `m30s`; print it
          1h02m          | `1`, but the number goes on with `h02m`; print it
          """)
  void refusesANumberThatGoesOnBehindTheMatch(String printed, String why) {
    assertThat(reason(USUAL, "(tok/s):   " + printed))
        .startsWith(
            "in the line `(tok/s):   " + printed + "` the pattern " + USUAL + " matches " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tok/s.*([\\d.]+)   | 862.09   | `9`, but the number there is `862.09`; use
          tok/s.*(\\d+\\.\\d+) | 862.09 | `2.09`, but the number there is `862.09`; use
          tok/s.*,(\\d+)     | 9,203    | `203`, but the number there is `9,203`; let the pattern's group take all of it
          tok/s.*-([\\d.]+)  | -5.25    | `5.25`, but the number there is `-5.25`; let
          tok/s.* (\\d)      | 862      | `8`, but the number goes on with `62`; use
          """)
  void refusesANumberThatBeginsBeforeTheMatchOrIsCut(String pattern, String printed, String why) {
    assertThat(reason(pattern, "(tok/s): " + printed)).contains("matches " + why);
  }

  @Test
  void thePatternThatARefusalNamesReadsTheNumber() {
    for (String pattern : List.of(USUAL, "tok/s.*([\\d.]+)", "(?:t)ok[/(]s\\)\\S (?<v>\\d+)")) {
      for (String printed : List.of("9,203.05", "1.1684E+04")) {
        String line = "(tok/s): " + printed;
        String better = reason(pattern, line).replaceFirst("(?s).*; use ", "");
        assertThat(value(better, line)).isEqualTo(printed.startsWith("9") ? 9203.05 : 11684);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'862,09'",
    "'9,20,3'",
    "'12:30'",
    "'1.2.3'",
    "'128/128'",
    "0x1F",
    "1.2k",
    "2m30s",
    "1.5E+",
    "nan",
    "inf",
    "'~'"
  })
  void whatCanBeReadInTwoWaysIsNoNumber(String printed) {
    assertThat(reason("tok/s\\): (\\S+)", "(tok/s): " + printed))
        .contains("`" + printed + "` is not a number");
  }

  @Test
  void aPatternMaySayThatACommaEndsTheNumber() {
    assertThat(value("^run,(\\d+),", "run,862,17")).isEqualTo(862);
    assertThat(reason("^run,(\\d+)", "run,9,203")).contains("goes on with `,203`");
  }

  @Test
  void aGroupMayTakeTheSpacesBetweenThousands() {
    assertThat(value("tok/s: ([\\d .]+)", "tok/s: 9 203.05")).isEqualTo(9203.05);
    assertThat(reason("tok/s: ([\\d .]+)", "tok/s: 9 203")).contains("is not a number");
  }

  @Test
  void columnsThatThePatternNamesAreNoThousands() {
    assertThat(value("iter (\\d+) [\\d.]+ ms", "iter 12 345.67 ms")).isEqualTo(12);
    assertThat(value("iter \\d+ ([\\d.]+) ms", "iter 12 345.67 ms")).isEqualTo(345.67);
  }

  @Test
  void theLastMatchCountsAndAloneIsJudged() {
    var reader = reader(USUAL);
    reader.accept("tok/s): 9,203.05");
    reader.accept("tok/s): 903.05");
    assertThat(reader.metrics("", Path.of("log")).value("m")).contains(903.05);
  }

  @Test
  void aMatchOverSeveralLinesIsJudgedByTheNumbersLine() {
    String kept = "Latency:\n  9,203.05\n1\n";
    assertThat(reader("Latency:\\n\\s+([\\d.]+)").metrics(kept, Path.of("log")).missing())
        .singleElement()
        .extracting(Metrics.Missing::reason)
        .asString()
        .contains("in the line `9,203.05`", "goes on with `,203.05`");
  }

  private static double value(String pattern, String line) {
    var reader = reader(pattern);
    reader.accept(line);
    var metrics = reader.metrics(line, Path.of("log"));
    assertThat(metrics.missing()).isEmpty();
    return metrics.value("m").orElseThrow();
  }

  private static String reason(String pattern, String line) {
    var reader = reader(pattern);
    reader.accept(line);
    var metrics = reader.metrics(line, Path.of("log"));
    assertThat(metrics.values()).isEmpty();
    return metrics.missing().getFirst().reason();
  }

  private static MetricReader reader(String pattern) {
    return new MetricReader(
        List.of(new Metric("m", "u", Better.HIGHER, true, 0.02, Pattern.compile(pattern))));
  }
}

package hostperf.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.configuration.ConfigurationReader.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// A `hostperf.yaml` that was made to mislead whoever reads it, or to break the reader.
class HostileConfigurationTest {
  private static final String WORKLOAD =
      "workload:\n  command: [python3, b.py]\n  metrics: [{name: t, pattern: 't=(.*)'}]\n";

  static final List<Arguments> FAULTY =
      List.of(
          Arguments.of("a: &a {approval: never}\npolicy: {<<: *a}\n", "unknown key `policy.<<`"),
          Arguments.of("policy: {approval: ask, <<: {approval: never}}\n", "`policy.<<`"),
          Arguments.of("x: &k policy\n*k : {approval: never}\npolicy: {}\n", "occurs twice"),
          Arguments.of("policy: {}\n\"pol\\u0069cy\": {approval: never}\n", "occurs twice"),
          Arguments.of("policy: {}\n!!str policy: {approval: never}\n", "occurs twice"),
          Arguments.of("pol\u0456cy: {approval: never}\n", "unknown key"),
          Arguments.of("policy: {approval: !!binary bmV2ZXI=}\n", "must be one of ask"),
          Arguments.of("policy: {approval: Never}\n", "must be one of ask"),
          Arguments.of("policy: {max_rounds: 99999999999999999999}\n", "a whole number"),
          Arguments.of("policy: &p {editable: [x], protected: *p}\n", "is a structure"),
          Arguments.of("---\npolicy: {approval: never}\n", "another document"),
          Arguments.of("tests: {command: []}\n", "`tests.command` names no program"),
          Arguments.of("tests: {command: ['']}\n", "`tests.command` names no program"),
          Arguments.of("tests: {timeout: 999999999h}\n", "at most 1,000 hours"),
          Arguments.of("measure: {budget: 999999999h}\n", "at most 1,000 hours"),
          Arguments.of("tests: {always: [\"a\\0b\"]}\n", "without NUL characters"));

  static final List<Arguments> FAULTY_WORKLOAD =
      List.of(
          Arguments.of("directory: \"a\\0b\"", "`workload.directory` is 'a<NUL>b'"),
          Arguments.of("output: \"\\0\"", "without NUL characters"),
          Arguments.of("environment: {\"A\": \"a\\0b\"}", "without NUL characters"),
          Arguments.of("environment: {\"A=B\": x}", "has the name 'A=B'"),
          Arguments.of("environment: {'': x}", "has the name ''"),
          Arguments.of("environment: {<<: {A: x}}", "`workload.environment.<<` is a structure"));

  private static Stream<String> faults(String text) {
    return ConfigurationReader.parse(Path.of("/checkout"), text) instanceof Reading.Faulty faulty
        ? faulty.faults().stream().map(Fault::toString)
        : Stream.of();
  }

  @ParameterizedTest
  @FieldSource("FAULTY")
  void refusesWhatMisleads(String text, String fault) {
    assertThat(faults(WORKLOAD + text)).anySatisfy(f -> assertThat(f).contains(fault));
  }

  @ParameterizedTest
  @FieldSource("FAULTY_WORKLOAD")
  void refusesWhatNoProgramTakes(String line, String fault) {
    assertThat(faults(WORKLOAD + "  " + line + "\n"))
        .anySatisfy(f -> assertThat(f).contains(fault));
  }

  @Test
  void refusesTwoMetricsOfOneName() {
    var twice = "[{name: t, pattern: 'a=(.*)'}, {name: t, pattern: 'b=(.*)'}]";
    assertThat(faults("workload:\n  command: [x]\n  metrics: %s\n".formatted(twice)))
        .anySatisfy(f -> assertThat(f).contains("two metrics named 't'"));
  }

  @Test
  void refusesACommandWithoutAProgram() {
    var command = "workload:\n  command: ['', x]\n  metrics: [{name: t, pattern: 't=(.*)'}]\n";
    assertThat(faults(command))
        .anySatisfy(f -> assertThat(f).contains("`workload.command` names no program"));
  }

  @Test
  void showsTheBeginningOfALongValue() {
    assertThat(faults(WORKLOAD + "tests: {timeout: %s}\n".formatted("9".repeat(60_000))))
        .allSatisfy(f -> assertThat(f).hasSizeLessThan(300));
  }
}

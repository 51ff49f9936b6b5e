package hostperf.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.configuration.ConfigurationReader.Reading;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationTextTest {
  private static final String FILE =
      """
      workload:
        command: [python3, bench.py, --steps, "40"]
        environment: {MODEL: /models, API_TOKEN: verysecret}
        metrics:
          - {name: tput, unit: tok/s, primary: true, pattern: 'tput=([\\d.]+)'}
      tests: {command: [make, check], always: [tests/a.py]}
      policy: {approval: never, editable: ["engine/**/*.py"], protected: ["docs/**"]}
      model: {provider: openai, name: coder, base_url: "http://localhost:8000/v1"}
      """;

  private static String text(String file) {
    var reading = ConfigurationReader.parse(Path.of("/checkout"), file);
    return ConfigurationText.of(((Reading.Valid) reading).configuration());
  }

  @Test
  void saysInItsFirstLineHowLongItIsWhatItRunsAndWhoIsAsked() {
    assertThat(text(FILE).lines().findFirst())
        .contains(
            "Allow this hostperf.yaml (8 lines, approval: never)? It runs python3 bench.py --steps"
                + " 40");
  }

  @Test
  void showsTheRulesBeforeTheCommandsAndTheEndpoint() {
    assertThat(text(FILE))
        .containsSubsequence(
            "approval     never: patches are applied without asking you, except those that the audit",
            "editable     engine/**/*.py",
            "protected    docs/**",
            "workload     [python3, bench.py, --steps, 40]",
            "tests        [make, check]",
            "always     [tests/a.py]",
            "environment  API_TOKEN=[hidden]  MODEL=/models",
            "endpoint     openai coder at http://localhost:8000/v1",
            "The whole file:");
  }

  @Test
  void showsEveryLineOfTheFileWithItsNumberButNoSecret() {
    var whole = text(FILE).lines().dropWhile(l -> !l.equals("The whole file:")).skip(1).toList();
    assertThat(whole).hasSize(8).allMatch(l -> l.matches(" *\\d+ \\| .*"));
    assertThat(whole.get(6)).isEqualTo("   7 | " + FILE.lines().toList().get(6));
    assertThat(text(FILE)).doesNotContain("verysecret").contains("API_TOKEN");
  }

  @Test
  void letsNoTextOfTheFilePassForALineOfItsOwn() {
    var forged = FILE.replace("check", "\"x\\napproval     ask: every patch needs your approval\"");
    assertThat(text(forged).lines().filter(l -> l.startsWith("approval"))).hasSize(1);
  }
}

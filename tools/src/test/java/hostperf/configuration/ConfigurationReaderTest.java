package hostperf.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.configuration.ConfigurationReader.Reading;
import hostperf.execution.Execution;
import hostperf.metric.Better;
import hostperf.profile.Point;
import hostperf.profile.Profiling.Attach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
  private static final String LEAST =
      """
      workload:
        command: [python3, bench.py]
        metrics:
          - {name: tput, unit: tok/s, primary: true, pattern: 'tput=([\\d.]+)'}
      """;

  private static Configuration valid(String text) {
    var reading = ConfigurationReader.parse(Path.of("/checkout"), text);
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid) reading).configuration();
  }

  private static List<String> faults(String text) {
    var reading = ConfigurationReader.parse(Path.of("/checkout"), text);
    assertThat(reading).isInstanceOf(Reading.Faulty.class);
    return ((Reading.Faulty) reading).faults().stream().map(Fault::toString).toList();
  }

  @Test
  void givesEveryKeyButCommandAndPrimaryMetricADefault() {
    var read = valid(LEAST);
    assertThat(read.target()).isEqualTo("generic");
    assertThat(read.profiling().attach()).isEqualTo(Attach.INJECT);
    assertThat(read.workload().timeout()).isEqualTo(Duration.ofMinutes(45));
    assertThat(read.workload().metrics().getFirst().better()).isEqualTo(Better.HIGHER);
    assertThat(read.rules().approval()).isEqualTo(Configuration.Mode.ASK);
    assertThat(read.rules().maxRounds()).isEqualTo(3);
    assertThat(read.rules().measuring().minEffect()).isEqualTo(0.01);
  }

  private static final String POINTS =
      """
        points:
          - {name: c1, append: [--concurrency, "1"]}
          - {name: c64, append: [--concurrency, "64"], environment: {LONG: "1"}}
        varies: [Response.time, "Log.records[][json]['took_ms']"]
      """;

  @Test
  void readsThePointsAtWhichTheWorkloadIsMeasured() {
    var read = valid(LEAST + POINTS);
    assertThat(read.points()).extracting(Point::name).containsExactly("c1", "c64");
    var busy = read.workload().at(read.points().getLast());
    assertThat(busy.command()).endsWith("bench.py", "--concurrency", "64");
    assertThat(busy.environment()).containsEntry("LONG", "1");
    assertThat(read.varies())
        .containsExactlyInAnyOrder("Response.time", "Log.records[][json]['took_ms']");
    assertThat(ConfigurationText.of(read)).contains("at c64").contains("--concurrency 64  LONG=1");
  }

  @Test
  void saysWhatIsWrongWithAPoint() {
    assertThat(faults(LEAST + POINTS.replace("name: c64", "name: c1")))
        .anyMatch(f -> f.contains("two points named 'c1'"));
    assertThat(faults(LEAST + POINTS.replace("name: c64", "name: 'c 64'")))
        .anyMatch(f -> f.contains("letters, digits"));
    assertThat(faults(LEAST + POINTS.replace("append: [--concurrency, \"64\"]", "apend: [x]")))
        .anyMatch(f -> f.contains("apend"));
    assertThat(faults(LEAST + POINTS.replace("Response.time", "time")))
        .anyMatch(f -> f.contains("Class.attribute"));
  }

  @Test
  void readsWhereLaunchesRun() {
    assertThat(valid(LEAST).execution()).isEqualTo(new Execution.Local());
    assertThat(
            valid(
                    LEAST
                        + "execution: {kind: slurm, partition: gpu, nodes: 2, ntasks: 8, gres:"
                        + " 'gpu:4', exclusive: true, time: 90s, options: [--mem=0], step_options:"
                        + " [--mpi=pmix], container_image: i, command: [apptainer, exec, f]}\n")
                .execution())
        .isEqualTo(
            new Execution.Slurm(
                2,
                8,
                List.of("--partition=gpu", "--gres=gpu:4", "--exclusive", "--time=2", "--mem=0"),
                new Execution.Steps(
                    List.of("--mpi=pmix"), Optional.of("i"), List.of("apptainer", "exec", "f")),
                Duration.ofHours(1),
                Duration.ofMinutes(10)));
    assertThat(
            valid(
                    LEAST
                        + "execution: {kind: prefix, command: [docker, exec, e], paths: {/a:"
                        + " /b}}\n")
                .execution())
        .isEqualTo(new Execution.Prefix(List.of("docker", "exec", "e"), Map.of("/a", "/b")));
  }

  /// A reader who goes to the line finds the mapping that lacks the key, not what happens to be its
  /// first.
  @Test
  void namesTheLineOfTheMappingThatLacksAKey() {
    assertThat(faults("target: generic\nworkload:\n  # command: [python3]\n  directory: .\n"))
        .anyMatch(f -> f.startsWith("line 2: `workload.command` is missing"));
  }

  @Test
  void saysWhatIsWrongWithWhereLaunchesRun() {
    assertThat(faults(LEAST + "execution: {kind: ray}\n"))
        .singleElement()
        .asString()
        .contains("'ray'", "local, prefix, slurm");
    assertThat(faults(LEAST + "execution: {kind: slurm, nodes: 4, ntasks: 2, hold: 1s}\n"))
        .anyMatch(f -> f.contains("fewer than the 4 nodes"))
        .anyMatch(f -> f.contains("at least 10s"));
    assertThat(faults(LEAST + "execution: {kind: prefix, paths: {a: /b}}\n"))
        .anyMatch(f -> f.contains("`execution.command` is missing"))
        .anyMatch(f -> f.contains("both must be absolute"));
    assertThat(faults(LEAST + "execution: {kind: local, nodes: 2}\n"))
        .singleElement()
        .asString()
        .contains("unknown key `execution.nodes`");
  }

  @Test
  void attachesByEnvironmentToTensorRtLlm() {
    assertThat(valid("target: tensorrt-llm\n" + LEAST).profiling().attach())
        .isEqualTo(Attach.ENVIRONMENT);
  }

  @Test
  void readsAModelWithItsLimits() {
    var read =
        valid(
                LEAST
                    + """
                    model:
                      provider: anthropic
                      name: some-model
                      temperature: 0.2
                      max_tokens: 1000
                      budget: {tokens: 5000, cost: 0.5, input_price: 3, output_price: 15}
                    """)
            .model()
            .orElseThrow();
    assertThat(read.apiKeyEnv()).contains("ANTHROPIC_API_KEY");
    assertThat(read.sampling().temperature()).contains(0.2);
    assertThat(read.budget().cost()).contains(0.5);
    assertThat(read.budget().priceOf(1_000_000, 100_000)).isEqualTo(4.5);
  }

  @Test
  void needsNoKeyForAnEndpointOfOnesOwn() {
    var read = valid(LEAST + "model: {name: m, base_url: 'http://localhost:8000/v1'}\n");
    assertThat(read.model().orElseThrow().apiKeyEnv()).isEmpty();
    assertThat(ConfigurationText.of(read)).contains("http://localhost:8000/v1");
  }

  @Test
  void takesNoKeyAndDoesNotRepeatOne() {
    assertThat(faults(LEAST + "model: {name: m, api_key_env: 'sk-1234-secret'}\n"))
        .singleElement()
        .asString()
        .contains("name of an environment variable")
        .doesNotContain("sk-1234");
    assertThat(faults(LEAST + "model: {name: m, api_key: sk-1234-secret}\n"))
        .singleElement()
        .asString()
        .contains("unknown key `model.api_key`")
        .doesNotContain("sk-1234");
  }

  @Test
  void wantsPricesWithACost() {
    assertThat(faults(LEAST + "model: {name: m, budget: {cost: 1}}\n"))
        .singleElement()
        .asString()
        .contains("input_price");
  }

  @Test
  void namesAnUnknownKeyWithItsLineAndTheKnownOnes() {
    assertThat(faults(LEAST + "polcy: {}\n"))
        .singleElement()
        .asString()
        .startsWith("line 5: unknown key `polcy`")
        .contains("policy");
  }

  @Test
  void tellsEveryFaultAtOnce() {
    assertThat(faults("target: torch\nworkload:\n  command: run.sh\n  timeout: soon\n"))
        .anySatisfy(f -> assertThat(f).startsWith("line 1: `target` is 'torch'"))
        .anySatisfy(f -> assertThat(f).contains("`workload.command` is 'run.sh'"))
        .anySatisfy(f -> assertThat(f).startsWith("line 4: `workload.timeout` is 'soon'"))
        .anySatisfy(
            f -> assertThat(f).contains("needs a metric, and at most one with `primary: true`"));
  }

  @Test
  void wantsAGroupAroundTheNumber() {
    assertThat(faults(LEAST.replace("([\\d.]+)", "[\\d.]+")))
        .anySatisfy(f -> assertThat(f).contains("needs a group"));
  }

  @Test
  void saysWhereTheFileIsNoYaml() {
    assertThat(faults("workload: [a\n")).singleElement().asString().contains("not YAML");
  }

  @Test
  void readsPercentagesAndFractionsAlike() {
    assertThat(valid(LEAST + "measure: {min_effect: 2.5%}\n").rules().measuring().minEffect())
        .isEqualTo(0.025);
    assertThat(valid(LEAST + "measure: {min_effect: 0.025}\n").rules().measuring().minEffect())
        .isEqualTo(0.025);
  }

  @Test
  void shrinksNoNumberSilently() {
    assertThat(faults(LEAST + "policy: {max_rounds: 1000}\n"))
        .singleElement()
        .asString()
        .contains("a whole number from 1 to 100");
  }

  @Test
  void refusesAKeyThatStandsTwiceWithItsLine() {
    assertThat(faults(LEAST + "policy: {approval: ask}\npolicy: {approval: never}\n"))
        .containsExactly("line 6: `policy` occurs twice, first in line 5; keep one.");
    assertThat(faults(LEAST + "policy:\n  approval: ask\n  max_rounds: 2\n  'approval': never\n"))
        .containsExactly("line 8: `policy.approval` occurs twice, first in line 6; keep one.");
  }

  @Test
  void refusesAKeyThatStandsTwiceHoweverDeep() {
    assertThat(
            faults(
                """
                workload:
                  command: [python3, bench.py]
                  environment:
                    A: one
                    A: two
                  metrics:
                    - {name: t, name: u, primary: true, pattern: '(\\d)'}
                """))
        .containsExactly(
            "line 5: `workload.environment.A` occurs twice, first in line 4; keep one.",
            "line 7: `workload.metrics[].name` occurs twice, first in line 7; keep one.");
  }

  @Test
  void readsAnAliasThatLeadsBackToItself() {
    assertThat(faults(LEAST + "policy: &p {approval: ask, more: *p}\n"))
        .singleElement()
        .asString()
        .contains("unknown key `policy.more`");
  }

  @Test
  void opensThePackageByDefaultAndNothingElse(@TempDir Path checkout) throws IOException {
    for (var file : List.of("engine/__init__.py", "src/plus/__init__.py", "tests/__init__.py")) {
      Files.createDirectories(checkout.resolve(file).getParent());
      Files.writeString(checkout.resolve(file), "");
    }
    assertThat(editable(checkout)).containsExactly("engine/**/*.py", "src/plus/**/*.py");

    Files.writeString(
        checkout.resolve("pyproject.toml"),
        "[build-system]\nrequires = []\n\n[project]\nversion = '1'\nname = 'plus'\n");
    assertThat(editable(checkout)).containsExactly("src/plus/**/*.py");
    assertThat(new Draft(checkout).text()).contains("editable: [\"src/plus/**/*.py\"]");

    Files.createDirectories(checkout.resolve("python/sglang"));
    assertThat(editable(checkout)).containsExactly("python/sglang/**/*.py");
  }

  @Test
  void opensNothingWhereThereIsNoPackage(@TempDir Path checkout) {
    assertThat(editable(checkout)).isEmpty();
  }

  private static List<String> editable(Path checkout) {
    var reading = ConfigurationReader.parse(checkout, LEAST);
    return ((Reading.Valid) reading).configuration().rules().editable();
  }
}

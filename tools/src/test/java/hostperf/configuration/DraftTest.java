package hostperf.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.configuration.ConfigurationReader.Reading;
import hostperf.configuration.Draft.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftTest {
  @TempDir Path checkout;

  @Test
  void namesNothingThatIsNotThere() {
    var draft = new Draft(checkout);
    assertThat(draft.text())
        .contains("  # command: [python3, bench.py]   # ? what launches the workload?")
        .contains("    # - {name: throughput");
    assertThat(ConfigurationReader.parse(checkout, draft.text()))
        .isInstanceOfSatisfying(
            Reading.Faulty.class,
            f -> assertThat(f.faults().toString()).contains("command", "metrics"));
  }

  @Test
  void marksWhatItFound() throws IOException {
    Files.writeString(checkout.resolve("bench.py"), "");
    Files.createDirectories(checkout.resolve("vllm"));
    Files.createDirectories(checkout.resolve("tests"));
    var text = new Draft(checkout).text();
    assertThat(text)
        .contains("target: vllm\n")
        .contains("  command: [python3, bench.py]   # ?\n")
        .contains("  always: [tests]   # ?\n")
        .contains("  editable: [\"vllm/**/*.py\"]   # ?\n")
        .contains("samples say where to begin, without samples the target's hot-path map");
    assertThat(ConfigurationReader.parse(checkout, text)).isInstanceOf(Reading.Valid.class);
  }

  @Test
  void findsTheOnlyScriptOfAFolderAndTheLineThatItPrints() throws IOException {
    Files.createDirectories(checkout.resolve("vllm"));
    var folder = Files.createDirectories(checkout.resolve("workload"));
    Files.writeString(folder.resolve("engine.py"), "print(f'{1}')\n");
    Files.writeString(
        folder.resolve("bench.py"),
        """
        print(f"Steps: {steps}  mean step: {took / steps * 1e3:.3f} ms")
        print(f"Throughput (all): {tokens / took:.1f} tok/s")
        """);
    var draft = new Draft(checkout);
    assertThat(draft.found(Question.COMMAND)).contains("python3 workload/bench.py");
    assertThat(draft.found(Question.METRIC)).contains("Throughput \\(all\\): ([\\d.]+) tok/s");
    Files.writeString(folder.resolve("bench_other.py"), "");
    assertThat(draft.found(Question.COMMAND)).as("two could be meant").isEmpty();
  }

  @Test
  void writesAnswersWithoutQuestionMarks() {
    var text =
        new Draft(checkout)
            .text(
                Map.of(
                    Question.COMMAND, "python3 -m 'my bench' --batch 64 \"a b\"",
                    Question.METRIC, "it's ([\\d.]+) tok/s",
                    Question.TESTS, "tests/unit",
                    Question.EDITABLE, "engine/**/*.py"));
    assertThat(text.lines().skip(1)).noneMatch(line -> line.contains("# ?"));
    assertThat(ConfigurationReader.parse(checkout, text))
        .isInstanceOfSatisfying(
            Reading.Valid.class,
            valid -> {
              var workload = valid.configuration().workload();
              assertThat(workload.command())
                  .containsExactly("python3", "-m", "my bench", "--batch", "64", "a b");
              assertThat(workload.metrics().getFirst().pattern().pattern())
                  .isEqualTo("it's ([\\d.]+) tok/s");
            });
  }
}

package hostperf.trace.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.trace.analyse.PhaseMetrics;
import hostperf.trace.steps.StepSource.How;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Traces without step ranges: the steps are found in what the device did.
class StepsWithoutRangesTest {
  @TempDir Path folder;

  @Test
  void findsTheStepsOfAnEngineThatReplaysGraphs() {
    var answer = Samples.answer(Samples.packed("nsys_no_ranges_node.sqlite.gz"));

    // Counted by hand: 75 copies to the host, one a step, and 70 calls of cudaGraphLaunch.
    assertThat(answer.judged().steps().how()).isEqualTo(How.READ_BACKS);
    assertThat(answer.aggregateMetrics().iterations()).isEqualTo(75);
    assertThat(answer.phases().generation().orElseThrow().iterations()).isEqualTo(70);
    assertThat(answer.phases().context().orElseThrow().iterations()).isEqualTo(5);
    // Between the first work on the device and the last copy to the host, by a program of its own.
    assertThat(answer.aggregateMetrics().gpuIdleRatio()).isCloseTo(0.5366, within(0.005));
  }

  /// The same trace with and without its ranges: the ranges say what is right.
  @ParameterizedTest
  @CsvSource({"graph_level.sqlite.gz, 5, 114", "healthy_graph.sqlite.gz, 0, 59"})
  void agreesWithTheRangesThatAreTakenAway(String name, int context, int generation)
      throws SQLException {
    Path trace = Samples.unpacked(name, folder);
    var named = judged(trace, 2);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + trace);
        var statement = connection.createStatement()) {
      statement.execute("drop table NVTX_EVENTS");
    }
    var found = judged(trace, 1);

    assertThat(found.phases().context().map(PhaseMetrics::iterations).orElse(0))
        .isCloseTo(context, within(1));
    assertThat(found.phases().generation().orElseThrow().iterations())
        .isCloseTo(generation, within(1));
    assertThat(found.verdict()).isEqualTo(named.verdict());
    assertThat(found.aggregateMetrics().gpuIdleRatio())
        .isCloseTo(named.aggregateMetrics().gpuIdleRatio(), within(0.01));
  }

  private static Detection.Answer judged(Path trace, int warmup) {
    var settings = new Settings(Optional.of(warmup), hostperf.trace.analyse.Thresholds.defaults());
    return ((Detection.Found)
            new TraceDetector(Samples.NO_NSYS).detect(List.of(trace), settings, Samples.RANGES))
        .answer();
  }

  /// Each request is read back by itself, as `.item()` does; the layers run eagerly.
  @Test
  void countsManyReadBacksOfOneStepAsOne() throws IOException {
    var trace = new SmallKineto();
    for (int step = 0; step < 12; step++) {
      double at = 1000 + step * 2000.0;
      for (int kernel = 0; kernel < 20; kernel++) {
        trace.launch(at + kernel * 20, 5, at + kernel * 20 + 6, 10, "layer_" + kernel);
      }
      for (int request = 0; request < 8; request++) {
        double then = at + 600 + request * 50;
        trace.launch(then, 5, then + 6, 3, "argmax");
        trace.readBack(then + 10, 12, then + 12, 2);
      }
    }

    var answer = Samples.answer(trace.written(folder.resolve("items.json")));

    assertThat(answer.aggregateMetrics().iterations()).isEqualTo(12);
  }

  @Test
  void findsStepsByKernelsWhereNothingIsReadBack() throws IOException {
    var trace = new SmallKineto();
    for (int step = 0; step < 10; step++) {
      double at = 1000 + step * 1000.0;
      trace.launch(at, 5, at + 10, 20, "embedding");
      for (int layer = 0; layer < 6; layer++) {
        trace.launch(at + 40 + layer * 60, 5, at + 46 + layer * 60, 20, "attention");
        trace.launch(at + 70 + layer * 60, 5, at + 76 + layer * 60, 20, "mlp");
      }
      trace.launch(at + 500, 5, at + 506, 30, "logits");
    }

    var answer = Samples.answer(trace.written(folder.resolve("kernels.json")));

    assertThat(answer.judged().steps().how()).isEqualTo(How.KERNELS);
    // The last has no end.
    assertThat(answer.aggregateMetrics().iterations()).isEqualTo(9);
    assertThat(answer.aggregateMetrics().totalUs()).isEqualTo(9000);
  }

  @Test
  void saysSoWhereNoPeriodIsFound() throws IOException {
    var trace = new SmallKineto();
    for (int kernel = 0; kernel < 30; kernel++) {
      trace.launch(1000 + kernel * 40, 5, 1010 + kernel * 40, 20, "only_one");
    }
    Path file = trace.written(folder.resolve("one.json"));

    var answer = Samples.answer(file);

    assertThat(answer.judged().steps().how()).isEqualTo(How.WHOLE_WINDOW);
    assertThat(answer.notes()).anyMatch(note -> note.contains("shows no period"));
    assertThat(Files.size(file)).isPositive();
  }
}

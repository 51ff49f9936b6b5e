package hostperf.trace.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.lines.ExistingProfiles;
import hostperf.trace.analyse.CodeLine;
import hostperf.trace.analyse.IdleCause;
import hostperf.trace.analyse.TracedFunction;
import hostperf.trace.answer.Detection;
import hostperf.trace.answer.Samples;
import hostperf.trace.answer.SmallTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesBehindGapsTest {
  @TempDir Path folder;

  private static Detection.Answer answer(Path trace, Path profile) {
    var lines = new LinesBehindGaps(ExistingProfiles.read(List.of(profile)), Samples.RANGES);
    return ((Detection.Found) lines.in(Samples.detection(trace))).answer();
  }

  private Path profile(String text) throws IOException {
    return Files.writeString(folder.resolve("profile.txt"), text);
  }

  private Path ranges() {
    return new SmallTrace(folder).decoding(SmallTrace.FIRST, 40).written();
  }

  private static IdleCause inRange(Detection.Answer answer, String range) {
    return answer.host().idleCauses().stream()
        .filter(c -> c.range().equals(Optional.of(range)))
        .findFirst()
        .orElseThrow();
  }

  /// The engine of a torch trace with stacks, as nsys sampled it.
  @Test
  void namesTheLineInTheFunctionThatATraceNames() {
    var answer =
        answer(
            Samples.packed("planted_delays.json.gz"), Samples.packed("planted_delays.collapsed"));

    assertThat(answer.host().idleCauses())
        .filteredOn(
            c -> c.function().map(TracedFunction::name).equals(Optional.of("engine::read_back")))
        .first()
        .satisfies(
            c ->
                assertThat(c.lines())
                    .containsExactly(
                        new CodeLine(
                            "engine::read_back",
                            "/engine/engine.py:40",
                            1,
                            CodeLine.Source.PROFILE)));
    assertThat(answer.notes()).anyMatch(note -> note.contains("marked \"profile\""));
  }

  @Test
  void namesTheLinesBelowTheFunctionThatOpensARange() throws IOException {
    var answer =
        answer(
            ranges(),
            profile(
                """
                _executor_loop (py_executor.py:9);_forward_step (py_executor.py:20);sample (sampler.py:7);add (site-packages/torch/ops.py:3) 30
                _executor_loop (py_executor.py:9);_forward_step (py_executor.py:21) 10
                _executor_loop (py_executor.py:9);_forward_step (py_executor.py:22);_prepare_tp_inputs (model_engine.py:5);fill (rows.py:8) 50
                """));

    var step = inRange(answer, Samples.STEP);
    assertThat(step.lines())
        .extracting(CodeLine::place, CodeLine::share)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("sampler.py:7", 0.75),
            org.assertj.core.groups.Tuple.tuple("py_executor.py:21", 0.25));
    assertThat(inRange(answer, "_prepare_tp_inputs").lines())
        .singleElement()
        .returns("rows::fill", CodeLine::function)
        .returns(1.0, CodeLine::share);
    assertThat(answer.optimizationHandoff().recommendedFirstTarget()).contains("sampler::sample");
  }

  @Test
  void takesALineProfilersReport() throws IOException {
    var answer =
        answer(
            ranges(),
            profile(
                """
                Timer unit: 1e-06 s

                Total time: 0.1 s
                File: /src/py_executor.py
                Function: PyExecutor._forward_step at line 18

                Line #      Hits         Time  Per Hit   % Time  Line Contents
                ==============================================================
                    18                                           def _forward_step(self):
                    19       100      80000.0    800.0     80.0      a = work()
                    20       100      20000.0    200.0     20.0      return a

                """));

    assertThat(inRange(answer, Samples.STEP).lines())
        .extracting(CodeLine::place)
        .containsExactly("/src/py_executor.py:19", "/src/py_executor.py:20");
  }

  @Test
  void keepsTheLinesThatWereSampledWhileTheDeviceIdled() {
    var answer =
        answer(
            Samples.packed("planted_python_sampling.sqlite.gz"),
            Samples.packed("planted_delays.collapsed"));

    assertThat(answer.host().idleCauses().getFirst().lines())
        .allMatch(line -> line.source() == CodeLine.Source.TRACE);
  }

  @Test
  void asksWhereTheProfileSharesNothingWithTheTrace() throws IOException {
    var answer = answer(ranges(), profile("main (other.py:3);run (other.py:9) 12\n"));

    assertThat(answer.host().idleCauses()).allMatch(cause -> cause.lines().isEmpty());
    assertThat(answer.notes()).anyMatch(note -> note.endsWith("Is it of the same workload?"));
  }

  /// Nothing else can be said where the trace names neither.
  @Test
  void namesTheLinesOfTheStepsWhereTheTraceHasNeitherFunctionsNorRanges() {
    var answer =
        answer(
            Samples.packed("nsys_no_ranges_node.sqlite.gz"),
            Samples.packed("planted_delays.collapsed"));

    assertThat(answer.host().idleCauses())
        .filteredOn(cause -> cause.part() == hostperf.trace.analyse.IdlePart.HOST_BUSY)
        .first()
        .satisfies(cause -> assertThat(cause.lines().getFirst().place()).endsWith("engine.py:44"));
  }

  @Test
  void refusesAProfileWithoutLines() {
    var nothing = new ExistingProfiles(Optional.empty(), Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> new LinesBehindGaps(nothing, Samples.RANGES))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no lines");
  }
}

package hostperf.trace.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.trace.analyse.CodeLine;
import hostperf.trace.analyse.IdleCause;
import hostperf.trace.analyse.IdlePart;
import hostperf.trace.analyse.TracedFunction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// An nsys export with sampled Python stacks, made by `bench/trace-planted/nsys.sh` on an H200 with
/// nsys 2025.3: each planted delay is named with its line and its part of the idle time.
class PlantedSamplesTest {
  private final Detection.Answer answer =
      Samples.answer(Samples.packed("planted_python_sampling.sqlite.gz"));

  private List<IdleCause> causes(String function, IdlePart part) {
    return answer.host().idleCauses().stream()
        .filter(c -> c.part() == part)
        .filter(c -> c.function().map(TracedFunction::name).equals(Optional.of(function)))
        .toList();
  }

  @Test
  void findsTheFortySteps() {
    assertThat(answer.aggregateMetrics().iterations()).isEqualTo(40);
  }

  @Test
  void namesTheLineOfTheLoopOnTheHost() {
    var loop = causes("engine::host_loop", IdlePart.HOST_BUSY).getFirst();

    assertThat(loop.usPerStep()).isCloseTo(4000, within(100.0));
    assertThat(loop.function().orElseThrow().place()).endsWith("engine.py:34");
    assertThat(loop.function().orElseThrow().calledFrom()).contains("step");
    assertThat(loop.lines())
        .singleElement()
        .returns(CodeLine.Source.TRACE, CodeLine::source)
        .returns(1.0, CodeLine::share);
  }

  @Test
  void namesTheLineOfTheReadBack() {
    var readBack = causes("engine::read_back", IdlePart.HOST_BUSY).getFirst();

    assertThat(readBack.function().orElseThrow().place()).endsWith("engine.py:40");
  }

  @Test
  void namesTheLineOfTheCopyFromPageableMemory() {
    var copy = causes("engine::pageable_copy", IdlePart.COPYING).getFirst();

    assertThat(copy.function().orElseThrow().place()).endsWith("engine.py:44");
    assertThat(copy.call()).contains("cudaMemcpyAsync");
    assertThat(copy.share()).isCloseTo(0.77, within(0.02));
  }

  @Test
  void namesWhereTheWorkWasLaunchedThatWaitsInItsStream() {
    var late = causes("engine::forward", IdlePart.ENQUEUED);

    assertThat(late).hasSize(1);
    assertThat(late.getFirst().function().orElseThrow().calledFrom()).contains("collective");
    assertThat(late.getFirst().usPerStep()).isCloseTo(3000, within(250.0));
  }

  @Test
  void saysHowFineTheSamplesAre() {
    assertThat(answer.notes()).anyMatch(n -> n.contains("2,965 samples, one every 520 us"));
  }

  @Test
  void handsOverWhereTheRunBegins() {
    assertThat(answer.optimizationHandoff().recommendedFirstTarget())
        .contains("engine::pageable_copy");
  }
}

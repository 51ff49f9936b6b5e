package hostperf.trace.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.trace.analyse.IdleCause;
import hostperf.trace.analyse.IdlePart;
import hostperf.trace.analyse.TracedFunction;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A torch trace with stacks, made by `bench/trace-planted/engine.py` on an H200: four delays a
/// step, each of which has to be named with its function and its part of the idle time.
class PlantedDelaysTest {
  private final Detection.Answer answer = Samples.answer(Samples.packed("planted_delays.json.gz"));

  private IdleCause cause(String function, IdlePart part) {
    return answer.host().idleCauses().stream()
        .filter(c -> c.part() == part)
        .filter(c -> c.function().map(TracedFunction::name).equals(Optional.of(function)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void findsTheFourteenSteps() {
    assertThat(answer.aggregateMetrics().iterations()).isEqualTo(14);
  }

  @Test
  void namesTheLoopOnTheHost() {
    var loop = cause("engine::host_loop", IdlePart.HOST_BUSY);

    assertThat(loop.usPerStep()).isCloseTo(4000, within(80.0));
    assertThat(loop.function().orElseThrow().place()).isEqualTo("engine.py:31");
    assertThat(loop.function().orElseThrow().calledFrom()).contains("step");
  }

  @Test
  void namesTheReadBack() {
    assertThat(cause("engine::read_back", IdlePart.HOST_BUSY).usPerStep()).isPositive();
  }

  @Test
  void namesTheCopyFromPageableMemory() {
    var copy = cause("engine::pageable_copy", IdlePart.COPYING);

    assertThat(copy.call()).contains("cudaMemcpyAsync");
    assertThat(copy.share()).isCloseTo(0.77, within(0.02));
  }

  @Test
  void namesWhatWaitsInItsStream() {
    var late = cause("engine::forward", IdlePart.ENQUEUED);

    assertThat(late.function().orElseThrow().calledFrom()).contains("collective");
    assertThat(late.usPerStep()).isCloseTo(3000, within(80.0));
  }

  @Test
  void callsADeviceThatCopiesNotHostBound() {
    assertThat(answer.verdict()).isEqualTo(hostperf.trace.analyse.HostBoundVerdict.NO);
    assertThat(answer.aggregateMetrics().maxGainShare()).isLessThan(0.25);
  }

  @Test
  void countsTheWaitsOfTheFunctionThatReadsBack() {
    var waits = answer.host().syncCalls().orElseThrow().inRanges().getFirst();

    assertThat(waits.range()).isEqualTo("engine::read_back");
    assertThat(waits.call()).isEqualTo("cudaStreamSynchronize");
    assertThat(waits.perStep()).isCloseTo(32, within(0.1));
  }

  @Test
  void handsOverWhereTheRunBegins() {
    assertThat(answer.optimizationHandoff().recommendedFirstTarget())
        .contains("engine::pageable_copy");
  }
}

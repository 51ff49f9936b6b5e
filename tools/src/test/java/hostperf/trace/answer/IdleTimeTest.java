package hostperf.trace.answer;

import static hostperf.trace.answer.SmallTrace.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.analyse.IdleSplit;
import hostperf.trace.analyse.PhaseMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the idle time is: the parts add up to it.
class IdleTimeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "graph_level.sqlite.gz",
        "healthy_graph.sqlite.gz",
        "kineto_healthy.json.gz",
        "nsys_no_ranges_node.sqlite.gz",
        "planted_delays.json.gz"
      })
  void itsPartsAddUpInEveryPhase(String name) {
    var phases = Samples.answer(Samples.packed(name)).phases();

    Stream.concat(
            Stream.of(phases.aggregate()),
            Stream.concat(phases.context().stream(), phases.generation().stream()))
        .forEach(
            phase ->
                assertThat(phase.idle().sumUs())
                    .isCloseTo(phase.totalUs() - phase.gpuActiveUs(), within(0.01)));
  }

  /// Five steps of 1,000 us with one kernel each; what lies before it differs.
  private static SmallKineto steps(Part part) {
    var trace = new SmallKineto();
    for (int step = 0; step < 5; step++) {
      double at = 1000 + step * 1000.0;
      trace.range(at, 1000, "ProfilerStep#" + step);
      part.add(trace, at);
    }
    return trace;
  }

  private interface Part {
    void add(SmallKineto trace, double at);
  }

  private IdleSplit idle(Part part) throws IOException {
    return metrics(part).idle();
  }

  private PhaseMetrics metrics(Part part) throws IOException {
    return Samples.answer(steps(part).written(folder.resolve("parts.json"))).aggregateMetrics();
  }

  @Test
  void isTheHostsWhereItLaunchesLate() throws IOException {
    var idle = idle((trace, at) -> trace.launch(at + 700, 20, at + 750, 250, "gemm"));

    // Until the launch has returned it is the host's, from there on the launch's own latency.
    assertThat(idle.hostBusyUs()).isEqualTo(2 * 720);
    assertThat(idle.enqueuedUs()).isEqualTo(2 * 30);
  }

  @Test
  void isTheCallsInWhichTheHostWaits() throws IOException {
    var idle =
        idle(
            (trace, at) ->
                trace
                    .host("cuda_runtime", "cudaEventSynchronize", at + 100, 400, 0)
                    .launch(at + 700, 20, at + 720, 280, "gemm"));

    assertThat(idle.hostWaitingUs()).isEqualTo(2 * 400);
    assertThat(idle.hostBusyUs()).isEqualTo(2 * 320);
    assertThat(idle.waits().getFirst().name()).isEqualTo("cudaEventSynchronize");
  }

  @Test
  void isNobodysWhereWorkIsEnqueuedAndWaitsForAnotherStream() throws IOException {
    var idle = idle((trace, at) -> trace.launch(at + 5, 15, at + 600, 400, "gemm"));

    assertThat(idle.hostBusyUs()).isEqualTo(2 * 20);
    assertThat(idle.enqueuedUs()).isEqualTo(2 * 580);
  }

  /// 921 of 960 us of copies: the device was busy, though it ran hardly a kernel.
  @Test
  void isTheDevicesWhileItCopies() throws IOException {
    Part copying =
        (trace, at) ->
            trace
                .host("cuda_runtime", "cudaMemcpyAsync", at, 960, 7)
                .device("gpu_memcpy", "Memcpy HtoD (Pageable -> Device)", at + 20, 921, 7)
                .launch(at + 962, 5, at + 970, 30, "gemm");
    var metrics = metrics(copying);

    assertThat(metrics.gpuIdleRatio()).isCloseTo(0.97, within(1e-9));
    assertThat(metrics.idle().copyingUs()).contains(2 * 921.0);
    assertThat(metrics.maxGainShare()).isCloseTo(0.049, within(1e-9));
    assertThat(metrics.verdict()).isEqualTo(HostBoundVerdict.NO);
  }

  @Test
  void isNobodysWithoutARequest() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.sql(
        "update NVTX_EVENTS set text = replace(text, '4 gen', '0 gen') where text like '%step 5:%'");

    assertThat(Samples.answer(trace.written()).aggregateMetrics().idle().noRequestUs())
        .isEqualTo(60);
  }

  @Test
  void saysWhichLimitWasCrossed() throws IOException {
    var metrics = metrics((trace, at) -> trace.launch(at + 700, 20, at + 750, 250, "gemm"));

    assertThat(metrics.crossed())
        .extracting(PhaseMetrics.Crossing::metric)
        .containsExactly("gpu_idle_ratio", "gpu_utilization");
    assertThat(metrics.crossed().getFirst().limit()).isEqualTo(0.30);
  }
}

package hostperf.trace.read;

import static hostperf.trace.answer.SmallTrace.FIRST;
import static hostperf.trace.answer.SmallTrace.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.analyse.PhaseMetrics;
import hostperf.trace.analyse.ProcessReport;
import hostperf.trace.answer.Samples;
import hostperf.trace.answer.SmallTrace;
import hostperf.trace.timeline.GraphCoverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What exports of different versions and with odd content give.
class NsysSqliteReaderTest {
  @TempDir Path folder;

  @Test
  void computesTheMetricsOfASmallTrace() {
    PhaseMetrics metrics =
        Samples.answer(new SmallTrace(folder).decoding(FIRST, 40).written()).aggregateMetrics();

    assertThat(metrics.iterations()).isEqualTo(7);
    assertThat(metrics.totalUs()).isEqualTo(700);
    assertThat(metrics.gpuIdleRatio()).isCloseTo(0.6, within(1e-9));
    assertThat(metrics.launchOverheadRatio().orElseThrow()).isCloseTo(0.05, within(1e-9));
    assertThat(metrics.preparation().hostPrepUs()).isEqualTo(70);
    assertThat(metrics.hostPrepIdleAttribution().orElseThrow()).isCloseTo(1 / 6.0, within(1e-9));
    assertThat(metrics.crossedCount()).isEqualTo(4);
  }

  @Test
  void saysNoWhereTheGpuIsBusy() {
    var answer = Samples.answer(new SmallTrace(folder).decoding(FIRST, 95).written());

    assertThat(answer.verdict()).isEqualTo(HostBoundVerdict.NO);
    assertThat(answer.phases().context()).isEmpty();
    assertThat(answer.phases().generation()).isPresent();
  }

  @Test
  void tellsProcessesApartAndSharesTheirDevice() {
    var trace = new SmallTrace(folder).decoding(SECOND, 20).decoding(FIRST, 10);
    trace.kernel(FIRST, 1440, 1450, "ncclDevKernel_AllReduce");

    List<ProcessReport> processes = Samples.answer(trace.written()).processes();

    assertThat(processes).extracting(ProcessReport::process).containsExactly(FIRST, SECOND);
    assertThat(processes.getFirst().phases().aggregate().gpuActiveUs()).isEqualTo(150);
    assertThat(processes.getFirst().phases().aggregate().ncclRatio())
        .isCloseTo(10 / 150.0, within(1e-9));
    assertThat(processes.getLast().phases().aggregate().ncclRatio()).isZero();
  }

  @Test
  void readsNewerNamesAndRegisteredStrings() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.sql(
        "update NVTX_EVENTS set text = replace(text, 'ctx reqs,', 'ctx reqs, 7 ctx tokens,')");
    trace.sql("update NVTX_EVENTS set text = '_prepare_inputs' where text like '_prep%'");
    trace.sql("insert into StringIds select 1000 + rowid, text from NVTX_EVENTS");
    trace.sql("update NVTX_EVENTS set textId = 1000 + rowid, text = null");

    PhaseMetrics metrics = Samples.answer(trace.written()).aggregateMetrics();

    assertThat(metrics.iterations()).isEqualTo(7);
    assertThat(metrics.preparation().hostPrepUs()).isEqualTo(70);
  }

  @Test
  void countsReplaysRecordedWhole() {
    var trace = new SmallTrace(folder).decoding(FIRST, 10);
    trace.sql(
        "insert into CUPTI_ACTIVITY_KIND_GRAPH_TRACE select start + 20000, start + 90000, 0, 7,"
            + " globalPid from CUPTI_ACTIVITY_KIND_KERNEL");

    var answer = Samples.answer(trace.written());

    assertThat(answer.aggregateMetrics().gpuActiveUs()).isEqualTo(560);
    assertThat(answer.device().graphCoverage().level()).isEqualTo("graph");
    assertThat(answer.device().graphCoverage().eagerBetweenReplays())
        .containsExactly(new GraphCoverage.EagerKernel("gemm", 1));
  }

  @Test
  void knowsKernelsThatAreNodesOfAGraph() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.sql("update CUPTI_ACTIVITY_KIND_KERNEL set graphNodeId = 9 where rowid % 2 = 0");

    var coverage = Samples.answer(trace.written()).device().graphCoverage();

    assertThat(coverage.level()).isEqualTo("node");
    assertThat(coverage.share()).isBetween(0.4, 0.6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"graphNodeId", "correlationId", "globalPid", "deviceId", "streamId"})
  void doesWithoutColumnsThatOtherVersionsLack(String column) {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.sql("alter table CUPTI_ACTIVITY_KIND_KERNEL drop column " + column);

    assertThat(Samples.answer(trace.written()).aggregateMetrics().gpuActiveUs()).isEqualTo(280);
  }

  @Test
  void doesWithoutTablesThatOtherVersionsLack() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.sql("drop table CUPTI_ACTIVITY_KIND_GRAPH_TRACE");
    trace.sql("drop table CUPTI_ACTIVITY_KIND_RUNTIME");

    var answer = Samples.answer(trace.written());

    // What has no table is unknown, never zero.
    assertThat(answer.aggregateMetrics().launchOverheadRatio()).isEmpty();
    assertThat(answer.aggregateMetrics().applicableCount()).isEqualTo(5);
    assertThat(answer.aggregateMetrics().idle().unknownUs()).isEqualTo(420);
    assertThat(answer.aggregateMetrics().idle().copyingUs()).isEmpty();
    assertThat(answer.host().syncCalls()).isEmpty();
    assertThat(answer.device().graphCoverage().replaysPerStep()).isEmpty();
    assertThat(answer.notes()).anyMatch(note -> note.contains("records no CUDA calls"));
    assertThat(answer.aggregateMetrics().gpuActiveUs()).isEqualTo(280);
  }

  @Test
  void leavesOutRowsWithoutUsableTimesAndSaysHowMany() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    for (String times : List.of("null, 5", "5, null", "'a', 9", "2000, 1000", "x'00', 1")) {
      trace.sql("insert into CUPTI_ACTIVITY_KIND_KERNEL (start, end) values (" + times + ")");
      trace.sql("insert into CUPTI_ACTIVITY_KIND_RUNTIME (start, end) values (" + times + ")");
      trace.sql("insert into NVTX_EVENTS (start, end, eventType) values (" + times + ", 59)");
    }

    var answer = Samples.answer(trace.written());

    assertThat(answer.aggregateMetrics().gpuActiveUs()).isEqualTo(280);
    assertThat(answer.notes()).anyMatch(note -> note.startsWith("5 rows of GPU work"));
  }

  @Test
  void namesBehindSenselessIdsCostNothing() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    for (long id : new long[] {Integer.MAX_VALUE, Long.MAX_VALUE, -7}) {
      trace.sql(
          "insert into CUPTI_ACTIVITY_KIND_KERNEL (start, end, deviceId, streamId, globalPid,"
              + " shortName) select start + 1, end, deviceId, streamId, globalPid, ? from"
              + " CUPTI_ACTIVITY_KIND_KERNEL limit 3",
          id);
      trace.sql(
          "insert into CUPTI_ACTIVITY_KIND_RUNTIME select start, end + 90000, globalTid, 1, ? from"
              + " CUPTI_ACTIVITY_KIND_RUNTIME limit 3",
          id);
    }

    assertThat(Samples.answer(trace.written()).aggregateMetrics().gpuActiveUs()).isEqualTo(280);
  }

  @Test
  void survivesOverlappingStepsAndAClockJump() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.step(FIRST, 3, 1305, 1900, 0, 4);
    trace.step(FIRST, 10, 1_002_000, 1_002_060, 0, 4);
    trace.step(FIRST, 11, 1_002_100, 1_002_160, 0, 4);

    assertThat(Samples.answer(trace.written()).aggregateMetrics().totalUs())
        .isEqualTo(1_002_100 - 1200);
  }

  @Test
  void leavesTheFileAndItsFolderAsTheyAre() throws IOException {
    Path file = new SmallTrace(folder).decoding(FIRST, 40).written();
    byte[] before = Files.readAllBytes(file);

    Samples.answer(file);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(folder).isDirectoryContaining(file::equals);
    assertThat(folder.toFile().list()).hasSize(1);
  }
}

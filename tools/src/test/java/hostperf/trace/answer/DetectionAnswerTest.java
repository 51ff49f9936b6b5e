package hostperf.trace.answer;

import static hostperf.trace.answer.SmallTrace.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hostperf.Refusal;
import hostperf.trace.analyse.GarbageCollection;
import hostperf.trace.analyse.HostBoundVerdict;
import hostperf.trace.analyse.HostOperation;
import hostperf.trace.analyse.IdleGap;
import hostperf.trace.analyse.Thresholds;
import hostperf.trace.timeline.GapBucket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What an answer says beside the metrics.
class DetectionAnswerTest {
  private static final JsonMapper JSON = Samples.mapper();

  @TempDir Path folder;

  private SmallTrace trace() {
    return new SmallTrace(folder).decoding(FIRST, 40);
  }

  private static HostOperation operation(Detection.Answer answer, String name) {
    return answer.host().hostOperations().stream()
        .filter(operation -> operation.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void splitsARangeIntoTimeTheGpuWaitsAndTimeItDoesNot() {
    HostOperation step = operation(Samples.answer(trace().written()), Samples.STEP);

    assertThat(step.totalUsPerStep()).isEqualTo(60);
    assertThat(step.hiddenUsPerStep()).isEqualTo(40);
    assertThat(step.exposedUsPerStep()).isEqualTo(20);
    assertThat(step.selfExposedUsPerStep()).isEqualTo(10);
  }

  @Test
  void exposedTimeOutsideNestedRangesAddsUpToTheIdleTime() {
    var answer = Samples.answer(Samples.packed("graph_level.sqlite.gz"));
    double idle = answer.aggregateMetrics().totalUs() - answer.aggregateMetrics().gpuActiveUs();

    double sum =
        answer.host().hostOperations().stream()
            .mapToDouble(HostOperation::selfExposedUsPerStep)
            .sum();

    assertThat(sum * answer.aggregateMetrics().iterations()).isCloseTo(idle, within(1e-3));
  }

  @Test
  void namesTheHostRangeAndTheCallOfAGap() {
    var trace = trace();
    trace.range(FIRST, 1456, 1499, "_sample_async");
    trace.call(FIRST, 1457, 1498, "cudaStreamSynchronize_v3020");

    IdleGap gap =
        Samples.answer(trace.written()).device().largestGaps().stream()
            .filter(each -> each.step().equals(Optional.of(4L)))
            .findFirst()
            .orElseThrow();

    assertThat(gap.durationUs()).isEqualTo(60);
    assertThat(gap.hostRange()).contains("_sample_async");
    assertThat(gap.apiCall()).contains("cudaStreamSynchronize");
  }

  @Test
  void countsGapsByTheirSize() {
    var buckets = Samples.answer(trace().written()).device().gapBuckets();

    assertThat(buckets.get(4)).returns("50-100 us", GapBucket::range);
    assertThat(buckets.get(4).count()).isEqualTo(6);
    assertThat(buckets.get(4).totalUs()).isEqualTo(360);
  }

  @Test
  void tellsIdleTimeWithoutRequestsFromHostOverhead() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.sql(
        "update NVTX_EVENTS set text = replace(text, '4 gen', '0 gen') where text like '%step 5:%'");

    var answer = Samples.answer(trace.written());

    assertThat(answer.device().noWorkUs()).isEqualTo(60);
    assertThat(answer.notes()).anyMatch(note -> note.startsWith("No work: for 60 us"));
  }

  @Test
  void reportsGarbageCollectionAndWaits() {
    var trace = trace().range(FIRST, 1460, 1490, "Python GC");
    for (int i = 0; i < 10; i++) {
      trace.call(FIRST, 1080 + 100.0 * i, 1090 + 100.0 * i, "cudaStreamSynchronize_v3020");
    }
    var answer = Samples.answer(trace.written());

    assertThat(answer.host().garbageCollection()).isEqualTo(new GarbageCollection(1, 30, 30, 30));
    assertThat(answer.host().syncCalls().orElseThrow().perStep()).isEqualTo(1);
    assertThat(answer.host().syncCalls().orElseThrow().usPerStep()).isEqualTo(10);
  }

  @Test
  void saysHowLittleAYesCanGainWhereTheGpuIsHardlyIdle() {
    var settings =
        new Settings(Optional.of(2), new Thresholds(Map.of("launch_overhead_ratio", 0.01)));
    var found =
        (Detection.Found)
            new TraceDetector(Samples.NO_NSYS)
                .detect(
                    List.of(new SmallTrace(folder).decoding(FIRST, 88).written()),
                    settings,
                    Samples.RANGES);

    assertThat(found.answer().verdict()).isEqualTo(HostBoundVerdict.YES);
    assertThat(found.answer().notes()).anyMatch(note -> note.contains("at most 12.0% to gain"));
  }

  @Test
  void leavesThreeMetricsOutWithoutHostPreparation() {
    var trace = trace();
    trace.sql("delete from NVTX_EVENTS where text = '_prepare_tp_inputs'");

    var metrics = Samples.answer(trace.written()).aggregateMetrics();

    assertThat(metrics.applicableCount()).isEqualTo(3);
    assertThat(metrics.hostPrepExposedRatio()).isEmpty();
    assertThat(metrics.crossedCount()).isEqualTo(2);
  }

  @Test
  void handsOverWhatAJsonReaderGetsBackUnchanged() {
    var handoff = Samples.answer(trace().written()).optimizationHandoff();

    String json = JSON.writeValueAsString(handoff);

    assertThat(json).contains("\"primary_phase\":\"generation\"").contains("\"gap_p50_us\":60.0");
    assertThat(JSON.readValue(json, OptimizationHandoff.class)).isEqualTo(handoff);
  }

  @Test
  void refusesThresholdsThatDoNotExist() {
    assertThatThrownBy(() -> new Thresholds(Map.of("idle", 0.1)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("\"idle\"");
    assertThatThrownBy(() -> new Thresholds(Map.of("nccl_ratio", 20.0)))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> new Settings(Optional.of(-1), Thresholds.defaults()))
        .isInstanceOf(Refusal.class);
  }
}

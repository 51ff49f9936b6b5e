package hostperf.trace.answer;

import static hostperf.trace.answer.SmallTrace.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Traces that cannot be judged, and what is said to capture instead.
class CannotTellTest {
  @TempDir Path folder;

  @Test
  void withoutKernels() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.sql("delete from CUPTI_ACTIVITY_KIND_KERNEL");

    var why = Samples.cannotTell(trace.written());

    assertThat(why.reason()).contains("no GPU work");
    assertThat(why.next()).contains("nsys profile -t cuda,nvtx").doesNotContain("TLLM");
  }

  @Test
  void withOnlyWarmUp() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.sql("delete from NVTX_EVENTS where start >= 1300000");

    var why = Samples.cannotTell(trace.written());

    assertThat(why.reason()).contains("only warm-up: at most 3 steps");
    assertThat(why.next()).contains("TLLM_PROFILE_START_STOP");
  }

  @Test
  void withReplaysThatHaveNoDuration() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.call(FIRST, 1420, 1425, "cudaGraphLaunch_v10000");

    var why = Samples.cannotTell(trace.written());

    assertThat(why.reason()).contains("no graph replay with a duration");
    assertThat(why.next()).contains("--cuda-graph-trace=graph").contains("TLLM_PROFILE_START_STOP");
  }

  @Test
  void suggestsTheWayOfTheEngineInTheTrace() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.sql(
        "update NVTX_EVENTS set text = 'execute_context_0(0)_generation_4(4)' where text like"
            + " '%forward_step%'");
    trace.sql("delete from NVTX_EVENTS where start >= 1300000");

    assertThat(Samples.cannotTell(trace.written()).next())
        .contains("/stop_profile")
        .doesNotContain("TLLM");
  }

  @Test
  void fromAFileThatIsNoTrace() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.sqlite"), "dear diary");

    assertThat(Samples.cannotTell(file).reason()).contains("neither a SQLite database nor JSON");
  }

  @Test
  void fromAReportWhereNsysIsNotInstalled() throws IOException {
    Path file = Files.writeString(folder.resolve("run.nsys-rep"), "x");

    assertThat(Samples.cannotTell(file).next())
        .contains("nsys export --type sqlite")
        .contains("run.sqlite");
  }

  @Test
  void fromACpuOnlyTorchTrace() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("cpu.json"),
            """
            {"traceEvents": [{"ph": "X", "cat": "user_annotation", "name": "_schedule",
              "pid": 1, "tid": 1, "ts": 1.5, "dur": 2}]}""");

    var why = Samples.cannotTell(file);

    assertThat(why.reason()).contains("CPU-only");
    assertThat(why.next()).contains("ProfilerActivity.CUDA");
  }

  @Test
  void butAMissingFileIsTheCallersToPutRight() {
    assertThatThrownBy(() -> Samples.detection(folder.resolve("absent.sqlite")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("absent.sqlite");
  }

  @Test
  void fromAFewKernels() {
    var trace = new SmallTrace(folder).kernel(FIRST, 1, 6, "a").kernel(FIRST, 8, 12, "b");

    assertThat(Samples.cannotTell(trace.written()).reason())
        .contains("2 pieces of GPU work that take 9.0 us in all, less than the 100 us");
  }

  @Test
  void butWithoutNvtxTheWholeTraceIsJudged() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.sql("drop table NVTX_EVENTS");

    assertThat(Samples.answer(trace.written()).aggregateMetrics().gpuActiveUs()).isEqualTo(400);
  }

  @Test
  void butWithoutStepRangesTheWholeTraceIsJudgedAndTheAnswerSaysSo() {
    var trace = new SmallTrace(folder).decoding(FIRST, 40);
    trace.sql("delete from NVTX_EVENTS where text like '%forward_step%'");

    var answer = Samples.answer(trace.written());

    assertThat(answer.aggregateMetrics().totalUs()).isEqualTo(940);
    assertThat(answer.aggregateMetrics().iterations()).isZero();
    assertThat(answer.phases().generation()).isEmpty();
    assertThat(answer.notes()).anyMatch(note -> note.contains("has no step ranges"));
  }
}

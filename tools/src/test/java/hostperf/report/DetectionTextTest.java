package hostperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.agent.TraceOutcome;
import hostperf.lines.ExistingProfiles;
import hostperf.trace.answer.Detection;
import hostperf.trace.answer.Samples;
import hostperf.trace.answer.SmallTrace;
import hostperf.trace.lines.LinesBehindGaps;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a detection says in words.
class DetectionTextTest {
  @TempDir Path folder;

  private static String text(Detection.Answer answer) {
    return AgentText.of(new TraceOutcome.Detected(answer, List.of()));
  }

  @Test
  void explainsTwoVerdictsOfTheSameFigures() {
    var trace = new SmallTrace(folder).decoding(SmallTrace.FIRST, 75);
    trace.sql("delete from NVTX_EVENTS where text = '_prepare_tp_inputs'");

    assertThat(text(Samples.answer(trace.written())))
        .contains(
            "The same figures, two verdicts: generation has limits of its own (idle without copies"
                + " 25.0% > 15.0%, busy or copying 75.0% < 80.0%).");
  }

  @Test
  void saysOfEachProcessWhichLimitsItCrossed() {
    var trace = new SmallTrace(folder).decoding(SmallTrace.FIRST, 40);
    trace.decoding(SmallTrace.SECOND, 40);
    trace.sql(
        "update CUPTI_ACTIVITY_KIND_KERNEL set deviceId = 1 where globalPid = ?",
        SmallTrace.SECOND);

    assertThat(text(Samples.answer(trace.written())))
        .containsPattern("YES +idle without copies 60.0% > 30.0%");
  }

  @Test
  void putsGapRangeAndLineIntoOneRow() {
    var lines =
        new LinesBehindGaps(
            ExistingProfiles.read(List.of(Samples.packed("planted_delays.collapsed"))),
            Samples.RANGES);
    var found =
        (Detection.Found) lines.in(Samples.detection(Samples.packed("planted_delays.json.gz")));

    assertThat(text(found.answer()))
        .containsPattern(
            "engine.py:31 host_loop from step +own code +– +4.00 ms a step +9.8% +engine.py:34"
                + " 100.0% \\(profile\\)")
        .contains("engine::read_back calls cudaStreamSynchronize 32.0 times a step")
        .hasSizeLessThan(2800);
  }
}

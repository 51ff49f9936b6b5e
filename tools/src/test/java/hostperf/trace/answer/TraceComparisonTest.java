package hostperf.trace.answer;

import static hostperf.trace.answer.SmallTrace.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import hostperf.trace.answer.Comparison.CannotCompare;
import hostperf.trace.answer.Comparison.Compared;
import hostperf.trace.answer.Comparison.OperationChange;
import hostperf.trace.answer.Comparison.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceComparisonTest {
  @TempDir Path folder;
  @TempDir Path other;

  private static Comparison compare(Path baseline, Path target) {
    return new TraceComparison(Samples.NO_NSYS)
        .compare(baseline, target, Settings.defaults(), Samples.RANGES);
  }

  private static OperationChange change(Compared compared, String name) {
    return compared.operations().stream()
        .filter(operation -> operation.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void findsEveryOperationOfATraceTheSameAsItself() {
    Path trace = Samples.packed("graph_level.sqlite.gz");

    var compared = (Compared) compare(trace, trace);

    assertThat(compared.operations())
        .hasSizeGreaterThan(3)
        .allMatch(operation -> operation.status() == Status.SAME);
    assertThat(compared.wallTimePerStepUs().delta()).isZero();
  }

  @Test
  void namesWhatGotSlowerWhatIsNewAndWhatIsGone() {
    var before = new SmallTrace(folder).decoding(FIRST, 40);
    var after = new SmallTrace(other).decoding(FIRST, 40);
    for (int i = 0; i < 10; i++) {
      double at = 1000 + 100.0 * i;
      before.range(FIRST, at + 61, at + 71, "_schedule").range(FIRST, at + 72, at + 73, "_old");
      after.range(FIRST, at + 61, at + 91, "_schedule").range(FIRST, at + 92, at + 93, "_new");
      after.call(FIRST, at + 62, at + 63, "cudaStreamSynchronize_v3020");
    }

    var compared = (Compared) compare(before.written(), after.written());

    assertThat(change(compared, "_schedule").status()).isEqualTo(Status.REGRESSION);
    assertThat(change(compared, "_schedule").deltaUsPerStep()).isEqualTo(20);
    assertThat(change(compared, "_old").status()).isEqualTo(Status.GONE);
    assertThat(change(compared, "_new").status()).isEqualTo(Status.NEW);
    assertThat(compared.apiCallsPerStep().delta()).isEqualTo(1);
    assertThat(compared.optimizationHandoff().recommendedFirstTarget())
        .hasValueSatisfying(source -> assertThat(source).endsWith("PyExecutor._schedule"));
  }

  @Test
  void refusesToCompareDifferentLoads() {
    var before = new SmallTrace(folder).decoding(FIRST, 40);
    var after = new SmallTrace(other).decoding(FIRST, 40);
    after.sql("update NVTX_EVENTS set text = replace(text, '4 gen', '64 gen')");

    var why = (CannotCompare) compare(before.written(), after.written());

    assertThat(why.reason()).contains("7 of 0 ctx + 4 gen").contains("7 of 0 ctx + 64 gen");
  }
}

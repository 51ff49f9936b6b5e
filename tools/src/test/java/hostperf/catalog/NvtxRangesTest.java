package hostperf.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NvtxRangesTest {
  private static final NvtxRanges RANGES = NvtxRanges.read(Golden.root().resolve("references"));
  private static final String EXECUTOR = "tensorrt_llm._torch.pyexecutor.py_executor.PyExecutor.";

  @Test
  void knowsTheStepInItsNewAndItsOldForm() {
    assertThat(RANGES.sourceOf("[Executor] _forward_step 12: 0 ctx reqs, 0 ctx tokens, 8 gen reqs"))
        .contains(EXECUTOR + "_forward_step");
    assertThat(RANGES.sourceOf("[Executor] _forward_step 12: 0 ctx reqs, 8 gen reqs"))
        .contains(EXECUTOR + "_forward_step");
  }

  @Test
  void tellsTheEnginesStepFromTheExecutors() {
    assertThat(RANGES.sourceOf("_forward_step").orElseThrow())
        .endsWith("DecoderRunner._forward_step");
  }

  @Test
  void matchesWholeNamesOnly() {
    assertThat(RANGES.sourceOf("update_requests").orElseThrow())
        .endsWith("TorchSampler.update_requests");
    assertThat(RANGES.sourceOf("_update_requests")).contains(EXECUTOR + "_update_requests");
    assertThat(RANGES.sourceOf("pdate_requests")).isEmpty();
  }

  @Test
  void takesANumberForARank() {
    assertThat(RANGES.sourceOf("_forward_step_last_pp pp_rank 3"))
        .contains(EXECUTOR + "_executor_loop_pp");
    assertThat(RANGES.sourceOf("_forward_step_last_pp pp_rank N")).isEmpty();
  }

  @Test
  void namesOnlyFunctionsThatTheTargetMapKnows() {
    var map = TargetMaps.read(Golden.root().resolve("references")).of("tensorrt-llm");
    assertThat(RANGES.sources())
        .hasSizeGreaterThan(50)
        .allMatch(source -> map.function(source).isPresent());
  }

  @Test
  void namesNoFunctionForTheGarbageCollector() {
    assertThat(RANGES.sourceOf("Python GC")).isEmpty();
  }

  @Test
  void readsASettingForEachEvidence() {
    assertThat(List.of("eager_steps", "unmatched_graphs", "iteration_statistics"))
        .allSatisfy(
            evidence ->
                assertThat(RANGES.settings(evidence, Optional.of("TensorRT-LLM"))).isNotEmpty());
  }

  @Test
  void countsTheRequestsInBothFormsOfVllmsStep() {
    var steps =
        List.of(
            "execute_context_1(16)_generation_8(8)",
            "execute_24_context_1(sq16sk16sqsq256sqsk256)_generation_8(sq8sk900sqsq8sqsk900)");
    assertThat(steps)
        .allSatisfy(
            name -> {
              var step = RANGES.step(name).orElseThrow();
              assertThat(step.engine()).isEqualTo("vLLM");
              assertThat(step.counts().contextRequests()).contains(1L);
              assertThat(step.counts().generationRequests()).contains(8L);
            });
  }
}

package hostperf.trace.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.catalog.StepRange;
import hostperf.trace.answer.Samples;
import hostperf.trace.read.ApiCall;
import hostperf.trace.read.KernelName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is read out of the names in a trace.
class ApiNamesTest {
  @ParameterizedTest
  @CsvSource({
    "cudaLaunchKernel_v7000, LAUNCH",
    "cudaLaunchKernelExC_v11060, LAUNCH",
    "cuLaunchKernelEx_ptsz, LAUNCH",
    "cuLaunchKernel, LAUNCH",
    "cudaGraphLaunch_v10000, GRAPH_LAUNCH",
    "cudaStreamSynchronize_v3020, WAIT",
    "cudaLaunchHostFunc_v10000, OTHER",
    "cudaLaunchKernelFake, OTHER",
    "hipLaunchKernel, LAUNCH",
    "hipExtModuleLaunchKernel, LAUNCH",
    "hipGraphLaunch, GRAPH_LAUNCH",
    "hipStreamSynchronize, WAIT",
    "hipMemcpyWithStream, WAIT",
    "hipMalloc, OTHER",
    "urEnqueueKernelLaunch, LAUNCH",
    "zeEventHostSynchronize, WAIT"
  })
  void knowsCallsUnderTheNamesThatExportsGive(String name, ApiCall kind) {
    assertThat(ApiCall.of(name)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "void at::native::foo<16, long>(char*, long) | foo",
        "void (anonymous namespace)::bar<a::b>(int) | bar",
        "ncclDevKernel_AllReduce_Sum_f16_RING_LL(ncclDevComm*) | ncclDevKernel_AllReduce_Sum_f16_RING_LL",
        "triton_poi_fused_0 | triton_poi_fused_0"
      })
  void shortensKernelNames(String name, String shortName) {
    assertThat(KernelName.shortened(name)).isEqualTo(shortName);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[Executor] _forward_step 12: 3 ctx reqs, 4 gen reqs | 12 | 3 | 4",
        "[Executor] _forward_step 12: 3 ctx reqs, 99 ctx tokens, 4 gen reqs | 12 | 3 | 4"
      })
  void readsStepsInBothForms(String name, long number, long context, long generation) {
    assertThat(Samples.RANGES.step(name).orElseThrow().counts())
        .isEqualTo(
            new StepRange.Counts(
                Optional.of(number), Optional.of(context), Optional.of(generation)));
  }

  @Test
  void doesNotTakeTheEnginesOwnRangeForAStep() {
    assertThat(Samples.RANGES.step("_forward_step")).isEmpty();
    assertThat(Samples.RANGES.step("[Executor] _forward_step 1: some")).isEmpty();
  }

  @Test
  void addsUpRangesThatDifferOnlyInNumbers() {
    assertThat(RangeName.common("layers.3.mlp", Samples.RANGES)).isEqualTo("layers.N.mlp");
    assertThat(RangeName.common("gemm_128x64 rank 2", Samples.RANGES))
        .isEqualTo("gemm_128x64 rank N");
    assertThat(RangeName.common("execute_context_0(0)_generation_32(32)", Samples.RANGES))
        .isEqualTo("execute_context_N(N)_generation_N(N)");
    assertThat(RangeName.common("decode_bs32 step12", Samples.RANGES))
        .isEqualTo("decode_bsN stepN");
    assertThat(RangeName.common("cast_fp8", Samples.RANGES)).isEqualTo("cast_fp8");
    assertThat(
            RangeName.common("[Executor] _forward_step 4: 0 ctx reqs, 1 gen reqs", Samples.RANGES))
        .isEqualTo(Samples.STEP);
    assertThat(RangeName.layer("model.layers.31.self_attn")).isEqualTo(31);
    assertThat(RangeName.layer("_schedule")).isEqualTo(-1);
  }
}

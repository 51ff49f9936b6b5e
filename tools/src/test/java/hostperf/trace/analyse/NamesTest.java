package hostperf.trace.analyse;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.KernelName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is read out of the names in a trace.
class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "cudaLaunchKernel_v7000, LAUNCH",
    "cudaLaunchKernelExC_v11060, LAUNCH",
    "cuLaunchKernelEx_ptsz, LAUNCH",
    "cuLaunchKernel, LAUNCH",
    "cudaGraphLaunch_v10000, GRAPH_LAUNCH",
    "cudaStreamSynchronize_v3020, WAIT",
    "cudaLaunchHostFunc_v10000, OTHER",
    "cudaLaunchKernelFake, OTHER"
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
    assertThat(Step.of(name, 5)).contains(new Step(number, context, generation, 5));
  }

  @Test
  void doesNotTakeTheEnginesOwnRangeForAStep() {
    assertThat(Step.of("_forward_step", 5)).isEmpty();
    assertThat(Step.of("[Executor] _forward_step 1: some", 5)).isEmpty();
  }

  @Test
  void addsUpRangesThatDifferOnlyInNumbers() {
    assertThat(RangeName.common("layers.3.mlp")).isEqualTo("layers.N.mlp");
    assertThat(RangeName.common("gemm_128x64 rank 2")).isEqualTo("gemm_128x64 rank N");
    assertThat(RangeName.common("[Executor] _forward_step 4: 0 ctx reqs, 1 gen reqs"))
        .isEqualTo(Step.RANGE);
    assertThat(RangeName.layer("model.layers.31.self_attn")).isEqualTo(31);
    assertThat(RangeName.layer("_schedule")).isEqualTo(-1);
  }
}

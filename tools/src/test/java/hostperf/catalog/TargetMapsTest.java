package hostperf.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Golden;
import hostperf.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetMapsTest {
  private final TargetMaps maps = TargetMaps.read(Golden.root().resolve("references"));

  @Test
  void knowsTheTargetsOfTheInterfaceOfRecord() {
    assertThat(maps.all())
        .extracting(TargetMap::name)
        .containsExactly("tensorrt-llm", "vllm", "sglang", "generic");
  }

  @Test
  void refusesAnUnknownTargetAndNamesTheKnown() {
    assertThatThrownBy(() -> maps.of("trtllm"))
        .isInstanceOf(Refusal.class)
        .hasMessage("No target 'trtllm' is known; known are tensorrt-llm, vllm, sglang, generic.");
  }

  @Test
  void namesNoFunctionTwice() {
    for (var map : maps.all()) {
      var seen = new HashSet<String>();
      assertThat(map.functions()).extracting(HotFunction::name).allMatch(seen::add, map.name());
    }
  }

  @Test
  void writesNamesInTheTwoFormsTheProfilerTakes() {
    for (var map : maps.all()) {
      assertThat(map.functions())
          .flatExtracting(HotFunction::names)
          .allMatch(name -> name.matches("[a-z_0-9]+(\\.\\w+)+(::\\w+)?"), map.name());
    }
  }

  @Test
  void profilesFirstWhatAStepRunsThrough() {
    assertThat(maps.of("tensorrt-llm").first())
        .extracting(HotFunction::name)
        .contains(
            "tensorrt_llm._torch.pyexecutor.py_executor.PyExecutor._forward_step",
            "tensorrt_llm._torch.pyexecutor.engine.runners.decoder.runner.DecoderRunner._prepare_tp_inputs");
    assertThat(maps.of("generic").first()).isEmpty();
  }

  @Test
  void findsAFunctionByTheNameItHadBefore() {
    var before =
        "tensorrt_llm._torch.pyexecutor.model_engine.PyTorchModelEngine._prepare_tp_inputs";
    assertThat(maps.of("tensorrt-llm").function(before).orElseThrow().name())
        .endsWith("DecoderRunner._prepare_tp_inputs");
  }

  @Test
  void joinsAModuleAndItsFunctionsByTwoColons() {
    assertThat(maps.of("tensorrt-llm").candidates("merge_requests"))
        .extracting(HotFunction::name)
        .containsExactly("tensorrt_llm._torch.pyexecutor.request_utils::merge_requests");
  }

  @Test
  void tellsTheBoundFromTheCheap() {
    var bound = maps.of("tensorrt-llm").bound();
    assertThat(bound.crosses("is_disagg_context_complete_state")).isTrue();
    assertThat(bound.crosses("get_tokens")).isTrue();
    assertThat(bound.crosses("py_batch_idx")).isFalse();
    assertThat(bound.crosses("is_attention_dp_dummy")).isFalse();
    assertThat(bound.isCopying("get_tokens")).isTrue();
    assertThat(bound.isReceiver("req")).isTrue();
  }

  @Test
  void knowsAWaitByTheLastNamesOfTheCall() {
    var calls = maps.of("sglang").calls();
    assertThat(calls.waitAt("result.copy_done.synchronize")).isPresent();
    assertThat(calls.waitAt("torch.cuda.synchronize")).isEmpty();
    assertThat(maps.of("tensorrt-llm").calls().isCollective("self.dist.tp_allgather")).isTrue();
  }

  @Test
  void listsAllTestsThatStandForAFile() {
    assertThat(
            maps.of("tensorrt-llm").testsFor("tensorrt_llm/_torch/pyexecutor/sampler/token_ban.py"))
        .flatExtracting(TestRow::tests)
        .contains(
            "tests/unittest/_torch/sampler/test_torch_sampler.py",
            "tests/unittest/_torch/sampler/test_token_ban.py");
    assertThat(maps.of("vllm").testsFor("setup.py")).isEmpty();
  }

  @Test
  void saysWhichKeyOfThePageIsMissing(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("hot-path-files.md"),
        """
        ```yaml
        target: mine
        functions:
          - names: [step]
        ```
        """);
    assertThatThrownBy(() -> TargetMaps.read(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("hot-path-files.md: `in` is missing");
  }
}

package hostperf.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Golden;
import hostperf.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetMapsTest {
  @TempDir Path folder;
  private static final TargetMaps MAPS = TargetMaps.read(Golden.root().resolve("references"));

  @Test
  void knowsTheTargetsOfTheInterfaceOfRecord() {
    assertThat(MAPS.names()).containsExactly("tensorrt-llm", "vllm", "sglang", "generic");
  }

  @Test
  void refusesAnUnknownTargetAndNamesTheKnown() {
    assertThatThrownBy(() -> MAPS.of("trtllm"))
        .isInstanceOf(Refusal.class)
        .hasMessage("No target 'trtllm' is known; known are tensorrt-llm, vllm, sglang, generic.");
  }

  @Test
  void namesNoFunctionTwice() {
    for (var map : all()) {
      var seen = new HashSet<String>();
      assertThat(map.functions()).extracting(HotFunction::name).allMatch(seen::add, map.name());
    }
  }

  @Test
  void writesNamesInTheTwoFormsTheProfilerTakes() {
    for (var map : all()) {
      assertThat(map.functions())
          .flatExtracting(HotFunction::names)
          .allMatch(name -> name.matches("[a-z_0-9]+(\\.\\w+)+(::\\w+)?"), map.name());
    }
  }

  @Test
  void profilesFirstWhatAStepRunsThrough() {
    assertThat(MAPS.of("tensorrt-llm").first())
        .extracting(HotFunction::name)
        .contains(
            "tensorrt_llm._torch.pyexecutor.py_executor.PyExecutor._forward_step",
            "tensorrt_llm._torch.pyexecutor.engine.runners.decoder.runner.DecoderRunner._prepare_tp_inputs");
    assertThat(MAPS.of("generic").first()).isEmpty();
  }

  @Test
  void findsAFunctionByTheNameItHadBefore() {
    var before =
        "tensorrt_llm._torch.pyexecutor.model_engine.PyTorchModelEngine._prepare_tp_inputs";
    assertThat(MAPS.of("tensorrt-llm").function(before).orElseThrow().name())
        .endsWith("DecoderRunner._prepare_tp_inputs");
  }

  @Test
  void joinsAModuleAndItsFunctionsByTwoColons() {
    assertThat(MAPS.of("tensorrt-llm").candidates("merge_requests"))
        .extracting(HotFunction::name)
        .containsExactly("tensorrt_llm._torch.pyexecutor.request_utils::merge_requests");
  }

  @Test
  void tellsTheBoundFromTheCheap() {
    var bound = MAPS.of("tensorrt-llm").bound();
    assertThat(bound.crosses("is_disagg_context_complete_state")).isTrue();
    assertThat(bound.crosses("get_tokens")).isTrue();
    assertThat(bound.crosses("py_batch_idx")).isFalse();
    assertThat(bound.crosses("is_attention_dp_dummy")).isFalse();
    assertThat(bound.isCopying("get_tokens")).isTrue();
    assertThat(bound.isReceiver("req")).isTrue();
  }

  @Test
  void knowsAWaitByTheLastNamesOfTheCall() {
    var calls = MAPS.of("sglang").calls();
    assertThat(calls.waitAt("result.copy_done.synchronize")).isPresent();
    assertThat(calls.waitAt("torch.cuda.synchronize")).isEmpty();
    assertThat(MAPS.of("tensorrt-llm").calls().isCollective("self.dist.tp_allgather")).isTrue();
  }

  @Test
  void listsAllTestsThatStandForAFile() {
    assertThat(
            MAPS.of("tensorrt-llm").testsFor("tensorrt_llm/_torch/pyexecutor/sampler/token_ban.py"))
        .flatExtracting(TestRow::tests)
        .contains(
            "tests/unittest/_torch/sampler/test_torch_sampler.py",
            "tests/unittest/_torch/sampler/test_token_ban.py");
    assertThat(MAPS.of("vllm").testsFor("setup.py")).isEmpty();
  }

  private static List<TargetMap> all() {
    return MAPS.names().stream().map(MAPS::of).toList();
  }

  @Test
  void saysWhichKeyOfThePageIsMissing() throws IOException {
    assertThatThrownBy(() -> read("functions: [{names: [step]}]"))
        .hasMessageContaining("hot-path-files.md: `in` is missing");
  }

  @Test
  void passesOverNoSlipOfThePen() {
    assertThatThrownBy(() -> read("functions: [{in: m, names: [{name: f, notes: x}]}]"))
        .hasMessageContaining("`notes` is not one of [name, formerly, runs, first, note]");
    assertThatThrownBy(() -> read("functions: [{in: m, names: [{name: f, runs: daily}]}]"))
        .hasMessageContaining("`runs` is 'daily', not one of [PER_RUN, PER_STEP,");
  }

  private TargetMap read(String block) throws IOException {
    Files.writeString(
        folder.resolve("hot-path-files.md"), "```yaml\ntarget: mine\n" + block + "\n```\n");
    return TargetMaps.read(folder).of("mine");
  }
}

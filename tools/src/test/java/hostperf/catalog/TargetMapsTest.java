package hostperf.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Golden;
import hostperf.Refusal;
import hostperf.configuration.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetMapsTest {
  private static final String PYEXECUTOR = "tensorrt_llm._torch.pyexecutor.";
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z_0-9/]+)\\.py` \\| [^|]+ \\| (\\d+) \\|$");

  @TempDir Path folder;
  private static final TargetMaps MAPS = TargetMaps.read(Golden.root().resolve("references"));

  @Test
  void hasAMapOfEachEngineThatAConfigurationMayName() {
    assertThat(MAPS.names())
        .startsWith(Packages.ENGINES.stream().map(Packages::target).toArray(String[]::new))
        .endsWith("generic")
        .hasSize(Packages.ENGINES.size() + 1);
  }

  @Test
  void refusesAnUnknownTargetAndNamesTheKnown() {
    assertThatThrownBy(() -> MAPS.of("trtllm"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "No target 'trtllm' is known; known are tensorrt-llm, vllm, sglang, lmdeploy, generic.");
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
  void knowsWhatOfARequestCrossesTheBindingAndWhatOnlyLooksLikeIt() {
    var bound = MAPS.of("tensorrt-llm").bound();
    assertThat(
            List.of(
                "get_unique_tokens",
                "return_perf_metrics",
                "estimated_reusable_tokens",
                "has_draft_tokens",
                "seq_slot",
                "lora_task_id"))
        .allMatch(bound::crosses)
        .filteredOn(bound::isCopying)
        .containsExactly("get_unique_tokens");
    assertThat(bound.crosses("sampling_config")).isTrue();
    assertThat(bound.isCopying("sampling_config")).as("handed out as a reference").isFalse();
    assertThat(bound.crosses("is_generation_only_request")).as("overridden in Python").isFalse();
    assertThat(bound.crosses("use_draft_model")).as("set in Python, kept in C++").isTrue();
    assertThat(bound.isObject("impl")).isTrue();
    assertThat(bound.isClass("LlmRequest") && bound.isClass("ReqIdsSet")).isTrue();
  }

  @Test
  void namesTheSchedulersOfEachLayout() {
    var map = MAPS.of("tensorrt-llm");
    var policy = map.candidates("GuaranteedNoEvictPolicy.schedule");
    assertThat(policy)
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.names())
                    .containsExactly(
                        PYEXECUTOR + "scheduler.scheduler.GuaranteedNoEvictPolicy.schedule",
                        PYEXECUTOR
                            + "scheduler.unified_scheduler.GuaranteedNoEvictPolicy.schedule"));
    assertThat(map.candidates("PyMicroBatchScheduler.schedule")).hasSize(1);
    for (var file : List.of("scheduler/scheduler", "scheduler/waiting_queue", "request_utils")) {
      assertThat(tests(map, "tensorrt_llm/_torch/pyexecutor/" + file + ".py"))
          .as(file)
          .isNotEmpty();
    }
  }

  @Test
  void findsWhatMovedToAnotherFileByItsOldPlace() {
    var map = MAPS.of("tensorrt-llm");
    assertThat(map.function("tensorrt_llm._torch.modules.attention.Attention.forward"))
        .map(HotFunction::name)
        .contains("tensorrt_llm._torch.attention.attention.Attention.forward");
    assertThat(map.function(PYEXECUTOR + "resource_manager.KVCacheManagerV2.update_resources"))
        .map(HotFunction::name)
        .contains(PYEXECUTOR + "kv_cache.kv_cache_manager_v2.KVCacheManagerV2.update_resources");
    assertThat(
            map.function(PYEXECUTOR + "model_engine.PyTorchModelEngine._get_all_rank_num_tokens"))
        .map(HotFunction::name)
        .get()
        .asString()
        .endsWith("DecoderRunner._get_all_rank_num_tokens_and_spec_counts");
  }

  @Test
  void saysForEachPartTheFirstLayoutThatTheCheckoutHas() throws IOException {
    var layouts = MAPS.of("tensorrt-llm").layouts();
    assertThat(layouts).extracting(Layout::file).doesNotHaveDuplicates();
    assertThat(Layout.of(layouts, folder)).isEmpty();
    for (var file : List.of("model_engine", "engine/runners/decoder/runner", "sampler/sampler")) {
      var path = folder.resolve("tensorrt_llm/_torch/pyexecutor/" + file + ".py");
      Files.createDirectories(path.getParent());
      Files.writeString(path, "");
    }
    assertThat(Layout.of(layouts, folder))
        .isEqualTo("engine: split into runners; sampler: a package");
  }

  @Test
  void knowsTheEnginesOwnLogger() {
    assertThat(MAPS.loggers())
        .extracting(EngineLogger::name)
        .containsExactly("tensorrt_llm.logger.logger");
    assertThat(MAPS.loggers().getFirst().question("log", "debug"))
        .isEqualTo("log.level in (\"verbose\", \"debug\", \"trace\")");
  }

  @Test
  void knowsAWaitByTheLastNamesOfTheCall() {
    var calls = MAPS.of("sglang").calls();
    assertThat(calls.waitAt("result.copy_done.synchronize")).isPresent();
    assertThat(calls.waitAt("torch.cuda.synchronize")).isEmpty();
    var trtllm = MAPS.of("tensorrt-llm").calls();
    assertThat(List.of("tp_allgather", "tp_cp_allgather_int64", "tp_allreduce", "broadcast"))
        .allMatch(name -> trtllm.isCollective("self.dist." + name));
    assertThat(trtllm.waitAt("self._prepare_inputs_event.synchronize")).isPresent();
  }

  private static List<TestRow> tests(TargetMap map, String file) {
    return map.tests().stream().filter(row -> row.covers(file)).toList();
  }

  @Test
  void listsAllTestsThatStandForAFile() {
    assertThat(
            tests(MAPS.of("tensorrt-llm"), "tensorrt_llm/_torch/pyexecutor/sampler/token_ban.py"))
        .flatExtracting(TestRow::tests)
        .contains(
            "tests/unittest/_torch/sampler/test_torch_sampler.py",
            "tests/unittest/_torch/sampler/test_token_ban.py");
    assertThat(tests(MAPS.of("vllm"), "setup.py")).isEmpty();
  }

  /// The page says how far the names of the map were checked; adding one makes that untrue.
  @Test
  void thePageCountsTheFunctionsAndTestsThatItSpeaksOf() throws IOException {
    var page = Files.readString(Golden.root().resolve("references/hot-path-files.md"));
    var map = MAPS.of("tensorrt-llm");
    long tests = map.tests().stream().flatMap(row -> row.tests().stream()).distinct().count();
    assertThat(page)
        .contains("Of the %d functions below".formatted(map.functions().size()))
        .contains("All %d test files and folders".formatted(tests));
  }

  /// Every function stands in a file of the table, or the page names it as seen nowhere.
  @Test
  void thePageCountsTheFunctionsSeenInEveryFile() throws IOException {
    var page = Files.readString(Golden.root().resolve("references/hot-path-files.md"));
    var names = MAPS.of("tensorrt-llm").functions().stream().map(HotFunction::name).toList();
    long seen = 0;
    for (var row : ROW.matcher(page).results().toList()) {
      var module = "tensorrt_llm._torch." + row.group(1).replace('/', '.');
      var unseen = List.of("SimpleUnifiedScheduler.schedule_step", "schedule_active_requests");
      var there =
          names.stream()
              .filter(name -> name.startsWith(module + ".") || name.startsWith(module + "::"))
              .filter(name -> unseen.stream().noneMatch(name::endsWith))
              .count();
      assertThat(row.group(2)).as(module).isEqualTo(String.valueOf(there));
      seen += there;
    }
    assertThat(seen).isEqualTo(names.size() - 2);
    assertThat(page).contains("%d were seen in their definitions".formatted(seen));
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
        .hasMessageContaining("`notes` is not one of [name, formerly, runs, first, root, note]");
    assertThatThrownBy(() -> read("functions: [{in: m, names: [{name: f, runs: daily}]}]"))
        .hasMessageContaining("`runs` is 'daily', not one of [PER_RUN, PER_STEP,");
  }

  private TargetMap read(String block) throws IOException {
    Files.writeString(
        folder.resolve("hot-path-files.md"), "```yaml\ntarget: mine\n" + block + "\n```\n");
    return TargetMaps.read(folder).of("mine");
  }
}

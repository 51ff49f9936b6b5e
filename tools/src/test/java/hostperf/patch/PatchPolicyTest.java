package hostperf.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PatchPolicyTest {
  private final PatchPolicy policy =
      new PatchPolicy(List.of("engine/**/*.py", "!engine/old/"), List.of("engine/frozen*"));

  @Test
  void allowsWhatEditableMatchesWithOrWithoutFoldersBetween() {
    assertThat(policy.allows("engine/a.py")).isTrue();
    assertThat(policy.allows("engine/x/y/a.py")).isTrue();
    assertThat(policy.allows("engine/a.cpp")).isFalse();
    assertThat(policy.allows("src/engine/a.py")).isFalse();
  }

  @Test
  void takesBackWhatAnExclamationMarkTakesBack() {
    assertThat(policy.reasonAgainst("engine/old/a.py"))
        .contains("matches none of policy.editable: engine/**/*.py, !engine/old/");
  }

  @Test
  void protectionWins() {
    assertThat(policy.reasonAgainst("engine/frozen.py"))
        .contains("is protected by `engine/frozen*`");
    assertThat(policy.reasonAgainst("engine/tests/a.py")).contains("is protected by `**/tests/**`");
  }

  @Test
  void noPatternTakesTheBuiltInProtectionBack() {
    var bold = new PatchPolicy(List.of("**"), List.of("!**/tests/**", "!hostperf.yaml"));
    assertThat(bold.allows("tests/a.py")).isFalse();
    assertThat(bold.allows("hostperf.yaml")).isFalse();
    assertThat(bold.allows("anything.py")).isTrue();
  }

  @Test
  void theHotPathOfTheTargetsStaysEditable() {
    var wide = new PatchPolicy(List.of("**/*.py"), List.of());
    assertThat(
            List.of(
                "tensorrt_llm/_torch/pyexecutor/py_executor.py",
                "tensorrt_llm/_torch/pyexecutor/sampler.py",
                "tensorrt_llm/_torch/attention_backend/trtllm.py",
                "vllm/v1/worker/gpu_model_runner.py",
                "python/sglang/srt/managers/scheduler.py"))
        .allMatch(wide::allows);
  }
}

package hostperf.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HF_TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "DB_PASSWORD",
        "OPENAI_API_KEY",
        "GITHUB_PAT",
        "NPM_AUTH",
        "SSH_PRIVATE_KEY",
        "HTTP_COOKIE",
        "SENTRY_DSN",
        "WANDB_APIKEY",
        "KEY"
      })
  void knowsASecretByItsName(String name) {
    assertThat(Redactor.isSecret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "TLLM_LINE_PROFILER_PATH",
        "TOKENIZERS_PARALLELISM",
        "MAX_NUM_TOKENS",
        "MONKEY",
        "KEYBOARD",
        "COMPUTE_PATH"
      })
  void leavesOtherNamesAlone(String name) {
    assertThat(Redactor.isSecret(name)).isFalse();
  }

  @Test
  void hidesValuesButShowsNames() {
    assertThat(Redactor.shown(Map.of("HF_TOKEN", "hf_abc", "LANG", "C")))
        .isEqualTo(Map.of("HF_TOKEN", "<hidden>", "LANG", "C"));
  }

  @Test
  void takesTheValuesOutOfATextWhateverPrintedThem() {
    var redactor = Redactor.of(Map.of("HF_TOKEN", "hf_abcdef", "A_KEY", "1"));
    assertThat(redactor.text("token=hf_abcdef step 1")).isEqualTo("token=<hidden> step 1");
  }
}

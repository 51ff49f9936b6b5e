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
        "HTTP_AUTHORIZATION",
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
        "PWD",
        "OLDPWD",
        "TLLM_LINE_PROFILER_PATH",
        "TOKENIZERS_PARALLELISM",
        "MAX_NUM_TOKENS",
        "MONKEY",
        "KEYBOARD",
        "XDG_SESSION_TYPE",
        "SSH_AUTH_SOCK",
        "GIT_AUTHOR_NAME",
        "COMPUTE_PATH"
      })
  void leavesOtherNamesAlone(String name) {
    assertThat(Redactor.isSecret(name)).isFalse();
  }

  @Test
  void hidesValuesButShowsNames() {
    assertThat(Redactor.shown(Map.of("HF_TOKEN", "hf_abc", "LANG", "C")))
        .isEqualTo(Map.of("HF_TOKEN", "[hidden]", "LANG", "C"));
  }

  @Test
  void takesTheValuesOutOfATextWhateverPrintedThem() {
    var redactor = Redactor.of(Map.of("HF_TOKEN", "hf_abcdef", "A_KEY", "1"));
    assertThat(redactor.text("token=hf_abcdef step 1")).isEqualTo("token=[hidden] step 1");
  }

  @Test
  void knowsAValueLineByLineAndEscaped() {
    var redactor = Redactor.of(Map.of("A_KEY", "-first&line-\n-second\"line-"));
    assertThat(redactor.text("x -second\"line- {\"k\": \"-first&line-\\n-second\\\"line-\"}"))
        .isEqualTo("x [hidden] {\"k\": \"[hidden]\"}");
    var one = Redactor.of(Map.of("A_KEY", "first&line"));
    assertThat(one.text("<m>first&amp;line</m>")).isEqualTo("<m>[hidden]</m>");
  }

  @Test
  void findsASecretThatIsTornBetweenPieces() {
    var redactor = Redactor.of(Map.of("HF_TOKEN", "hf_abcdef"));
    var seen = new StringBuilder();
    var stream = new RedactedStream(redactor, (chars, n) -> seen.append(chars, 0, n));
    for (char c : "a hf_abcdef hf_abc hf_".toCharArray()) {
      stream.append(new char[] {c}, 1);
    }
    assertThat(seen).hasToString("a [hidden] hf_abc ");
    stream.end();
    assertThat(seen).hasToString("a [hidden] hf_abc hf_");
  }
}

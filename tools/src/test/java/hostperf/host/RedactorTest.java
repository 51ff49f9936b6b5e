package hostperf.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  /// A program may print the token without its scheme.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--header=Authorization: Bearer zq9Xv7LmT2",
        "Authorization: Digest zq9Xv7LmT2",
        "{\"Authorization\": \"Bearer zq9Xv7LmT2\"}"
      })
  void takesTheTokenOfAHeaderOutOfWhatIsPrinted(String argument) {
    assertThat(Redactor.of(Map.of(), List.of("x", argument)).text("got zq9Xv7LmT2"))
        .isEqualTo("got [hidden]");
  }

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
        "PGPASS",
        "PGPASSWORD",
        "DB_PASS",
        "SSHPASS",
        "MYSQL_PWD",
        "LDAP_BINDPW",
        "SLACK_WEBHOOK_URL",
        "TEAMS_WEBHOOK",
        "CI_JOB_JWT_V2",
        "JWT",
        "AZURE_STORAGE_SAS",
        "SAS_URL",
        "PROD_DSN",
        "DSN_MAIN",
        "AWS_CREDS",
        "VAULT_OTP",
        "ADMIN_TOKEN",
        "HF_HUB_TOKENS",
        "TOKENIZER_API_KEY",
        "MASTERKEY",
        "CONN_STR",
        "api-key",
        "apiKey",
        "ROOTPW",
        "rootpw",
        "ADMINPWD",
        "DbPwd",
        "WIFI_PSK",
        "PASSCODE",
        "PRIVKEY",
        "WALLET_MNEMONIC",
        "x-auth-token",
        "KEY"
      })
  void knowsASecretByItsName(String name) {
    assertThat(SecretNames.has(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "PWD",
        "OLDPWD",
        "INIT_PWD",
        "TLLM_LINE_PROFILER_PATH",
        "TOKENIZERS_PARALLELISM",
        "MAX_NUM_TOKENS",
        "MONKEY",
        "KEYBOARD",
        "XDG_SESSION_TYPE",
        "SSH_AUTH_SOCK",
        "GIT_AUTHOR_NAME",
        "COMPUTE_PATH",
        "max_tokens",
        "max-num-batched-tokens",
        "num_speculative_tokens",
        "tokens_per_block",
        "eos_token_id",
        "tokenizer",
        "tokenizer-mode",
        "author",
        "BYPASS",
        "COMPASS",
        "SINGLE_PASS",
        "SASS_PATH",
        "SASL_MECHANISM",
        "sort_key",
        "DBUS_SESSION_BUS_ADDRESS",
        "PATTERN",
        "PASSES"
      })
  void leavesOtherNamesAlone(String name) {
    assertThat(SecretNames.has(name)).isFalse();
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgres://bob:s3cret@db:5432/x      | postgres://bob:[hidden]@db:5432/x
          redis://:s3cret@cache                | redis://:[hidden]@cache
          https://bob:p@ss:word@host/a@b       | https://bob:[hidden]@host/a@b
          https://ghp_abcdefghijklmnopq@github.com/x | https://[hidden]@github.com/x
          https://a.blob/c?sv=1&sig=aB%2Bc&x=2 | https://a.blob/c?sv=1&sig=[hidden]&x=2
          https://h/x?access_token=abc#y       | https://h/x?access_token=[hidden]#y
          https://hooks.slack.com/services/T0/B0/x | https://hooks.slack.com/services/[hidden]
          https://h/cb#access_token=abc&x=1    | https://h/cb#access_token=[hidden]&x=1
          /cb#id_token=a.b.c                   | /cb#id_token=[hidden]
          http://host:8000/v1?max_tokens=512   | http://host:8000/v1?max_tokens=512
          http://host:80/a@b?x=c@d             | http://host:80/a@b?x=c@d
          {"a":"http://h:80","b":"c@d"}        | {"a":"http://h:80","b":"c@d"}
          git@github.com:a/b.git               | git@github.com:a/b.git
          C:/x: a@b                            | C:/x: a@b
          """)
  void hidesTheSecretsOfAnAddressWhereverItStands(String text, String shown) {
    assertThat(Redactor.of(Map.of()).text("at " + text + " ok")).isEqualTo("at " + shown + " ok");
    assertThat(Redactor.shown(Map.of("URL", text))).containsEntry("URL", shown);
    assertThat(Redactor.shown(List.of("run", text))).containsExactly("run", shown);
  }

  @Test
  void aPasswordOfAnAddressIsKnownOnItsOwn() {
    var redactor = Redactor.of(Map.of("DATABASE_URL", "postgres://bob:s3%2Fcret-x@db/x"));
    assertThat(redactor.text("using s3%2Fcret-x or s3/cret-x"))
        .isEqualTo("using [hidden] or [hidden]");
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        arguments(List.of("bench", "--api-key", "sk-0123"), "bench --api-key [hidden]"),
        arguments(List.of("bench", "--token=sk-0123"), "bench --token=[hidden]"),
        arguments(List.of("bench", "--password", "abc"), "bench --password [hidden]"),
        arguments(List.of("env", "HF_TOKEN=hf_0123", "x"), "env HF_TOKEN=[hidden] x"),
        arguments(
            List.of("curl", "-H", "Authorization: Bearer ab/cd=="),
            "curl -H Authorization: Bearer [hidden]"),
        arguments(
            List.of("curl", "--header=Authorization: Bearer ab/cd=="),
            "curl --header=Authorization: Bearer [hidden]"),
        arguments(
            List.of("curl", "-H", "Authorization:Digest ab/cd== "),
            "curl -H Authorization:Digest [hidden] "),
        arguments(
            List.of("x", "--headers", "{\"Authorization\": \"Bearer ab/cd==\"}"),
            "x --headers {\"Authorization\": \"[hidden]\"}"),
        arguments(List.of("curl", "-H", "X-Api-Key: abc123"), "curl -H X-Api-Key: [hidden]"),
        arguments(List.of("curl", "-u", "bob:pw"), "curl -u [hidden]"),
        arguments(List.of("curl", "-ubob:pw"), "curl -u[hidden]"),
        arguments(List.of("curl", "--user=bob:pw"), "curl --user=[hidden]"),
        arguments(
            List.of("curl", "-HAuthorization: Bearer ab/cd=="),
            "curl -HAuthorization: Bearer [hidden]"),
        arguments(List.of("curl", "-b", "sid=12345678"), "curl -b [hidden]"),
        arguments(
            List.of("x", "--header", "Authorization", "Bearer ab/cd=="),
            "x --header Authorization [hidden]"),
        arguments(List.of("x", "Authorization:", "ab/cd=="), "x Authorization: [hidden]"),
        arguments(List.of("x", "--value", "Bearer ab/cd=="), "x --value Bearer [hidden]"),
        arguments(List.of("x", "Bearer", "ab/cd=="), "x Bearer [hidden]"),
        arguments(List.of("x", "X-Api-Key", "abc"), "x X-Api-Key [hidden]"),
        arguments(List.of("mysql", "-h", "db", "-pabc", "x"), "mysql -h db -p[hidden] x"),
        arguments(
            List.of("env", "A=1", "/usr/bin/mysqldump", "-uroot", "-pabc"),
            "env A=1 /usr/bin/mysqldump -uroot -p[hidden]"),
        arguments(List.of("sshpass", "-p", "abc", "ssh", "h"), "sshpass -p [hidden] ssh h"),
        arguments(List.of("sshpass", "-pabc", "ssh", "h"), "sshpass -p[hidden] ssh h"),
        arguments(
            List.of("docker", "login", "-u", "me", "-p", "abc"), "docker login -u me -p [hidden]"),
        arguments(List.of("redis-cli", "-a", "abc", "ping"), "redis-cli -a [hidden] ping"),
        arguments(
            List.of("bash", "-c", "ls && mysql -uroot -p'ab c' db; sshpass -p xyz ssh h"),
            "bash -c ls && mysql -uroot -p'[hidden]' db; sshpass -p [hidden] ssh h"),
        arguments(
            List.of("psql", "host=h password=abc dbname=x"),
            "psql host=h password=[hidden] dbname=x"),
        arguments(
            List.of("bash", "-c", "export HF_TOKEN=hf_0123; run --api-key 'sk-0123' --x 1"),
            "bash -c export HF_TOKEN=[hidden]; run --api-key '[hidden]' --x 1"),
        arguments(List.of("x", "{\"api_key\": \"sk-0123\"}"), "x {\"api_key\": \"[hidden]\"}"),
        arguments(List.of("x", "postgres://bob:pw@db/x"), "x postgres://bob:[hidden]@db/x"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void hidesSecretsAmongArguments(List<String> command, String shown) {
    assertThat(String.join(" ", Redactor.shown(command))).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vllm serve m --max-num-batched-tokens 8192 --tokenizer meta-llama/Llama-3.1-8B",
        "bench --max-tokens=512 --num-prompts 10 --eos-token-id 128001",
        "docker run --user 1000:1000 -e TOKENIZERS_PARALLELISM=false",
        "srun --key $SECRET bash -c 'echo $HF_TOKEN'",
        "psql -p 5432 -h db",
        "mysql -p db --port 3306",
        "docker run -p 8080:80 image",
        "pytest -p no:cacheprovider",
        "x --schedule token --mode basic latency",
        "x --sort-key total --session-id 5 --keyboard us"
      })
  void leavesOtherArgumentsAlone(String command) {
    assertThat(String.join(" ", Redactor.shown(List.of(command.split(" "))))).isEqualTo(command);
  }

  @Test
  void whatAnArgumentHadForASecretIsTakenOutOfTheOutput() {
    var redactor = Redactor.of(Map.of(), List.of("bench", "--api-key", "sk-012345"));
    assertThat(redactor.text("using key sk-012345")).isEqualTo("using key [hidden]");
  }

  @Test
  void aConfigurationKeepsItsShapeWithoutItsSecrets() {
    var text =
        """
        workload:
          command: [bench, --api-key, "sk-1", --max-tokens, "512"]
          environment: {PGPASS: abc, URL: "redis://:pw@host"}
        tests:
          command:
            - pytest
            - --token
            - t-9
        """;
    assertThat(
            Redactor.written(
                text,
                Map.of("PGPASS", "abc", "URL", "redis://:pw@host"),
                List.of(
                    "bench",
                    "--api-key",
                    "sk-1",
                    "--max-tokens",
                    "512",
                    "pytest",
                    "--token",
                    "t-9")))
        .isEqualTo(
            text.replace("sk-1", "[hidden]")
                .replace("PGPASS: abc", "PGPASS: [hidden]")
                .replace("redis://:pw@", "redis://:[hidden]@")
                .replace("t-9", "[hidden]"));
  }

  @Test
  void findsAnAddressThatIsTornBetweenPieces() {
    var seen = new StringBuilder();
    var stream = new RedactedStream(Redactor.of(Map.of()), (chars, n) -> seen.append(chars, 0, n));
    for (char c : "at pg://bob:p@ss@db/x and 1://x\n".toCharArray()) {
      stream.append(new char[] {c}, 1);
    }
    stream.end();
    assertThat(seen).hasToString("at pg://bob:[hidden]@db/x and 1://x\n");
  }
}

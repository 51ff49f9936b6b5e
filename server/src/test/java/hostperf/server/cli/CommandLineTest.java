package hostperf.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.catalog.Library;
import hostperf.server.cli.console.Console;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.cli.serving.ClientServing;
import hostperf.server.cli.serving.DetachedServing;
import hostperf.server.cli.serving.Installation;
import hostperf.server.cli.serving.Serving;
import hostperf.tool.Access;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What every command has in common: help, completion, version, errors as JSON.
class CommandLineTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    var console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    var installation =
        new Installation(
            Golden.root(),
            new Library(Golden.root()),
            "1.2.3",
            InstantSource.system(),
            new Random(1));
    return HostperfCommand.run(installation, console, arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish", "man"})
  void namesEveryCommandAndItsOptions(String form) {
    assertThat(run("completion", form)).isZero();
    assertThat(out.toString(UTF_8).replace("\\-", "-"))
        .contains("serve", "read-only", "compare-traces", "autopilot", "passes")
        .doesNotContain("${COMPLETION", "%n");
  }

  @Test
  void namesVersionAndCommit() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(UTF_8))
        .matches(
            "hostperf 1\\.2\\.3( \\(commit [0-9a-f]+ of \\d{4}-\\d\\d-\\d\\d(, with changes)?\\))?\\R");
  }

  @ParameterizedTest
  @CsvSource({
    "report run-aaaaaaaa, run-aaaaaaaa",
    "token revoke nobody-at-all, nobody-at-all",
    "classify --profile missing, missing",
    "classify, --profile",
    "runs --surprise, --surprise"
  })
  void givesErrorsAsJsonWhereJsonIsWanted(String line, String named) {
    var words = ("-C " + folder + " " + line + " --json").split(" ", -1);
    assertThat(run(words)).isNotZero();
    var error = JsonMapper.shared().readTree(out.toString(UTF_8));
    assertThat(error.get("error").asString()).contains(named);
    assertThat(error.get("next").asString()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "report", "finish"})
  void namesCommandsNotToolsWhereARunIsUnknown(String command) {
    for (var given : List.of("run-aaaaaaaa", "the last one")) {
      assertThat(run("-C", folder.toString(), command, given)).isEqualTo(ExitCode.WRONG_USE);
      assertThat(err.toString(UTF_8))
          .contains(given, "`hostperf runs`")
          .doesNotContain("start_run");
    }
  }

  @Test
  void readsTheLinesThatClientsStartServersWith() {
    assertThat(ClientServing.of("-C", "a", "serve", "--read-only").orElseThrow())
        .asInstanceOf(InstanceOfAssertFactories.type(Serving.class))
        .extracting(Serving::directory, Serving::access)
        .containsExactly(Path.of("a"), Access.READ_ONLY);
    assertThat(ClientServing.of("serve").orElseThrow())
        .asInstanceOf(InstanceOfAssertFactories.type(Serving.class))
        .extracting(Serving::access)
        .isEqualTo(Access.FULL);
    assertThat(part("-C", "a", "serve", "--detach")).isEqualTo(DetachedServing.Part.FRONT);
    assertThat(part("serve", "--detached")).isEqualTo(DetachedServing.Part.WORKER);
    assertThat(ClientServing.of("serve", "--help")).isEmpty();
    assertThat(ClientServing.of("serve", "--detach", "--http")).isEmpty();
    assertThat(ClientServing.of("serve", "--no-model")).isEmpty();
    assertThat(ClientServing.of("-C", "serve")).isEmpty();
    assertThat(ClientServing.of()).isEmpty();
  }

  private static DetachedServing.Part part(String... arguments) {
    return ((DetachedServing) ClientServing.of(arguments).orElseThrow()).part();
  }
}

package hostperf.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import hostperf.Golden;
import hostperf.catalog.Library;
import hostperf.server.cli.console.Console;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.cli.serving.Installation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a command is given, a person reads a sentence and the next step, never Java.
class CommandFailuresTest {
  private static final String YAML =
      """
      target: generic
      workload:
        command: [python3, a.py]
        metrics:
          - {name: t, unit: s, better: lower, primary: true, pattern: 't=([0-9.]+)'}
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectory(folder.resolve(".git"));
    Files.writeString(folder.resolve("hostperf.yaml"), YAML);
    Files.createDirectory(folder.resolve("folder"));
    Files.writeString(folder.resolve("empty"), "");
    Files.writeString(folder.resolve("text"), "hello\n");
    Files.write(folder.resolve("bytes"), new byte[] {'x', (byte) 0xff, (byte) 0xfe, 0, '\n'});
    Files.writeString(folder.resolve("secret"), "hello\n");
    Files.setPosixFilePermissions(
        folder.resolve("secret"), PosixFilePermissions.fromString("---------"));
  }

  static Stream<List<String>> commandsOnFiles() {
    return Stream.of("missing", "folder", "empty", "text", "bytes", "secret", "/dev/zero")
        .flatMap(
            f ->
                Stream.of(
                    List.of("classify", "--profile", f),
                    List.of("options", "--profile", f, "--hotspot", "h1"),
                    List.of("doctor", "--log", f),
                    List.of("compare", "--samples", f),
                    List.of("score", "--cases", f, "--sources", "."),
                    List.of("detect", f),
                    List.of("compare-traces", f, f)));
  }

  @ParameterizedTest
  @MethodSource("commandsOnFiles")
  void saysWhatIsWrongWithAFile(List<String> command) {
    var file = command.stream().filter(w -> Files.exists(folder.resolve(w))).findFirst();
    assumeFalse(
        file.filter(f -> f.equals("secret") && Files.isReadable(folder.resolve(f))).isPresent(),
        "root may read everything");
    var here = new ArrayList<>(List.of("-C", folder.toString()));
    command.forEach(
        w -> here.add(Files.exists(folder.resolve(w)) ? folder.resolve(w).toString() : w));
    int code =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> run(here.toArray(String[]::new)));
    assertThat(code).isBetween(ExitCode.NEGATIVE, ExitCode.INCONCLUSIVE);
    assertThat(said.toString(UTF_8)).isNotBlank();
    readsLikeASentence();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a folder, a pipe or a device | mkdir",
        "not UTF-8                    | bytes",
        "262,144                      | keys",
        "are not shown                | faults",
        "nested too deeply            | deep",
        "not a regular expression     | pattern",
      })
  void saysWhatIsWrongWithTheConfiguration(String why, String kind) throws IOException {
    var file = folder.resolve("hostperf.yaml");
    switch (kind) {
      case "mkdir" -> {
        Files.delete(file);
        Files.createDirectory(file);
      }
      case "bytes" -> Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
      case "keys" -> Files.writeString(file, lines("k%d: 1\n", 100_000));
      case "faults" -> Files.writeString(file, lines("k%d: 1\n", 10_000));
      case "deep" -> Files.writeString(file, "[".repeat(100_000));
      default ->
          Files.writeString(
              file, YAML.replace("t=([0-9.]+)", "(".repeat(9_999) + "x" + ")".repeat(9_999)));
    }
    int code =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () ->
                run("-C", folder.toString(), "doctor", "--log", folder.resolve("text").toString()));
    assertThat(code).isEqualTo(ExitCode.WRONG_USE);
    assertThat(said.toString(UTF_8)).contains(why).hasSizeLessThan(20_000);
    readsLikeASentence();
  }

  @Test
  void saysThatAFileCannotBeWrittenThere() {
    var trace = Golden.root().resolve("tools/src/test/resources/traces/kineto_healthy.json.gz");
    int code = run("detect", trace.toString(), "--html", "/no/such/folder/page.html");
    assertThat(code).isEqualTo(ExitCode.WRONG_USE);
    assertThat(said.toString(UTF_8))
        .contains("no file or folder '/no/such/folder/page.html'", "Check the path");
    readsLikeASentence();
  }

  @Test
  void saysThatNobodyHeardTheAnswer() {
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    int code = run(new PrintStream(full), "-C", folder.toString(), "approvals");
    assertThat(code).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(said.toString(UTF_8)).contains("standard output was closed or is full");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "demo",
        "init",
        "doctor",
        "classify",
        "options",
        "detect",
        "compare-traces",
        "compare",
        "approvals",
        "approve",
        "deny",
        "runs",
        "report",
        "finish",
        "score",
        "prove",
        "autopilot"
      })
  void explainsEachCommand(String command) {
    assertThat(run(command, "--help")).isZero();
    var help = said.toString(UTF_8);
    assertThat(help).contains("Usage: hostperf " + command);
    for (var way : List.of(List.of(command, "-h"), List.of("help", command))) {
      said.reset();
      assertThat(run(way.toArray(String[]::new))).isZero();
      assertThat(said.toString(UTF_8)).isEqualTo(help);
    }
  }

  private int run(String... arguments) {
    return run(new PrintStream(said, true, UTF_8), arguments);
  }

  private int run(PrintStream out, String... arguments) {
    var root = Golden.root();
    var installation =
        new Installation(root, new Library(root), "test", InstantSource.system(), new Random(1));
    var console =
        new Console(new ByteArrayInputStream(new byte[0]), out, new PrintStream(said, true, UTF_8));
    return HostperfCommand.run(installation, console, arguments);
  }

  private void readsLikeASentence() {
    assertThat(said.toString(UTF_8))
        .doesNotContain("Exception", "java.", "\tat ", "internal error", "Error:");
  }

  private static String lines(String form, int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(form.formatted(i));
    }
    return text.toString();
  }
}

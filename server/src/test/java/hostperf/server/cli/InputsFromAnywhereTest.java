package hostperf.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.catalog.Library;
import hostperf.server.cli.console.Console;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.cli.serving.Installation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reports and logs as other machines and tools leave them, on the command line.
class InputsFromAnywhereTest {
  private static final String TABLE =
      """

      Line #      Hits         Time  Per Hit   % Time  Line Contents
      ==============================================================
           5                                               def step(self):
           6       100      20000.0    200.0      0.0          out = []
           7      6500     900000.0    138.5      1.2          for item in self.items:
           8      6400   76640000.0  11975.0     98.0              out = out + [item * 2]
           9       100     600000.0   6000.0      0.8          return out

      """;
  private static final String WITHOUT_TEXT =
      """
      Timer unit: 1e-09 s

      Total time: 0.07816 s

      Could not find file PATH
      Are you sure you are running this program from the same directory
      that you ran the profiler from?
      Continuing without the function's contents.
      """
          + TABLE.replaceAll("(?m)^( +\\d.{42}).*", "$1");
  private static final String WITH_TEXT =
      "Timer unit: 1e-09 s\n\nTotal time: 0.07816 s\nFile: PATH\nFunction: Plan.step at line 5\n"
          + TABLE;

  private record Ended(int code, String out, String err) {}

  @TempDir Path folder;

  @BeforeEach
  void writeSources() throws IOException {
    write(
        "src/eng/plan.py",
        """
        class Plan:
            def __init__(self, items):
                self.items = items

            def step(self):
                out = []
                for item in self.items:
                    out = out + [item * 2]
                return out
        """);
  }

  @Test
  void textThatIsMissingComesFromTheSource() throws IOException {
    write("p.txt", WITHOUT_TEXT.replace("PATH", "/usr/lib/python3/dist-packages/eng/plan.py"));
    var ended = run("classify", "--profile", "p.txt", "--source", "src");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("Plan.step", "out = out + [item * 2]", "eng/plan.py");
    var options = run("options", "--profile", "p.txt", "--source", "src", "--hotspot", "h1");
    assertThat(options.code()).as(options.err()).isNotEqualTo(2);
  }

  @Test
  void aReportWithoutTextAndSourceIsNotCalledFree() throws IOException {
    write("p.txt", WITHOUT_TEXT.replace("PATH", "C:\\Users\\my name\\ipykernel_1\\2.py"));
    var ended = run("classify", "--profile", "p.txt", "--source", "src");
    assertThat(ended.code()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(ended.out())
        .contains("no source text", "78.2 ms", "line 8", "--source")
        .doesNotContain("no line that costs");
    var options = run("options", "--profile", "p.txt", "--source", "src", "--hotspot", "h1");
    assertThat(options.err()).contains("no source text");
  }

  @Test
  void cythonIsNamedAsWhatItIs() throws IOException {
    String report =
        WITH_TEXT.replace("PATH", "eng/fast.pyx").replace("def step(self)", "cpdef step(int n)");
    write("p.txt", report);
    var ended = run("classify", "--profile", "p.txt", "--source", "src");
    assertThat(ended.out())
        .contains("is Cython", "line 8, `out = out + [item * 2]`")
        .doesNotContain("no line that costs");
  }

  @Test
  void aWindowsPathFindsItsSource() throws IOException {
    write("p.txt", WITH_TEXT.replace("PATH", "C:\\proj\\src\\eng\\plan.py").replace("\n", "\r\n"));
    var ended = run("classify", "--profile", "p.txt", "--source", "src", "--json");
    assertThat(ended.out()).contains("\"file\":\"eng/plan.py\"");
  }

  @Test
  void aFolderOfSourcesThatIsNotThereIsRefused() throws IOException {
    write("p.txt", WITH_TEXT.replace("PATH", "eng/plan.py"));
    for (String source : List.of("nowhere", "p.txt")) {
      var ended =
          run("classify", "--profile", "p.txt", "--source", folder.resolve(source).toString());
      assertThat(ended.code()).isEqualTo(ExitCode.WRONG_USE);
      assertThat(ended.err()).contains(source + "' is not a folder", "--source");
    }
  }

  @Test
  void figuresAreReadWholeOrRefusedWithAPatternThatWouldDo() throws IOException {
    write(
        "src/hostperf.yaml",
        """
        workload:
          command: [python3, bench.py]
          metrics:
            - {name: whole, unit: tok/s, better: higher, primary: true, pattern: 'whole: ([\\d.]+)'}
            - {name: torn, unit: tok/s, better: higher, pattern: 'torn: ([\\d.]+)'}
            - {name: taken, unit: tok/s, better: higher, pattern: 'torn: (\\S+)'}
        policy:
          editable: ["eng/**"]
        """);
    byte[] log =
        "100%\u00e9| 1/1\r\nwhole: 862.09\u001b[0m\ntorn: 9,203.05tok/s\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("bench.log"), log);
    var ended = run("doctor", "--log", folder.resolve("bench.log").toString());
    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.NEGATIVE);
    assertThat(ended.out())
        .containsPattern("whole +862.09 tok/s")
        .containsPattern("taken +9203.05 tok/s")
        .contains(
            "in the line `torn: 9,203.05tok/s`",
            "matches `9`",
            "goes on with `,203.05`; use torn: ([-+]?");
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Ended run(String... arguments) throws IOException {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var line = new ArrayList<String>(List.of("-C", folder.resolve("src").toString()));
    for (String argument : arguments) {
      boolean isFile = argument.equals("p.txt") || argument.equals("src");
      line.add(isFile ? folder.resolve(argument).toString() : argument);
    }
    Files.createDirectories(folder.resolve("src/.git"));
    var console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int code =
        HostperfCommand.run(
            new Installation(
                Golden.root(),
                new Library(Golden.root()),
                "test",
                InstantSource.system(),
                new SecureRandom()),
            console,
            line.toArray(String[]::new));
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}

package hostperf.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hostperf.Refusal;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A report is read wherever it comes from: a job's log, another system, without its sources.
class ReportsFromAnywhereTest {
  private static final String SOURCE =
      """
      class Plan:
          def __init__(self, items):
              self.items = items

          def step(self):
              out = []
              for item in self.items:
                  if item < 0:
                      raise ValueError(item)
                  out = out + [item * 2]
              return out
      """;
  private static final String TABLE =
      """
      Line #      Hits         Time  Per Hit   % Time  Line Contents
      ==============================================================
           5                                               def step(self):
           6       100      20000.0    200.0      0.0          out = []
           7      6500     900000.0    138.5      1.2          for item in self.items:
           8      6400     640000.0    100.0      0.8              if item < 0:
           9                                                           raise ValueError(item)
          10      6400   76000000.0  11875.0     97.2              out = out + [item * 2]
          11       100     600000.0   6000.0      0.8          return out

      """;
  private static final String REPORT =
      """
      Timer unit: 1e-09 s

      Total time: 0.07816 s
      File: eng/plan.py
      Function: Plan.step at line 5

      """
          + TABLE;
  private static final String NO_TEXT =
      """
      Timer unit: 1e-09 s

      Total time: 0.07816 s

      Could not find file /usr/lib/python3/dist-packages/eng/plan.py
      Are you sure you are running this program from the same directory
      that you ran the profiler from?
      Continuing without the function's contents.

      """
          + TABLE.replaceAll("(?m)^( +\\d.{42}).*", "$1");

  @TempDir Path temp;
  private FunctionProfile plain;

  @BeforeEach
  void readPlain() throws IOException {
    Files.createDirectories(temp.resolve("src/eng"));
    Files.writeString(temp.resolve("src/eng/plan.py"), SOURCE);
    plain = only(read(REPORT, StandardCharsets.UTF_8));
  }

  /// A job that ended while it was printing: what is left is not the profile.
  @Test
  void aTableThatEndsTooEarlyIsRefused() throws IOException {
    var cut = REPORT.substring(0, REPORT.indexOf("    10 "));
    assertThatThrownBy(() -> read(cut, StandardCharsets.UTF_8))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the end of the file after lines with 0.00156 s of the 0.0782 s of");
    assertThat(only(read(REPORT.stripTrailing(), StandardCharsets.UTF_8)).lines()).hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0: ",
        " 3: ",
        "(EngineCore_DP0 pid=44565) ",
        "\u001b[0;36m(EngineCore_DP0 pid=44565)\u001b[0;0m ",
        "\u001b[36m(RayWorkerWrapper pid=7, ip=10.0.0.2)\u001b[0m ",
        "[rank0]: ",
        "[1,0]<stdout>:",
        "engine-1  | ",
        "INFO 11-29 10:00:00 [worker.py:123] ",
        "Nov 29 10:00:00 node1 python[123]: ",
        "2026-11-29T10:00:00.1234567Z ",
        "    ",
        "\t",
        "> "
      })
  void aPrefixOfEachLineIsTakenOff(String prefix) throws IOException {
    assertThat(only(read(prefixed(REPORT, prefix)))).isEqualTo(plain);
    // Editors and loggers take blanks from the end of lines.
    String stripped =
        prefixed(REPORT, prefix)
            .lines()
            .map(String::stripTrailing)
            .collect(Collectors.joining("\n"));
    assertThat(only(read(stripped))).isEqualTo(plain);
    String amid = "INFO loading\n" + prefixed("starting\n" + REPORT + "done\n", prefix) + "bye\n";
    assertThat(only(read(amid))).isEqualTo(plain);
  }

  @Test
  void aPrefixMayStandBeforeTheFirstLineAlone() throws IOException {
    assertThat(only(read("INFO:root:" + REPORT))).isEqualTo(plain);
    assertThat(only(read("100%|##| 5/5 [00:01]\r" + REPORT))).isEqualTo(plain);
  }

  @Test
  void timesInAPrefixMayPass() throws IOException {
    var number = new int[1];
    String log =
        REPORT
            .lines()
            .map(l -> "2026-11-29 10:00:%02d,%03d [7] ".formatted(number[0] % 60, number[0]++) + l)
            .collect(Collectors.joining("\n"));
    assertThat(only(read(log))).isEqualTo(plain);
  }

  @Test
  void reportsOfSeveralProcessesMayBeMixedLineByLine() throws IOException {
    String mixed =
        REPORT
            .lines()
            .map(l -> "0: " + l + "\n" + " 1: " + l + "\n10: " + l + "\nnoise\n")
            .collect(Collectors.joining());
    FunctionProfile sum = only(read(mixed));
    assertThat(sum.calls()).isEqualTo(3 * plain.calls());
    assertThat(sum.seconds()).isCloseTo(3 * plain.seconds(), within(1e-9));
  }

  @Test
  void aDamagedLineBehindAPrefixIsNamed() {
    String log = prefixed(REPORT, "0: ").replace("    10      6400", "    10 garbage");
    assertThatThrownBy(() -> read(log))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("line 14: found `    10 garbage");
  }

  @Test
  void aRowThatLostItsIndentationIsNoOtherFigure() {
    String cut = REPORT.replace("     6       100", "6 123456789012");
    assertThatThrownBy(() -> read(cut)).isInstanceOf(Refusal.class).hasMessageContaining("line 10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkIsSkipped(String encoding) throws IOException {
    String marked = "\uFEFF" + REPORT.replace("\n", "\r\n");
    assertThat(only(read(marked, Charset.forName(encoding)))).isEqualTo(plain);
  }

  @Test
  void aSummaryAloneIsCalledOne() {
    String summary =
        "Timer unit: 1e-09 s\n\n  0.00 seconds - a.py:7 - f\n  0.08 seconds - a.py:9 - g\n";
    assertThatThrownBy(() -> read(prefixed(summary, "0: ")))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.why()).contains("only the summary", "2 functions");
              assertThat(r.next()).startsWith("Ask for the details with `python3 -m line_profiler");
            });
  }

  @Test
  void aSummaryBelowDetailsIsPassedOver() throws IOException {
    assertThat(only(read(REPORT + "  0.08 seconds - eng/plan.py:5 - Plan.step\n")))
        .isEqualTo(plain);
  }

  @Test
  void textThatIsMissingComesFromTheSource() throws IOException {
    FunctionProfile filled = only(filled(read(NO_TEXT)));
    assertThat(filled.lines()).isEqualTo(plain.lines());
    assertThat(filled.name()).isEqualTo("Plan.step");
    assertThat(filled.calls()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def other():\n    pass\n\n\n",
        "\n\n\n\ndef other():\n    a = 1\n",
        "\n\n\n\ndef other():\n\n\n\n\n\n\n    return 1\n"
      })
  void aSourceThatDoesNotFitGivesNoText(String other) throws IOException {
    Files.writeString(temp.resolve("src/eng/plan.py"), other);
    var report = read(NO_TEXT);
    assertThat(filled(report)).isEqualTo(report);
  }

  @Test
  void aWindowsPathFindsItsSource() throws IOException {
    Path deep = Files.createDirectories(temp.resolve("src/python/core"));
    Files.writeString(deep.resolve("plan.py"), SOURCE);
    var sources = new Sources(temp.resolve("src"));
    assertThat(sources.file("C:\\build\\eng\\plan.py").orElseThrow().path())
        .isEqualTo("eng/plan.py");
    assertThat(sources.file("\\\\srv\\x\\core\\plan.py").orElseThrow().path())
        .isEqualTo("python/core/plan.py");
    assertThat(sources.file("/app/core/plan.py").orElseThrow().path())
        .isEqualTo("python/core/plan.py");
    assertThat(sources.file("/app/other/plan.py")).isEmpty();
    assertThat(sources.file("plan.py")).isEmpty();
    assertThat(sources.file("a\0b.py")).isEmpty();
  }

  @Test
  void cythonGetsItsTextToo() throws IOException {
    Files.writeString(
        temp.resolve("src/eng/fast.pyx"),
        "\n\n\n\n"
            + "cpdef step(int n):\n"
            + "    cdef int i = 0\n"
            + "    for i in range(n):\n"
            + "        i += f(i)\n"
            + "    return i\n"
            + "    x\n"
            + "    y\n");
    String report = NO_TEXT.replace("plan.py", "fast.pyx");
    assertThat(only(filled(read(report))).lines())
        .extracting(l -> l.source().strip())
        .startsWith("cpdef step(int n):", "cdef int i = 0", "for i in range(n):");
  }

  private static String prefixed(String report, String prefix) {
    return report.lines().map(l -> prefix + l + "\n").collect(Collectors.joining());
  }

  private ProfileReport filled(ProfileReport report) {
    var sources = new Sources(temp.resolve("src"));
    return QualifiedNames.in(SourceText.in(report, sources), sources);
  }

  private ProfileReport read(String text) throws IOException {
    return read(text, StandardCharsets.UTF_8);
  }

  private ProfileReport read(String text, Charset encoding) throws IOException {
    return LineProfileReader.read(Files.write(temp.resolve("report.txt"), text.getBytes(encoding)));
  }

  private static FunctionProfile only(ProfileReport report) {
    List<FunctionProfile> functions = report.functions();
    assertThat(functions).hasSize(1);
    return functions.getFirst();
  }
}

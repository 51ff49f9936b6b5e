package hostperf.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.LocalProcesses;
import hostperf.profile.PythonSetup;
import hostperf.unittest.Ran.Cause;
import hostperf.unittest.Selection.Pick;
import hostperf.unittest.UnitTests.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a real Python and pytest.
class UnitTestsTest {
  private static final String BASE = "def twice(x):\n    return x + x\n";
  private static final String WRONG = "def twice(x):\n    return x * x\n";
  private static String python = "";

  @TempDir Path root;

  @BeforeAll
  static void findPython() {
    python = new PythonSetup(new LocalProcesses(), System.getenv(), _ -> {}).python().toString();
  }

  @BeforeEach
  void aModuleWithItsTests() throws IOException {
    write("code.cfg", "");
    write("conftest.py", "");
    write("doubling.py", BASE);
    write(
        "tests/test_doubling.py",
        """
        from doubling import twice
        def test_two(): assert twice(2) == 4
        def test_three(): assert twice(3) == 6
        """);
  }

  @Test
  void countsWhatRanAndAsksTheBaseNothingWhereAllPasses() {
    var outcome =
        run(
            List.of("tests"),
            _ -> {
              throw new AssertionError("nothing to rerun");
            });

    assertThat(judged(outcome).ran().report()).isEqualTo(new TestReport(2, 0, List.of()));
    assertThat(judged(outcome).judgement().isClean()).isTrue();
    assertThat(root.resolve("tests/__pycache__")).doesNotExist();
  }

  @Test
  void tellsWhatTheChangeBrokeFromWhatWasBrokenBefore() throws IOException {
    write("tests/test_old.py", "def test_old(): assert False, 'long known'\n");
    write("doubling.py", WRONG);

    var judgement = judged(run(List.of("tests"), this::withBase)).judgement();

    assertThat(judgement.broken())
        .extracting(Failure::id)
        .containsExactly("tests/test_doubling.py::test_three");
    assertThat(judgement.broken().getFirst().message()).contains("assert 9 == 6");
    assertThat(judgement.known())
        .extracting(Failure::id)
        .containsExactly("tests/test_old.py::test_old");
    assertThat(root.resolve("doubling.py")).content().isEqualTo(WRONG);
  }

  @Test
  void callsATestFlakyThatFailsAndThenPassesOnTheSameCode() throws IOException {
    write(
        "tests/test_moody.py",
        """
        import pathlib
        def test_moody():
            mark = pathlib.Path(__file__).with_name('ran')
            seen = mark.exists()
            mark.touch()
            assert seen
        """);

    var judgement = judged(run(List.of("tests"), this::withBase)).judgement();

    assertThat(judgement.flaky())
        .extracting(Failure::id)
        .containsExactly("tests/test_moody.py::test_moody");
    assertThat(judgement.isClean()).isTrue();
  }

  @Test
  void holdsAChangeThatCannotBeImportedAgainstItAndRunsTheOthers() throws IOException {
    write("tests/test_other.py", "def test_other(): pass\n");
    write("doubling.py", "def twice(x:\n");

    var judged = judged(run(List.of("tests"), this::withBase));

    assertThat(judged.ran().report().passed()).isEqualTo(1);
    assertThat(judged.judgement().broken())
        .containsExactly(
            new Failure(
                "tests/test_doubling.py",
                Failure.Kind.NOT_COLLECTED,
                judged.judgement().broken().getFirst().message()));
    assertThat(judged.judgement().broken().getFirst().message()).contains("SyntaxError");
  }

  @Test
  void findsTheTestsAgainBelowAnIniFileOfTheirOwn() throws IOException {
    write("tests/pytest.ini", "[pytest]\npythonpath = ..\n");
    write("doubling.py", WRONG);

    var judgement = judged(run(List.of("tests"), this::withBase)).judgement();

    assertThat(judgement.broken())
        .extracting(Failure::id)
        .containsExactly("tests/test_doubling.py::test_three");
    assertThat(judgement.notes()).isEmpty();
  }

  @Test
  void saysThatNoTestRanInsteadOfCallingItAPass() throws IOException {
    write("tests/test_gpu.py", "import pytest\n@pytest.mark.skip\ndef test_a(): pass\n");
    write("tests/test_none.py", "x = 1\n");

    assertThat(cause(run(List.of("tests/test_none.py"), this::withBase)))
        .isEqualTo(Cause.NO_TEST_RAN);
    var skipped = why(run(List.of("tests/test_gpu.py"), this::withBase));
    assertThat(skipped.reason()).isEqualTo("No test ran: all 1 were skipped.");
  }

  @Test
  void saysHowToInstallAPluginThatTheCommandNeeds() {
    var why =
        why(run(command("-p", "no:timeout", "--timeout=9"), List.of("tests"), this::withBase));

    assertThat(why.cause()).isEqualTo(Cause.MISSING_PLUGIN);
    assertThat(why.reason()).contains("--timeout=9").contains("pytest-timeout");
    assertThat(why.next()).contains("-m pip install pytest-timeout");
  }

  @Test
  void saysWhatPytestCouldNotFind() {
    var why = why(run(List.of("tests/test_gone.py"), this::withBase));

    assertThat(why.cause()).isEqualTo(Cause.WRONG_USE);
    assertThat(why.reason()).contains("tests/test_gone.py");
  }

  @Test
  void tellsACrashFromAFailure() throws IOException {
    write("tests/test_crash.py", "import os\ndef test_crash(): os.abort()\n");

    assertThat(cause(run(List.of("tests"), this::withBase))).isEqualTo(Cause.CRASHED);
  }

  @Test
  void endsTestsThatHang() throws IOException {
    write("tests/test_hang.py", "import time\ndef test_hang(): time.sleep(600)\n");
    var hasty = new TestCommand(command().arguments(), root, Map.of(), Duration.ofSeconds(1));

    assertThat(cause(run(hasty, List.of("tests"), this::withBase))).isEqualTo(Cause.TIMED_OUT);
  }

  @Test
  void saysThatPytestIsMissing() {
    var bare =
        new TestCommand(
            List.of(python, "-I", "-S", "-m", "pytest"), root, Map.of(), Duration.ofMinutes(1));

    assertThat(cause(run(bare, List.of("tests"), this::withBase))).isEqualTo(Cause.NO_PYTEST);
  }

  @Test
  void keepsAFailureAgainstTheChangeWhereTheBaseSaysNothing() throws IOException {
    write("doubling.py", WRONG);

    var judgement =
        judged(run(List.of("tests"), _ -> new Ran.NotRun(Cause.CRASHED, "It crashed.", "", root)))
            .judgement();

    assertThat(judgement.broken()).hasSize(1);
    assertThat(judgement.notes())
        .containsExactly("The failures could not be run on the base: It crashed.");
  }

  private Ran withBase(java.util.function.Supplier<Ran> tests) {
    try {
      var candidate = Files.readString(root.resolve("doubling.py"));
      write("doubling.py", BASE);
      try {
        return tests.get();
      } finally {
        write("doubling.py", candidate);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestCommand command(String... options) {
    var arguments =
        Stream.concat(Stream.of(python, "-m", "pytest", "-q"), Stream.of(options)).toList();
    return new TestCommand(arguments, root, Map.of(), Duration.ofMinutes(2));
  }

  private Outcome run(List<String> tests, Base base) {
    return run(command(), tests, base);
  }

  private Outcome run(TestCommand command, List<String> tests, Base base) {
    var picks = tests.stream().map(t -> new Pick(t, "asked for")).toList();
    return new UnitTests(new LocalProcesses(), command)
        .run(new Selection(picks, List.of()), root.resolve("logs/tests.log"), base);
  }

  private static Outcome.Judged judged(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Judged.class);
    return (Outcome.Judged) outcome;
  }

  private static Ran.NotRun why(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    return ((Outcome.Unknown) outcome).why();
  }

  private static Cause cause(Outcome outcome) {
    return why(outcome).cause();
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), text);
  }
}

package hostperf.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.LocalProcesses;
import hostperf.python.PythonSetup;
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
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    assertThat(judged(outcome).ran().report())
        .isEqualTo(new TestReport(2, List.of(), List.of(), Set.of()));
    assertThat(judged(outcome).judgement().broken()).isEmpty();
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

  /// pytest would leave out all tests, or read its options from the file.
  @ParameterizedTest
  @ValueSource(strings = {"-k/test_x.py", "--deselect=tests", "@args/test_x.py", "--co/test_x.py"})
  void takesNoFileOfTheRepositoryForAnOption(String path) throws IOException {
    write(path.endsWith(".py") ? path : path + "/test_x.py", "def test_x(): assert True\n");
    write("doubling.py", WRONG);
    var judged = judged(run(List.of("tests", path), this::withBase));
    assertThat(judged.ran().report().passed()).isEqualTo(2);
    assertThat(judged.judgement().broken())
        .extracting(Failure::id)
        .containsExactly("tests/test_doubling.py::test_three");
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
    assertThat(judgement.broken()).isEmpty();
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

  /// In a folder that is picked too, the name would disappear without a word.
  @ParameterizedTest
  @ValueSource(
      strings = {"tests/test_doubling.py::test_nine", "tests/test_doubling.py::Nope::x", "lib"})
  void saysWhichNamedTestDidNotRun(String named) throws IOException {
    write("lib/helper.py", "x = 1\n");
    for (var picked : List.of(List.of("tests"), List.<String>of())) {
      var selection =
          new Selection(
              picked.stream().map(t -> new Pick(t, "always runs")).toList(),
              List.of(new Pick(named, "named in the call")),
              List.of(),
              List.of());
      var why = ((Outcome.Unknown) run(selection, this::withBase)).why();
      assertThat(why.reason()).startsWith("The others ran, but `" + named + "` did not: ");
      assertThat(why.next()).startsWith("Leave it out of `tests`");
    }
  }

  @Test
  void runsANamedTestOfAPickedFolderOnce() {
    var selection =
        new Selection(
            List.of(new Pick("tests", "always runs")),
            List.of(new Pick("tests/test_doubling.py::test_two", "named in the call")),
            List.of(),
            List.of());
    assertThat(judged(run(selection, this::withBase)).ran().report().passed()).isEqualTo(2);
  }

  /// The change brings cases of its own to a test that takes them from the code: the base does not
  /// have them, and still says what it can of the others.
  @Test
  void aTestThatTheBaseLacksKeepsNoneFromBeingRunThere() throws IOException {
    write(
        "tests/test_cases.py",
        """
        import pytest
        from doubling import CASES, twice
        @pytest.mark.parametrize("x", CASES)
        def test_case(x): assert twice(x) == x + x and x < 9
        def test_old(): assert False, 'long known'
        """);
    write("doubling.py", BASE + "CASES = [2, 9]\n");
    var judgement =
        judged(run(List.of("tests"), rerun -> with(BASE + "CASES = [2]\n", rerun))).judgement();
    assertThat(judgement.broken())
        .extracting(Failure::id)
        .containsExactly("tests/test_cases.py::test_case[9]");
    assertThat(judgement.known())
        .extracting(Failure::id)
        .containsExactly("tests/test_cases.py::test_old");
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

  @Test
  void readsHundredsOfFailuresWhoseMessagesAreFullOfMarkup() throws IOException {
    write(
        "tests/test_markup.py",
        """
        import pytest
        @pytest.mark.parametrize('i', range(400))
        def test_markup(i): assert '<a & b>' * 150 == '<c>' * 150, i
        """);

    var judged = judged(run(List.of("tests/test_markup.py"), this::withBase));

    assertThat(judged.ran().report().failed()).isEqualTo(400);
    assertThat(judged.judgement().known()).hasSize(400);
  }

  @Test
  void tellsAReportThatCannotBeReadFromACommandThatFailed() throws IOException {
    write(
        "conftest.py",
        """
        def pytest_unconfigure(config):
            path = config.option.xmlpath
            import os
            if os.path.exists(path):
                os.truncate(path, os.path.getsize(path) // 2)
        """);

    var why = why(run(List.of("tests"), this::withBase));

    assertThat(why.cause()).isEqualTo(Cause.UNREADABLE_REPORT);
    assertThat(why.reason())
        .startsWith(
            "The test command ended with status 0, but the report that pytest wrote is not");
  }

  @Test
  void countsNoRunThatEndedBeforeAllTestsHadRun() throws IOException {
    write(
        "tests/test_quit.py",
        "import pytest\ndef test_quit(): pytest.exit('enough', returncode=0)\n");
    write("tests/test_zz.py", "def test_zz(): assert False\n");

    var why = why(run(List.of("tests"), this::withBase));

    assertThat(why.cause()).isEqualTo(Cause.INTERRUPTED);
  }

  @Test
  void countsNoRunThatStopsAtItsFirstFailure() throws IOException {
    write("pytest.ini", "[pytest]\naddopts = -x\n");
    write("tests/test_a.py", "def test_a(): assert False\n");

    var report = judged(run(List.of("tests"), this::withBase)).ran().report();

    assertThat(report.passed()).isEqualTo(2);
    assertThat(report.failed()).isEqualTo(1);
  }

  @Test
  void countsNoRunWhoseStatusContradictsItsReport() throws IOException {
    write("conftest.py", "def pytest_sessionfinish(session): session.exitstatus = 1\n");
    assertThat(cause(run(List.of("tests"), this::withBase))).isEqualTo(Cause.MISMATCH);

    write("doubling.py", WRONG);
    write("conftest.py", "def pytest_sessionfinish(session): session.exitstatus = 0\n");
    assertThat(cause(run(List.of("tests"), this::withBase))).isEqualTo(Cause.MISMATCH);
  }

  @Test
  void countsNoRunThatOnlyCollects() throws IOException {
    write("pytest.ini", "[pytest]\naddopts = --collect-only\n");

    assertThat(cause(run(List.of("tests"), this::withBase))).isEqualTo(Cause.NO_TEST_RAN);
  }

  @Test
  void callsATestFlakyOnlyWhereItWasSeenToPass() throws IOException {
    write(
        "tests/test_moody.py",
        """
        import pathlib, pytest
        def test_moody():
            mark = pathlib.Path(__file__).with_name('ran')
            if mark.exists():
                pytest.skip('not again')
            mark.touch()
            assert False
        """);

    var judgement = judged(run(List.of("tests"), this::withBase)).judgement();

    assertThat(judgement.flaky()).isEmpty();
    assertThat(judgement.broken())
        .extracting(Failure::id)
        .containsExactly("tests/test_moody.py::test_moody");
  }

  @Test
  void seesWhatTheTestsReadInTheirChildrenToo() throws IOException {
    write("child.py", "import late\n");
    write("late.py", "");
    write(
        "tests/test_child.py",
        """
        import subprocess, sys
        def test_child(): subprocess.run([sys.executable, 'child.py'], check=True)
        """);

    var reads = judged(run(List.of("tests"), this::withBase)).ran().reads().orElseThrow();

    assertThat(reads)
        .contains("conftest.py", "doubling.py", "tests/test_doubling.py", "child.py", "late.py");
  }

  private Ran withBase(Supplier<Ran> tests) {
    return with(BASE, tests);
  }

  private Ran with(String base, Supplier<Ran> tests) {
    try {
      var candidate = Files.readString(root.resolve("doubling.py"));
      write("doubling.py", base);
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
    return new UnitTests(new LocalProcesses(), command, Supplier::get)
        .run(
            new Selection(picks, List.of(), List.of(), List.of()),
            root.resolve("logs/tests.log"),
            base);
  }

  private Outcome run(Selection selection, Base base) {
    return new UnitTests(new LocalProcesses(), command(), Supplier::get)
        .run(selection, root.resolve("logs/tests.log"), base);
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

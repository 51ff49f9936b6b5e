package hostperf.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.unittest.Ran.Cause;
import hostperf.unittest.Selection.Pick;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tests say of a change: what it broke, what was broken before, and what they cannot say.
class UnitTestsTest extends DoublingModule {
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

  /// pytest names them from that folder: `../host/test_more.py`.
  @Test
  void namesTestsOutsideTheFolderOfTheIniFileFromTheCheckout() throws IOException {
    write("tests/pytest.ini", "[pytest]\npythonpath = ..\n");
    write(
        "host/test_more.py",
        """
        from doubling import twice
        class TestMore:
            def test_four(self): assert twice(4) == 8
        """);
    write("doubling.py", WRONG);

    var judgement = judged(run(List.of("host", "tests"), this::withBase)).judgement();

    assertThat(judgement.broken())
        .extracting(Failure::id)
        .containsExactlyInAnyOrder(
            "host/test_more.py::TestMore::test_four", "tests/test_doubling.py::test_three");
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
  void countsNoRunThatStopsAtItsFirstFailure() throws IOException {
    write("pytest.ini", "[pytest]\naddopts = -x\n");
    write("tests/test_a.py", "def test_a(): assert False\n");

    var report = judged(run(List.of("tests"), this::withBase)).ran().report();

    assertThat(report.passed()).isEqualTo(2);
    assertThat(report.failed()).isEqualTo(1);
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
}

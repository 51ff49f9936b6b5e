package hostperf.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.unittest.Ran.Cause;
import hostperf.unittest.Selection.Pick;
import hostperf.unittest.UnitTests.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs of tests that count for nothing, each with why.
class NotRunTest extends DoublingModule {
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
}

package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Golden;
import hostperf.Refusal;
import hostperf.approval.Approver;
import hostperf.catalog.Library;
import hostperf.host.Command;
import hostperf.unittest.Ran;
import hostperf.unittest.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ways past the tests, with real git, Python and pytest. What happens during a run of the tests
/// is done by a test itself.
class TestGateTest {
  @TempDir Path folder;
  private GateCheckout gate;

  @BeforeEach
  void anEngineWithItsTests() {
    gate = new GateCheckout(folder.resolve("checkout"));
  }

  @Test
  void aTestThatIsNamedTakesThePlaceOfNone() {
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.broken("tests/test_easy.py")).containsExactly("tests/test_hot.py::test_three");
    assertThat(gate.run().stage().moves()).doesNotContain(Move.VALIDATE);
  }

  @Test
  void whereNothingIsPickedTheWholeCommandRunsAndNotOnlyWhatIsNamed() {
    gate.write(
        "tests/test_hot.py",
        "import importlib\n"
            + "hot = importlib.import_module('eng' 'ine.hot')\n"
            + "def test_three(): assert hot.twice(3) == 6\n");
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.broken("tests/test_easy.py")).containsExactly("tests/test_hot.py::test_three");
  }

  @Test
  void aFailureStaysOneInALaterRunThatDoesNotNameItsTest() {
    gate.write(
        "tests/test_far.py",
        "import importlib\n"
            + "def test_far():\n"
            + "    assert importlib.import_module('eng' 'ine.hot').twice(3) == 6\n");
    gate.write(
        "tests/test_hot.py",
        "from engine.hot import twice\ndef test_two(): assert twice(2) == 4\n");
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.broken("tests/test_far.py")).containsExactly("tests/test_far.py::test_far");
    assertThat(gate.broken()).containsExactly("tests/test_far.py::test_far");
    assertThat(gate.run().stage().moves()).doesNotContain(Move.VALIDATE);
  }

  @Test
  void aFailureIsClearedByALaterRunInWhichItsTestPasses() {
    gate.write("tests/test_hot.py", passingAtRun(4, "pytest.fail('not yet')"));
    gate.begin().patchHot("    return 2 * x\n");

    assertThat(gate.broken()).containsExactly("tests/test_hot.py::test_counted");
    assertThat(gate.broken()).isEmpty();
    assertThat(gate.run().stage().moves()).contains(Move.VALIDATE);
  }

  @Test
  void aFailureIsNotClearedByARunThatSkipsItsTest() {
    gate.write(
        "tests/test_hot.py",
        passingAtRun(4, "pytest.fail('not yet')")
            .replace("assert twice(2) == 4", "pytest.skip('too late')"));
    gate.begin().patchHot("    return 2 * x\n");

    assertThat(gate.broken()).containsExactly("tests/test_hot.py::test_counted");
    assertThat(gate.broken()).contains("tests/test_hot.py::test_counted");
  }

  /// Without the patch it passes; with it, it fails until the nth run.
  private static String passingAtRun(int run, String before) {
    return """
    import pathlib, pytest
    from engine.hot import twice
    def test_easy(): pass
    def test_counted():
        if 'x + x' not in pathlib.Path('engine/hot.py').read_text():
            count = pathlib.Path('out/count')
            count.parent.mkdir(exist_ok=True)
            runs = int(count.read_text()) + 1 if count.exists() else 1
            count.write_text(str(runs))
            if runs < %d - 1:
                %s
        assert twice(2) == 4
    """
        .formatted(run, before);
  }

  @Test
  void aPatchThatSkipsItsTestsBreaksThem() {
    gate.begin()
        .patch(
            GateCheckout.HOT,
            GateCheckout.RIGHT,
            "import unittest\n\n\n"
                + "def twice(x):\n"
                + "    if x == 3:\n"
                + "        raise unittest.SkipTest('no')\n"
                + "    return x + x\n");

    var judged = gate.done();

    assertThat(judged.ran().report().passed()).isEqualTo(1);
    assertThat(judged.judgement().broken())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.id()).isEqualTo("tests/test_hot.py::test_three");
              assertThat(f.message()).contains("skipped with the change");
            });
  }

  @Test
  void aTestThatIsSkippedWithoutThePatchAsWellBreaksNothing() {
    gate.write(
        "tests/test_gpu.py",
        "import pytest\nfrom engine.hot import twice\n@pytest.mark.skip\ndef test_gpu(): pass\n");
    gate.begin().patchHot("    return 2 * x\n");

    assertThat(gate.broken()).isEmpty();
  }

  @Test
  void aFileThatIsSwappedDuringTheRunIsNamed() {
    gate.write(
        "conftest.py",
        atFirst("pathlib.Path('engine/hot.py').write_text('def twice(x):\\n    return x + x\\n')"));
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.reason()).contains("engine/hot.py was changed");
    assertThat(gate.run().stage()).isInstanceOf(Stage.Patched.class);
  }

  @Test
  void aFileThatIsSwappedAndPutBackDuringTheRunIsNamed() {
    gate.write(
        "conftest.py",
        """
        import os, pathlib
        hot = pathlib.Path('engine/hot.py')
        def pytest_configure(config):
            stat, text = hot.stat(), hot.read_text()
            hot.write_text('def twice(x):\\n    return x + x\\n')
            import engine.hot
            hot.write_text(text)
            os.utime(hot, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        """);
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.reason())
        .contains("engine/hot.py was written anew with the content that it had");
  }

  @Test
  void aFileThatIsMovedAwayAndBackDuringTheRunIsNamed() {
    gate.write(
        "conftest.py",
        """
        import os, sys
        def pytest_configure(config):
            os.rename('engine/hot.py', 'engine/away')
            open('engine/hot.py', 'w').write('def twice(x):\\n    return x + x\\n')
            import engine.hot
            os.rename('engine/away', 'engine/hot.py')
        """);
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.reason()).contains("engine/hot.py was written anew");
  }

  @Test
  void aBranchThatIsSwitchedDuringTheRunIsNamed() {
    gate.write(
        "conftest.py", atFirst("subprocess.run(['git', 'checkout', '-q', 'main'], check=True)"));
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.reason()).contains("HEAD was moved from refs/heads/hostperf/");
  }

  @Test
  void aBranchThatIsSwitchedAndSwitchedBackDuringTheRunIsNamed() {
    gate.write(
        "conftest.py",
        atFirst(
            "subprocess.run(['git', 'checkout', '-q', 'main'], check=True); import engine.hot;"
                + " subprocess.run(['git', 'checkout', '-q', '-'], check=True)"));
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.reason()).contains("HEAD was moved and put back");
  }

  @Test
  void aTestASettingAndNewCodeAreWatchedAsThePatchIs() {
    gate.write("pytest.ini", "[pytest]\n");
    gate.write(
        "conftest.py",
        atFirst(
            "pathlib.Path('tests/test_hot.py').write_text('def test_two(): pass\\n"
                + "'); pathlib.Path('pytest.ini').write_text('[pytest]\\n"
                + "addopts = -v\\n"
                + "'); pathlib.Path('tests/conftest.py').write_text('')"));
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.reason())
        .contains("tests/test_hot.py was changed")
        .contains("pytest.ini was changed")
        .contains("tests/conftest.py is new");
  }

  @Test
  void aFileThatIsSwappedBetweenTheRunAndItsRerunIsNamed() {
    gate.begin().patchHot(GateCheckout.WRONG);
    var guard = new TestGuard(gate.checkout, gate.run().openChange().orElseThrow(), folder);
    var passed = new TestReport(1, List.of(), List.of(), Set.of());
    Ran ran = new Ran.Reported(passed, Duration.ZERO, folder, Optional.of(Set.of()));
    assertThat(guard.run(() -> ran)).isEqualTo(ran);

    gate.write(GateCheckout.HOT, GateCheckout.RIGHT);

    assertThat(guard.run(() -> ran))
        .isInstanceOfSatisfying(
            Ran.NotRun.class,
            why -> assertThat(why.reason()).contains("engine/hot.py was changed"));
    assertThat(guard.onBase(() -> guard.run(() -> ran))).isEqualTo(ran);
    assertThat(guard.end()).isPresent();
  }

  @Test
  void bytecodeThatPassesForTheSourceIsNotRun() {
    gate.begin().patchHot(GateCheckout.WRONG);
    gate.write(
        "forge.py",
        """
        import importlib.util, marshal, os, pathlib
        source = pathlib.Path('engine/hot.py')
        code = compile('def twice(x):\\n    return x + x\\n', str(source), 'exec')
        cached = pathlib.Path(importlib.util.cache_from_source(str(source)))
        cached.parent.mkdir(exist_ok=True)
        stat = source.stat()
        cached.write_bytes(importlib.util.MAGIC_NUMBER + b'\\0\\0\\0\\0'
            + int(stat.st_mtime).to_bytes(4, 'little') + stat.st_size.to_bytes(4, 'little')
            + marshal.dumps(code))
        """);
    var python = gate.checkout.configuration().workload().command().getFirst();
    var forged =
        gate.checkout
            .processes()
            .run(new Command(gate.root, Duration.ofMinutes(1), python, "forge.py"));
    assertThat(forged.succeeded()).describedAs(forged.output()).isTrue();

    assertThat(gate.broken()).containsExactly("tests/test_hot.py::test_three");
  }

  /// Does it once, before the tests are collected.
  private static String atFirst(String statement) {
    return "import pathlib, subprocess\ndef pytest_configure(config):\n    " + statement + "\n";
  }

  @Test
  void aPatchThatImportsAnUntrackedHelperIsRefusedByName() {
    gate.begin();
    gate.write("engine/helper.py", "def twice(x):\n    return x + x\n");

    for (String line :
        new String[] {
          "from .helper import twice as f",
          "import engine.helper",
          "from engine import helper",
          "__import__('engine.helper')"
        }) {
      assertThatThrownBy(
              () -> gate.patchHot("    return x + x\n\n\ndef again():\n    " + line + "\n"))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("engine/helper.py")
          .hasMessageContaining("the commit does not have that file");
    }
  }

  @Test
  void aHelperThatTheCommitIgnoresIsRefusedAsWell() {
    gate.begin();
    gate.write("engine/_version.py", "X = 1\n");

    var patched = "from engine._version import X\n\n\n" + GateCheckout.RIGHT;
    assertThatThrownBy(() -> gate.patch(GateCheckout.HOT, GateCheckout.RIGHT, patched))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("engine/_version.py");
  }

  @Test
  void anUntrackedHelperThatIsImportedUnderAMadeUpNameIsNamedByTheTests() {
    gate.begin();
    gate.write("helper.py", "def twice(x):\n    return x + x\n");
    gate.patch(
        GateCheckout.HOT,
        GateCheckout.RIGHT,
        """
        import importlib


        def twice(x):
            return importlib.import_module("hel" + "per").twice(x)
        """);

    assertThatThrownBy(gate::test)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("helper.py, which the commit does not have");
  }

  @Test
  void anUntrackedConftestIsNamed() {
    gate.begin().patchHot(GateCheckout.WRONG);
    gate.write("tests/conftest.py", "import engine.hot\nengine.hot.twice = lambda x: x + x\n");

    assertThatThrownBy(gate::test)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("tests/conftest.py, which the commit does not have");
  }

  @Test
  void aTestWithUncommittedChangesIsNamedAndOtherFilesMayHaveThem() {
    gate.begin().patchHot("    return 2 * x\n");
    gate.write("engine/cold.py", "LIMIT = 2\n");
    assertThat(gate.broken()).isEmpty();

    gate.write("tests/test_hot.py", "import engine.hot\ndef test_two(): pass\n");
    assertThatThrownBy(gate::test)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("tests/test_hot.py, which differs from the commit's");
  }

  @Test
  void aGeneratedFileThatTheCommitIgnoresMayBeRead() {
    gate.write(
        "engine/__init__.py",
        "try:\n    from ._version import X\nexcept ImportError:\n    X = 0\n");
    gate.begin();
    gate.write("engine/_version.py", "X = 1\n");
    gate.patchHot("    return 2 * x\n");

    assertThat(gate.broken()).isEmpty();
  }

  @Test
  void codeOfTheCommitThatTheCheckoutLacksIsNamed() throws IOException {
    gate.begin().patchHot("    return 2 * x\n");
    Files.delete(gate.root.resolve("conftest.py"));

    assertThatThrownBy(gate::test).isInstanceOf(Refusal.class).hasMessageContaining("conftest.py");
  }

  @Test
  void whatIsMeasuredHasToBeWhatWasTested() {
    gate.begin().patchHot("    return 2 * x\n");
    assertThat(gate.broken()).isEmpty();
    gate.write("engine/cold.py", "LIMIT = 2\n");

    assertThatThrownBy(this::validate)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("engine/cold.py was changed");
    gate.write("engine/cold.py", "LIMIT = 1\n");
    gate.write("sitecustomize.py", "");
    assertThatThrownBy(this::validate).hasMessageContaining("sitecustomize.py is new");
  }

  @Test
  void theBranchThatIsMeasuredHasToBeTheOneThatWasTested() {
    gate.begin().patchHot("    return 2 * x\n");
    assertThat(gate.broken()).isEmpty();
    gate.git("checkout", "-q", "main");

    assertThatThrownBy(this::validate)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("HEAD is at");
    assertThatThrownBy(gate::test).isInstanceOf(Refusal.class).hasMessageContaining("HEAD is at");
  }

  private void validate() {
    new Validating(gate.checkout, new Library(Golden.root()))
        .validate(gate.run(), Optional.empty(), Approver.NONE, Instant.now(), _ -> {});
  }
}

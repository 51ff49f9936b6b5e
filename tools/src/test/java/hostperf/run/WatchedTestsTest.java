package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Golden;
import hostperf.Refusal;
import hostperf.approval.Approver;
import hostperf.catalog.Library;
import hostperf.host.Command;
import hostperf.journal.Stage;
import hostperf.unittest.Ran;
import hostperf.unittest.TestReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is tested is the patch: the checkout is watched while tests run, and is the same when it is
/// measured. What happens during a run of the tests is done by a test itself.
class WatchedTestsTest {
  @TempDir Path folder;
  private GateCheckout gate;

  @BeforeEach
  void anEngineWithItsTests() {
    gate = new GateCheckout(folder.resolve("checkout"));
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

    assertThat(gate.reason()).contains("engine/hot.py was rewritten with the same content");
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

    assertThat(gate.reason()).contains("engine/hot.py was rewritten");
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
        .validate(
            gate.run(),
            new Validating.Request(Optional.empty(), Optional.empty(), false),
            Approver.NONE,
            Instant.now(),
            _ -> {});
  }
}

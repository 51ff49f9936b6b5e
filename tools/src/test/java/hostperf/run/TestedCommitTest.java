package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is tested is the commit: files that it does not have are named.
class TestedCommitTest {
  @TempDir Path folder;
  private GateCheckout gate;

  @BeforeEach
  void anEngineWithItsTests() {
    gate = new GateCheckout(folder.resolve("checkout"));
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
}

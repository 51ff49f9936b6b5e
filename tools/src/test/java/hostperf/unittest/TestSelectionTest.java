package hostperf.unittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.catalog.TestRow;
import hostperf.patch.FileChange;
import hostperf.unittest.Selection.Pick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSelectionTest {
  private static final Touched SAMPLER =
      new Touched("engine/sampler.py", Set.of("Sampler", "_draw_tokens"));

  private final List<String> tracked = new ArrayList<>();
  @TempDir Path root;

  @Test
  void picksWhatTheMapNamesForAChangedFileAndPassesItsNoteOn() throws IOException {
    write("tests/sampling/test_penalties.py", "");
    var row =
        new TestRow(
            "engine/sampler.py",
            List.of("tests/sampling"),
            TestRow.Device.GPU,
            "beam search is not covered");

    var selection =
        select(List.of(row), List.of()).testsFor(List.of(SAMPLER), List.of(), List.of());

    assertThat(selection.tests())
        .containsExactly(
            new Pick(
                "tests/sampling",
                "stands for engine/sampler.py in the target's map, which says that it needs a GPU"));
    assertThat(selection.notes()).containsExactly("tests/sampling: beam search is not covered");
  }

  @Test
  void saysWhichMappedTestTheCheckoutLacks() {
    var row = new TestRow("engine/*.py", List.of("tests/gone.py"), TestRow.Device.CPU, "");

    var selection =
        select(List.of(row), List.of()).testsFor(List.of(SAMPLER), List.of(), List.of());

    assertThat(selection.arguments()).isEmpty();
    assertThat(selection.notes().getFirst())
        .isEqualTo(
            "The target's map names tests for the changed files that the checkout does not have:"
                + " tests/gone.py.");
  }

  @Test
  void saysItOnceOfAFile() {
    var row = new TestRow("engine/*.py", List.of("tests/gone.py"), TestRow.Device.CPU, "");
    var selection = select(List.of(row), List.of());

    assertThat(
            selection
                .testsFor(List.of(SAMPLER), List.of(), List.of(), List.of("engine/sampler.py"))
                .notes())
        .noneMatch(note -> note.contains("does not have"));
    assertThat(
            selection
                .testsFor(List.of(SAMPLER), List.of(), List.of(), List.of("other/sampler.py"))
                .notes())
        .anyMatch(note -> note.contains("tests/gone.py"));
  }

  @Test
  void saysInOneNoteThatTheCheckoutHasNoneOfTheMapsTests() {
    var row =
        new TestRow(
            "engine/*.py",
            List.of("tests/a.py", "tests/b.py", "tests/c.py", "tests/d.py"),
            TestRow.Device.CPU,
            "makes its scheduler from a public model");

    var selection =
        select(List.of(row, row), List.of()).testsFor(List.of(SAMPLER), List.of(), List.of());

    assertThat(selection.notes())
        .filteredOn(note -> !note.startsWith("No test was found"))
        .containsExactly(
            "The target's map names tests for the changed files that the checkout does not have:"
                + " tests/a.py, tests/b.py and 2 more.");
  }

  @Test
  void picksTestsThatImportTheModuleAndSaysWhatTheyUse() throws IOException {
    write("engine/__init__.py", "");
    write("tests/test_a.py", "from engine.sampler import (Greedy,\n    Sampler)\n");
    write("tests/test_b.py", "from engine import sampler\n");
    write("tests/test_c.py", "from engine.sampler_utils import x\nimport engine.scheduler\n");

    var selection = select(List.of(), List.of()).testsFor(List.of(SAMPLER), List.of(), List.of());

    assertThat(selection.tests())
        .containsExactly(
            new Pick("tests/test_a.py", "imports engine.sampler and uses Sampler"),
            new Pick("tests/test_b.py", "imports engine.sampler"));
  }

  @Test
  void leavesAFolderThatIsNoPackageOutOfTheModulesName() throws IOException {
    write("src/engine/__init__.py", "");
    write("tests/test_a.py", "import engine.sampler as s\n");

    var touched = new Touched("src/engine/sampler.py", Set.of());

    assertThat(
            select(List.of(), List.of())
                .testsFor(List.of(touched), List.of(), List.of())
                .arguments())
        .containsExactly("tests/test_a.py");
  }

  @Test
  void followsAClassThatThePackageHandsOn() throws IOException {
    write("engine/__init__.py", "from engine.sampler import Sampler\n");
    write("tests/test_a.py", "from engine import Config, Sampler\n");

    assertThat(
            select(List.of(), List.of()).testsFor(List.of(SAMPLER), List.of(), List.of()).tests())
        .containsExactly(new Pick("tests/test_a.py", "imports engine.sampler and uses Sampler"));
  }

  @Test
  void picksATestThatNamesADistinctiveFunctionOnly() throws IOException {
    write("tests/test_a.py", "executor.sampler._draw_tokens(state)\n");
    write("tests/test_b.py", "my_draw_tokens = 1\n");
    write("tests/test_c.py", "stack.push(1); run()\n");
    var touched = new Touched("engine/sampler.py", Set.of("_draw_tokens", "push", "run"));

    assertThat(
            select(List.of(), List.of()).testsFor(List.of(touched), List.of(), List.of()).tests())
        .containsExactly(
            new Pick("tests/test_a.py", "names _draw_tokens, which changed in engine/sampler.py"));
  }

  @Test
  void handsOverNoFileThatAPickedFolderHolds() throws IOException {
    write("tests/unit/test_a.py", "import engine.sampler\n");
    write("tests/test_b.py", "import engine.sampler\n");
    write("engine/__init__.py", "");

    var selection =
        select(List.of(), List.of("tests/unit")).testsFor(List.of(SAMPLER), List.of(), List.of());

    assertThat(selection.tests())
        .contains(new Pick("tests/unit", "always runs (tests.always)"))
        .hasSize(3);
    assertThat(selection.arguments()).containsExactly("tests/unit", "tests/test_b.py");
  }

  @Test
  void refusesATestThatIsNotThere() throws IOException {
    write("tests/test_a.py", "");
    Files.writeString(root.resolve("tests/test_mine.py"), "");

    assertThat(named("tests/test_a.py::test_x").named()).hasSize(1);
    assertThatThrownBy(() -> named("tests/test_z.py"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("tests/test_z.py");
    assertThatThrownBy(() -> named("../outside")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> named("tests/test_mine.py"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is not tracked");
  }

  @Test
  void addsWhatIsNamedOrFailedBeforeToWhatIsPicked() throws IOException {
    write("engine/__init__.py", "");
    write("tests/test_a.py", "import engine.sampler\n");
    write("tests/test_b.py", "");
    write("tests/test_c.py", "");

    var selection =
        select(List.of(), List.of())
            .testsFor(
                List.of(SAMPLER), List.of("tests/test_b.py"), List.of("tests/test_c.py::test_c"));

    assertThat(selection.arguments())
        .containsExactly("tests/test_a.py", "tests/test_b.py", "tests/test_c.py::test_c");
  }

  @Test
  void runsTheWholeCommandWhereNothingIsPickedWhateverIsNamed() throws IOException {
    write("tests/test_b.py", "");

    var selection = named("tests/test_b.py");

    assertThat(selection.isWhole()).isTrue();
    assertThat(selection.arguments()).isEmpty();
    assertThat(selection.required()).containsExactly("tests/test_b.py");
  }

  @Test
  void readsTheTouchedNamesFromBothSidesOfAChange() {
    var before =
        "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 2\n";
    var after = before.replace("return 1", "return 3") + "\ndef added():\n    pass\n";

    assertThat(Touched.of(new FileChange("m.py", before, after)).names())
        .containsExactlyInAnyOrder("A", "f", "added");
  }

  private Selection named(String test) {
    return select(List.of(), List.of()).testsFor(List.of(SAMPLER), List.of(test), List.of());
  }

  private TestSelection select(List<TestRow> rows, List<String> always) {
    return new TestSelection(root, tracked, rows, always);
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), text);
    tracked.add(path);
  }
}

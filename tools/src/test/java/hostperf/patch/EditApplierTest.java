package hostperf.patch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EditApplierTest {
  /// Of several edits of a file, the refusal says which it means.
  @Test
  void quotesTheTextThatTheFileDoesNotHave() {
    var edit = new Edit("engine.py", "    y = 2\n    z = 3\n", "    y = 4\n");
    assertThatThrownBy(() -> EditApplier.apply(edit, "x = 1\n"))
        .hasMessage("`old` (`y = 2`) does not occur in engine.py (blanks and line ends count).");
  }
}

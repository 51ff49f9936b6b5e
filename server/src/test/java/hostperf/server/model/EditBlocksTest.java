package hostperf.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.patch.Edit;
import org.junit.jupiter.api.Test;

class EditBlocksTest {
  private static final String ANSWER =
      """
      Builds the set once.

      <edit file="a/b.py">
      <old>
          for x in xs:
              if x in banned:
      </old>
      <new>
          known = set(banned)
          for x in xs:
              if x in known:
      </new>
      </edit>
      <edit file="a/c.py">
      <old>
      import re
      </old>
      <new>
      </new>
      </edit>
      """;

  @Test
  void keepsIndentationAndTakesLineBreaksOfTheTagsAway() {
    assertThat(EditBlocks.in(ANSWER))
        .containsExactly(
            new Edit(
                "a/b.py",
                "    for x in xs:\n        if x in banned:",
                "    known = set(banned)\n    for x in xs:\n        if x in known:"),
            new Edit("a/c.py", "import re", ""));
  }

  @Test
  void readsWhatItWrites() {
    var edits = EditBlocks.in(ANSWER);
    assertThat(EditBlocks.in(EditBlocks.text(edits))).isEqualTo(edits);
  }

  @Test
  void takesTheSentenceBeforeTheBlocksAsSummary() {
    assertThat(EditBlocks.summary(ANSWER)).isEqualTo("Builds the set once.");
  }

  @Test
  void readsADecline() {
    assertThat(EditBlocks.in("<nothing>no such fact</nothing>")).isEmpty();
    assertThat(EditBlocks.nothing("<nothing>no such fact</nothing>")).contains("no such fact");
  }
}

package hostperf.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
  @TempDir Path folder;

  @BeforeEach
  void writePages() throws IOException {
    Files.createDirectories(folder.resolve("patterns"));
    Files.writeString(folder.resolve("secret.txt"), "not a page");
    Files.writeString(
        folder.resolve("waiting.md"),
        """
        # Waiting

        What a [wait](x.md) is. And more.

        ## Copies

        A pageable source makes non_blocking a lie. HOST_SYNC.

        ## Events

        An event that is meant is no target.
        """);
    Files.writeString(
        folder.resolve("patterns/loops.md"),
        """
        # Loops

        ## Set membership

        Membership in a list is linear. CONTAINER.

        ```python
        # not a heading: copies of a list
        ```
        """);
  }

  @Test
  void listsPagesWithTitleAndFirstSentence() {
    assertThat(new References(folder).all())
        .containsExactly(
            new References.Reference(
                "patterns/loops.md", "Loops", "Membership in a list is linear."),
            new References.Reference("waiting.md", "Waiting", "What a wait is."));
  }

  @Test
  void completesAPathFromItsBeginningOrAnyPart() {
    var references = new References(folder);
    assertThat(references.complete("pat")).containsExactly("patterns/loops.md");
    assertThat(references.complete("loops")).containsExactly("patterns/loops.md");
    assertThat(references.complete("")).hasSize(2);
  }

  @Test
  void readsNoFileThatIsNoPage() {
    var references = new References(folder.resolve("patterns"));
    assertThat(references.text("loops.md").orElseThrow()).startsWith("# Loops\n");
    assertThat(references.text("../waiting.md")).isEmpty();
    assertThat(new References(folder).text("secret.txt")).isEmpty();
  }

  @Test
  void findsTheSectionAndNotOnlyThePage() {
    assertThat(new References(folder).search("pageable copies", Optional.empty()))
        .first()
        .satisfies(
            match -> {
              assertThat(match.path()).isEqualTo("waiting.md");
              assertThat(match.heading()).isEqualTo("Copies");
              assertThat(match.excerpt()).startsWith("A pageable source");
            });
  }

  @Test
  void findsAnIdentifierWholeAndInItsParts() {
    var references = new References(folder);
    assertThat(references.search("non_blocking", Optional.empty())).hasSize(1);
    assertThat(references.search("blocking", Optional.empty())).hasSize(1);
  }

  @Test
  void keepsToSectionsThatSpeakOfTheType() {
    var references = new References(folder);
    assertThat(references.search("copies", Optional.of("CONTAINER")))
        .extracting(References.Match::heading)
        .containsExactly("Set membership");
    assertThat(references.search("copies", Optional.of("SYNC"))).isEmpty();
  }

  @Test
  void takesATypeAloneForAQuestion() {
    assertThat(new References(folder).search("", Optional.of("CONTAINER"))).hasSize(1);
  }

  @Test
  void findsNothingWhereNoWordOccurs() {
    assertThat(new References(folder).search("zebra", Optional.empty())).isEmpty();
  }

  @Test
  void readsAPageAnewWhenItChanged() throws IOException {
    var references = new References(folder);
    Files.writeString(folder.resolve("new.md"), "# Zebra\n\nStripes.\n");
    assertThat(references.search("zebra", Optional.empty())).hasSize(1);
  }

  @Test
  void anExcerptLeavesOutWhatIsForTheProgram() throws IOException {
    Files.writeString(
        folder.resolve("patterns/heads.md"),
        """
        # Heads

        ## A zebra crossing

        ```yaml
        id: zebra
        types: [HOIST]
        ```

        The zebra waits once.
        """);
    assertThat(new References(folder).search("zebra", Optional.empty()).getFirst().excerpt())
        .isEqualTo("The zebra waits once.");
  }
}

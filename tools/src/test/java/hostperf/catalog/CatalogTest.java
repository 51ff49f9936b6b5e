package hostperf.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Golden;
import hostperf.Refusal;
import hostperf.catalog.PatternHead.Use;
import hostperf.classify.facts.HotspotType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
  private static final String ENTRY =
      """
      # A page

      ## Do less

      ```yaml
      id: do-less
      covers: [do-nothing]
      types: [DEAD_WORK]
      risk: zero
      complexity: trivial
      scopes: [per_step]
      when: [unread, reads-back + in-loop]
      unless: [returns]
      saves: {model: share, part: 0.5}
      must_hold:
        unused: nothing uses the result
      check: run it
      draft: false
      example: none
      why_none: nothing to show
      ```

      First paragraph,
      on two lines.

      Second paragraph.
      """;

  @TempDir private Path references;

  private final Catalog catalog = Catalog.read(Golden.root().resolve("references"));

  @Test
  void readsAnEntry() throws IOException {
    var pattern = catalogWith(ENTRY).required("do-nothing");
    assertThat(pattern.id()).isEqualTo("do-less");
    assertThat(pattern.page()).isEqualTo("patterns/page.md");
    assertThat(pattern.summary()).isEqualTo("First paragraph, on two lines.");
    assertThat(pattern.head().mustHold()).containsEntry("unused", "nothing uses the result");
    assertThat(pattern.head().use()).isEqualTo(Use.OFFERED);
    assertThat(pattern.head().fit().when())
        .containsExactly(List.of("unread"), List.of("reads-back", "in-loop"));
    assertThat(pattern.head().fit().unless()).containsExactly("returns");
    assertThat(pattern.example()).isEqualTo(new Example.None("nothing to show"));
  }

  @Test
  void refusesAHeadThatSaysWhatIsNotAllowed() {
    assertThatThrownBy(() -> catalogWith(ENTRY.replace("risk: zero", "risk: none")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("patterns/page.md, 'Do less'")
        .hasMessageContaining("risk: none");
    assertThatThrownBy(() -> catalogWith(ENTRY.replace("part: 0.5", "part: 5")))
        .hasMessageContaining("saves");
    assertThatThrownBy(() -> catalogWith(ENTRY.replace("check: run it", "chek: run it")))
        .hasMessageContaining("unknown key 'chek'");
  }

  @Test
  void refusesTwoPatternsOfOneName() {
    assertThatThrownBy(() -> catalogWith(ENTRY + ENTRY)).hasMessageContaining("do-less");
  }

  @Test
  void refusesAnUnknownNameAndListsTheKnown() {
    assertThatThrownBy(() -> catalog.required("no-such"))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.next()).contains("hoist-invariant"));
  }

  @Test
  void everyHotspotTypeHasAPattern() {
    assertThat(
            catalog.patterns().stream()
                .filter(p -> p.head().use() != PatternHead.Use.PITFALL)
                .flatMap(p -> p.head().traits().types().stream()))
        .containsAll(Arrays.stream(HotspotType.values()).map(Enum::name).toList());
  }

  @Test
  void headsNameOnlyHotspotTypes() {
    assertThat(catalog.patterns())
        .flatExtracting(p -> p.head().traits().types())
        .isSubsetOf(Arrays.stream(HotspotType.values()).map(Enum::name).toList());
  }

  @Test
  void exactlyThePatternsWithAShapeAreMarkedAsDrafted() {
    assertThat(catalog.patterns())
        .filteredOn(p -> p.head().use() == Use.DRAFTED)
        .extracting(Pattern::id)
        .containsExactlyInAnyOrderElementsOf(hostperf.propose.draft.Drafts.patterns());
  }

  @Test
  void everyEntryExplainsItself() {
    assertThat(catalog.patterns()).allSatisfy(p -> assertThat(p.prose()).hasSizeGreaterThan(80));
  }

  private Catalog catalogWith(String page) throws IOException {
    Files.createDirectories(references.resolve("patterns"));
    Files.writeString(references.resolve("patterns/page.md"), page);
    return Catalog.read(references);
  }
}

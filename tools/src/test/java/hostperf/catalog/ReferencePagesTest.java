package hostperf.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.classify.facts.HotspotType;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Holds our own pages to what they promise, and the search over them to what a reader expects.
class ReferencePagesTest {
  private static final String TYPES = "hotspot-classification.md";

  private final References references = new References(Golden.root().resolve("references"));

  @Test
  void describeEveryTypeInASectionOfItsOwn() {
    assertThat(Page.read(references.folder().resolve(TYPES)).sections())
        .extracting(Page.Section::heading)
        .containsAll(Arrays.stream(HotspotType.values()).map(Enum::name).toList());
  }

  @Test
  void sayOfEveryTypeHowItLooksWhatItIsToldFromWhatItCostsAndWhatToTry() {
    for (var section : Page.read(references.folder().resolve(TYPES)).sections()) {
      if (Arrays.stream(HotspotType.values()).noneMatch(t -> t.name().equals(section.heading()))) {
        continue;
      }
      assertThat(String.join(" ", section.lines()))
          .describedAs(section.heading())
          .contains("**Looks like**", "**Unlike**", "**Per hit:**", "**First fix:**");
    }
  }

  @Test
  void haveATitleAndASummary() {
    assertThat(references.all())
        .allMatch(r -> !r.title().isBlank() && r.summary().length() > 20, "title and summary");
  }

  @Test
  void answerAQuestionAboutATypeByItsSection() {
    assertThat(headings("boolean mask indexing waits for the device", "HOST_SYNC"))
        .contains("HOST_SYNC");
    assertThat(headings("enum member made from its value", "")).first().isEqualTo("ENUM_CONSTRUCT");
    assertThat(headings("garbage collector pauses", "GC")).first().isEqualTo("GC");
  }

  @Test
  void answerAQuestionAboutAFunctionByTheEnginesMap() {
    assertThat(references.search("_prepare_tp_inputs DecoderRunner", Optional.empty()))
        .extracting(References.Match::path)
        .contains("hot-path-files.md", "examples.md");
  }

  @Test
  void keepExcerptsShort() {
    assertThat(references.search("step", Optional.empty()))
        .isNotEmpty()
        .allMatch(m -> m.excerpt().length() <= 300);
  }

  private Iterable<String> headings(String query, String type) {
    return references.search(query, type.isEmpty() ? Optional.empty() : Optional.of(type)).stream()
        .limit(5)
        .map(References.Match::heading)
        .toList();
  }
}

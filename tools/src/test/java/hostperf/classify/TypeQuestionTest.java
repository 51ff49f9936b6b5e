package hostperf.classify;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.facts.CheckoutClasses;
import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.TypeRules;
import hostperf.source.Callees;
import hostperf.source.Modules;
import hostperf.source.Sources;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A question takes nothing for granted that the line does not show.
class TypeQuestionTest {
  private static List<String> asked(HotspotType type, String text) {
    var marked = Marked.of(text);
    var sources = Sources.of(marked.file());
    var profile = marked.profile().functions().getFirst();
    var rules = TypeRules.of(Marked.HEADS).stream().filter(r -> r.type() == type).findFirst();
    return Spots.of(
            profile,
            marked.file().functionAt(profile.line()).orElseThrow(),
            Marked.target("generic"),
            new CheckoutClasses(sources),
            new Callees(new Modules(sources)))
        .stream()
        .flatMap(s -> TypeQuestion.of(rules.orElseThrow(), s.spot()).stream())
        .toList();
  }

  @Test
  void whatAWhileTestsIsNotWalked() {
    assertThat(
            asked(
                HotspotType.REDUNDANT_ITER,
                """
                def find(key, node):
                    while len(key) > 0 and key in node.children.keys():  # hot
                        key = key[1:]
                    return node
                """))
        .isEmpty();
  }

  @Test
  void whatAForGoesOverIs() {
    assertThat(
            asked(
                HotspotType.REDUNDANT_ITER,
                """
                def find(rows):
                    for row in rows:  # hot
                        row.seen = True
                """))
        .hasSize(2)
        .allSatisfy(question -> assertThat(question).startsWith("Is `rows` walked elsewhere"));
  }

  @Test
  void aLengthIsNoExchange() {
    var text =
        """
        def count(node):
            taken = len(node.value)  # hot
            return taken
        """;
    assertThat(asked(HotspotType.COMM, text)).isEmpty();
  }
}

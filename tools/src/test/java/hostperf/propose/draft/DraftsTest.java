package hostperf.propose.draft;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.propose.draft.Attempt.Draft;
import hostperf.propose.draft.Attempt.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DraftsTest {
  static Stream<PatternCase> rewrites() {
    return PatternCase.all().stream().filter(PatternCase::isRewrite);
  }

  static Stream<PatternCase> leftAlone() {
    return PatternCase.all().stream().filter(c -> !c.isRewrite());
  }

  static Stream<String> patterns() {
    return Drafts.patterns().stream();
  }

  @ParameterizedTest
  @MethodSource("rewrites")
  void rewritesTheHotLine(PatternCase example) throws IOException {
    var before = example.file("before.py");
    var attempt = example.attempt(before, example.hot(before));
    assertThat(attempt).isInstanceOf(Draft.class);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(example.folder().resolve("after.py"), ((Draft) attempt).after());
    }
    assertThat(((Draft) attempt).after()).isEqualTo(example.text("after.py"));
  }

  @ParameterizedTest
  @MethodSource("rewrites")
  void appliedTwiceChangesNothing(PatternCase example) {
    var after = example.file("after.py");
    IntStream.rangeClosed(1, after.lineCount())
        .filter(line -> after.functionAt(line).flatMap(f -> f.statementAt(line)).isPresent())
        .forEach(
            line ->
                assertThat(example.attempt(after, line))
                    .describedAs("line %d", line)
                    .isNotInstanceOf(Draft.class));
  }

  @ParameterizedTest
  @MethodSource("rewrites")
  void keepsForeignLineBreaks(PatternCase example) {
    var windows =
        hostperf.source.PythonFile.of("before.py", example.text("before.py").replace("\n", "\r\n"));
    var attempt = (Draft) example.attempt(windows, example.hot(windows));
    assertThat(attempt.after()).isEqualTo(example.text("after.py").replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @MethodSource("leftAlone")
  void leavesAlone(PatternCase example) {
    var file = example.file("unchanged.py");
    var attempt = example.attempt(file, example.hot(file));
    assertThat(attempt).isNotInstanceOf(Draft.class);
    example
        .because()
        .ifPresent(
            words -> {
              assertThat(attempt).isInstanceOf(Refused.class);
              assertThat(((Refused) attempt).why()).contains(words);
            });
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void everyShapeHasBothKindsOfCase(String pattern) {
    assertThat(rewrites().filter(c -> c.pattern().equals(pattern))).isNotEmpty();
    assertThat(leftAlone().filter(c -> c.pattern().equals(pattern))).isNotEmpty();
  }

  @Test
  void everyCaseIsOfAShape() {
    assertThat(PatternCase.all()).extracting(PatternCase::pattern).isSubsetOf(Drafts.patterns());
  }

  @Test
  void refusalsAndSeenFactsAreThoseOfTheCatalogue() {
    var catalog = hostperf.catalog.Catalog.read(Golden.root().resolve("references"));
    PatternCase.all()
        .forEach(
            example -> {
              var file = example.file(example.isRewrite() ? "before.py" : "unchanged.py");
              var facts = catalog.required(example.pattern()).head().mustHold().keySet();
              switch (example.attempt(file, example.hot(file))) {
                case Draft d -> assertThat(facts).describedAs("%s", example).containsAll(d.seen());
                case Refused r -> assertThat(facts).describedAs("%s", example).contains(r.fact());
                case Attempt.NoMatch _ -> {}
              }
            });
  }
}

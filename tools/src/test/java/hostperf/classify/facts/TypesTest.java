package hostperf.classify.facts;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.classify.Hotspot;
import hostperf.classify.Marked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// At the marked line of each `classify/<TYPE>/<case>.py` facts permit that type; at that of each
/// `classify/<TYPE>/not/<case>.py`, which looks like it, they do not settle it.
class TypesTest {
  private static final Path CASES = Golden.root().resolve("tools/src/test/resources/classify");

  @TestFactory
  Stream<DynamicTest> everyCaseMayBeOfItsType() {
    return files("").map(f -> named(f, () -> assertThat(judge(f).types()).contains(type(f))));
  }

  @TestFactory
  Stream<DynamicTest> noCounterexampleIsDecided() {
    return files("not")
        .map(f -> named(f, () -> assertThat(judge(f).type()).isNotEqualTo(Optional.of(type(f)))));
  }

  /// What was told apart by guessing once: when facts come to permit the type, the case moves up.
  @TestFactory
  Stream<DynamicTest> whatFactsDoNotShowIsNotClaimed() {
    return files("open")
        .map(f -> named(f, () -> assertThat(judge(f).types()).doesNotContain(type(f))));
  }

  @Test
  void everyTypeHasCasesAndCounterexamples() {
    assertThat(Arrays.stream(HotspotType.values()))
        .allSatisfy(t -> assertThat(below(t, "")).isNotEmpty())
        .allSatisfy(t -> assertThat(below(t, "not")).isNotEmpty());
  }

  private static DynamicTest named(Path file, Executable check) {
    return DynamicTest.dynamicTest(CASES.relativize(file).toString(), check);
  }

  private static Hotspot judge(Path file) throws IOException {
    return Marked.of(Files.readString(file)).first();
  }

  private static HotspotType type(Path file) {
    return HotspotType.valueOf(CASES.relativize(file).getName(0).toString());
  }

  private static Stream<Path> files(String folder) {
    return Arrays.stream(HotspotType.values()).flatMap(t -> below(t, folder).stream());
  }

  private static List<Path> below(HotspotType type, String folder) {
    var cases = CASES.resolve(type.name()).resolve(folder);
    if (!Files.isDirectory(cases)) {
      return List.of();
    }
    try (var found = Files.list(cases)) {
      return found.filter(f -> f.toString().endsWith(".py")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

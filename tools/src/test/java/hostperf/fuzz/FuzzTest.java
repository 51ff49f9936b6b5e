package hostperf.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import hostperf.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Inputs that fuzzing found, and the seeds it began with: none breaks its reader any more.
class FuzzTest {
  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "profile", ProfileFuzz::fuzzerTestOneInput,
          "diff", DiffFuzz::fuzzerTestOneInput,
          "kineto", TraceFuzz::fuzzerTestOneInput,
          "sqlite", TraceFuzz::fuzzerTestOneInput,
          "configuration", ConfigurationFuzz::fuzzerTestOneInput,
          "journal", JournalFuzz::fuzzerTestOneInput);

  static Stream<Path> inputs() throws IOException {
    try (Stream<Path> files = Files.walk(Golden.root().resolve("tools/src/test/resources/fuzz"))) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void isReadOrRefused(Path input) throws IOException {
    var target = TARGETS.get(input.getParent().getFileName().toString());
    assertThat(target).as("a target for %s", input).isNotNull();
    var bytes = Files.readAllBytes(input);
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> target.accept(bytes));
  }
}

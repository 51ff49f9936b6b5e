package hostperf.server;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import hostperf.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Messages that fuzzing found, and the seeds it began with.
class ArgumentsFuzzTest {
  static Stream<Path> inputs() throws IOException {
    try (Stream<Path> files =
        Files.list(Golden.root().resolve("server/src/test/resources/fuzz/arguments"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void becomesAnInputOrIsRefused(Path input) throws IOException {
    var bytes = Files.readAllBytes(input);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> ArgumentsFuzz.fuzzerTestOneInput(bytes));
  }
}

package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a build contains is named in NOTICE with its licence.
class NoticeIT {
  private static final Path ROOT = Path.of(System.getProperty("hostperf.root"));

  @Test
  void namesEveryLibraryOfTheBuild() throws IOException {
    var words = List.of(Files.readString(ROOT.resolve("NOTICE")).split("[\\s,]+"));
    try (var jars = Files.list(ROOT.resolve("server/target/lib"))) {
      var unnamed =
          jars.map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*$", ""))
              .filter(library -> !library.startsWith("hostperf"))
              .filter(library -> words.stream().noneMatch(word -> isOf(library, word)))
              .toList();
      assertThat(unnamed).isEmpty();
    }
  }

  /// A family is named once: `commons-rng` stands for `commons-rng-sampling`.
  private static boolean isOf(String library, String word) {
    return library.equals(word)
        || (List.of("commons-statistics", "commons-numbers", "commons-rng", "langchain4j")
                .contains(word)
            && library.startsWith(word + "-"));
  }
}

package hostperf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Expected outputs kept as files under `golden/` of the test resources.
///
/// `./mvnw test -Dgolden.update=true` rewrites them; the diff is then read and committed.
public final class Golden {
  private Golden() {}

  /// Compares with `src/test/resources/golden/<name>` of the module `module`.
  public static void check(String module, String name, String actual) {
    checkFile(root().resolve(module).resolve("src/test/resources/golden").resolve(name), actual);
  }

  /// Compares with any file that is generated.
  public static void checkFile(Path file, String actual) {
    var name = root().relativize(file);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
      assertThat(file).withFailMessage("No %s; write it with -Dgolden.update=true", name).exists();
      assertThat(actual)
          .describedAs("%s (rewrite with -Dgolden.update=true)", name)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The root of the repository under test.
  public static Path root() {
    return Path.of(System.getProperty("hostperf.root", ".")).toAbsolutePath().normalize();
  }
}

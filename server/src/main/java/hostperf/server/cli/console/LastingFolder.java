package hostperf.server.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder for what a command leaves to its user: it stays, unlike this process's own temporary
/// folder, which Java names as its own.
public final class LastingFolder {
  private LastingFolder() {}

  public static Path create(String prefix) throws IOException {
    return Files.createTempDirectory(shared(), prefix);
  }

  /// A file in its place.
  public static Path file(String prefix) throws IOException {
    return Files.createTempFile(shared(), prefix, ".txt");
  }

  private static Path shared() {
    return Path.of(System.getenv().getOrDefault("TMPDIR", "/tmp"));
  }
}

package hostperf.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The bytes as a file, since that is how inputs come: one file, written over each time.
final class InputFile {
  private final Path folder;
  private final String name;

  InputFile(String name) {
    this.name = name;
    try {
      folder = Files.createTempDirectory("fuzz-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  Path of(byte[] bytes) {
    try {
      var file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

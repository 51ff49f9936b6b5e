package hostperf.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The compiled module that Python imports instead of the source file it lies beside.
public final class CompiledTwin {
  private CompiledTwin() {}

  /// @param source a `.py` file; one that does not exist has no twin
  public static Optional<Path> of(Path source) {
    Path folder = source.toAbsolutePath().getParent();
    String stem = source.getFileName().toString().replaceFirst("\\.py$", "");
    if (folder == null || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> isCompiled(file.getFileName().toString(), stem))
          .sorted()
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `scheduler.so`, `scheduler.cpython-311-x86_64-linux-gnu.so`, `scheduler.abi3.so`.
  private static boolean isCompiled(String name, String stem) {
    return name.startsWith(stem + ".") && (name.endsWith(".so") || name.endsWith(".pyd"));
  }
}

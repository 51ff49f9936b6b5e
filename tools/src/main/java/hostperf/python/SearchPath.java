package hostperf.python;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Finds programs as a shell would, but in absolute folders only: a relative one would be the
/// checkout's.
public final class SearchPath {
  private SearchPath() {}

  public static Optional<Path> find(Map<String, String> environment, String program) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .map(folder -> folder.resolve(program))
        .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
        .findFirst();
  }
}

package hostperf.profile;

import hostperf.Refusal;
import hostperf.host.Redactor;
import hostperf.seal.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Names in the run's folder.
final class ProfileFiles {
  private ProfileFiles() {}

  /// For this user alone, and no link that leads elsewhere.
  static Path made(Path folder) {
    if (Files.isSymbolicLink(folder)) {
      throw new Refusal(
          "%s is a symbolic link, which hostperf never makes there; it is not followed."
              .formatted(folder),
          "Find out where it came from, and delete it.");
    }
    return PrivateFiles.folder(folder);
  }

  /// `<name><ending>`, with a number behind the name where it is taken.
  static Path fresh(Path folder, String name, String ending) {
    String free = name;
    for (int number = 2; !beginning(folder, free + ".").isEmpty(); number++) {
      free = name + "-" + number;
    }
    return folder.resolve(free + ending);
  }

  /// The files whose names begin with that of this one and a dot, sorted.
  static List<Path> after(Path prefix) {
    Path folder = Objects.requireNonNull(prefix.getParent(), "a prefix lies in a folder");
    return beginning(folder, prefix.getFileName() + ".");
  }

  /// Takes the secrets of a workload out of the files after a prefix: profilers write down how a
  /// process was started.
  static void clean(Path prefix, Workload workload) {
    var redactor = Redactor.ofChild(workload.environment(), workload.command());
    after(prefix).forEach(redactor::clean);
  }

  /// The files whose names begin so, sorted.
  static List<Path> beginning(Path folder, String prefix) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package hostperf.trace.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Where nsys may be: on the path, or where the toolkits put it without a link to it.
final class NsysPrograms {
  private static final List<Path> PARENTS = List.of(Path.of("/opt/nvidia"), Path.of("/usr/local"));

  /// `nsight-compute/2025.3/host/target-linux-x64/nsys` is the deepest.
  private static final int DEPTH = 6;

  private NsysPrograms() {}

  /// That of the path first, then the newest.
  static List<String> candidates() {
    return candidates(PARENTS);
  }

  static List<String> candidates(List<Path> parents) {
    var found = new ArrayList<String>();
    found.add("nsys");
    for (Path parent : parents) {
      try (Stream<Path> kits = Files.isDirectory(parent) ? Files.list(parent) : Stream.of()) {
        kits.filter(kit -> kit.getFileName().toString().matches("(nsight|cuda).*"))
            .flatMap(NsysPrograms::inside)
            .sorted(Comparator.reverseOrder())
            .forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.copyOf(found);
  }

  private static Stream<String> inside(Path kit) {
    try (Stream<Path> files =
        Files.find(
            kit,
            DEPTH,
            (file, about) ->
                about.isRegularFile()
                    && file.getFileName().toString().equals("nsys")
                    && Files.isExecutable(file))) {
      return files.map(Path::toString).toList().stream();
    } catch (IOException | UncheckedIOException _) {
      // A toolkit that may not be looked into has none for us.
      return Stream.of();
    }
  }
}

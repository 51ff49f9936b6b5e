package hostperf.profile;

import hostperf.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The workload's output files, looked at before and after a launch: a file that an earlier launch
/// has left must not pass for this one's.
final class WatchedOutput {
  private final Workload workload;
  private final Map<Path, List<Object>> before = new HashMap<>();

  private WatchedOutput(Workload workload) {
    this.workload = workload;
  }

  static WatchedOutput before(Workload workload) {
    var watched = new WatchedOutput(workload);
    watched.files().forEach(file -> watched.before.put(file, stamp(file)));
    return watched;
  }

  OutputDigest after() {
    Optional<String> pattern = workload.output();
    if (pattern.isEmpty()) {
      return new OutputDigest.NotConfigured();
    }
    List<Path> all = files();
    List<Path> written =
        all.stream().filter(file -> !stamp(file).equals(before.get(file))).toList();
    if (written.isEmpty()) {
      return new OutputDigest.NotWritten(
          all.isEmpty()
              ? "no file " + pattern.get() + " in " + workload.directory()
              : pattern.get() + " was not written by this launch; an older one is there");
    }
    return new OutputDigest.Digest(digest(written), written.size());
  }

  private List<Path> files() {
    Optional<String> pattern = workload.output();
    if (pattern.isEmpty()) {
      return List.of();
    }
    Path directory = workload.directory();
    String text = pattern.get();
    if (text.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
      Path file = directory.resolve(text);
      return Files.isRegularFile(file) ? List.of(file) : List.of();
    }
    Path base = fixedPart(directory, text);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + text);
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(base)) {
      return paths
          .filter(path -> matcher.matches(directory.relativize(path)) && Files.isRegularFile(path))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The folders before the first wildcard: only below them is there anything to find.
  private static Path fixedPart(Path directory, String glob) {
    Path base = directory;
    for (String part : glob.split("/")) {
      if (part.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
        break;
      }
      base = base.resolve(part);
    }
    return base;
  }

  private static List<Object> stamp(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(
          attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String digest(List<Path> files) {
    try {
      var sha = new Sha256();
      for (Path file : files) {
        String name = workload.directory().relativize(file).toString();
        sha.add(name + "\0");
        try (InputStream bytes = Files.newInputStream(file)) {
          var buffer = new byte[1 << 16];
          for (int n = bytes.read(buffer); n > 0; n = bytes.read(buffer)) {
            sha.add(buffer, n);
          }
        }
      }
      return sha.hex();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package hostperf.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Python and Cython files below a folder, by name; hidden folders, environments and links are
/// left out.
record SourceTree(Map<String, List<String>> byName) {
  static final SourceTree EMPTY = new SourceTree(Map.of());

  static SourceTree below(Path root) {
    var byName = new HashMap<String, List<String>>();
    try {
      Files.walkFileTree(root, new Lister(root, byName));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SourceTree(byName);
  }

  /// With `/` between folders and no drive, as Windows paths have them.
  static String portable(String path) {
    boolean windows = path.matches("(?s)[A-Za-z]:[\\\\/].*|\\\\\\\\.*");
    return windows ? path.replace('\\', '/').replaceFirst("^(?:[A-Za-z]:)?/+", "") : path;
  }

  /// Every Python file, sorted.
  List<String> pythonFiles() {
    return byName.values().stream()
        .flatMap(List::stream)
        .filter(path -> path.endsWith(".py"))
        .sorted()
        .toList();
  }

  /// The one file that shares the longest end with the path: its name and, where the path has
  /// one, the folder above it.
  Optional<String> nearest(String path) {
    String[] parts = path.replaceFirst("^(?:\\./|/)+", "").split("/");
    var candidates = byName.getOrDefault(parts[parts.length - 1], List.of());
    int most = candidates.stream().mapToInt(c -> common(parts, c)).max().orElse(0);
    var best = candidates.stream().filter(c -> common(parts, c) == most).toList();
    return best.size() == 1 && most >= Math.min(2, parts.length)
        ? Optional.of(best.getFirst())
        : Optional.empty();
  }

  private static int common(String[] parts, String candidate) {
    String[] others = candidate.split("/");
    int common = 0;
    while (common < Math.min(parts.length, others.length)
        && parts[parts.length - 1 - common].equals(others[others.length - 1 - common])) {
      common++;
    }
    return common;
  }

  private static final class Lister extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Map<String, List<String>> byName;

    Lister(Path root, Map<String, List<String>> byName) {
      this.root = root;
      this.byName = byName;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && isLeftOut(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    private static boolean isLeftOut(Path folder) {
      var name = folder.getFileName().toString();
      return name.startsWith(".")
          || name.matches("node_modules|site-packages|__pycache__")
          || Files.exists(folder.resolve("pyvenv.cfg"));
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      if (attributes.isRegularFile() && (name.endsWith(".py") || name.endsWith(".pyx"))) {
        byName
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .add(root.relativize(file).toString().replace('\\', '/'));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}

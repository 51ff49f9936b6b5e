package hostperf.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Looks at the whole checkout. Code is read; of other files of the commit git's index tells the
/// content as long as their identity is the one it remembers.
final class StateReader {
  private static final Set<String> CACHES =
      Set.of(
          ".git",
          ".hostperf",
          "__pycache__",
          ".pytest_cache",
          ".mypy_cache",
          ".ruff_cache",
          "node_modules",
          "site-packages");

  private final CheckoutPaths checkout;
  private final Map<String, String> committed;
  private final Set<String> folders = new HashSet<>();
  private final IgnoreRules rules;
  private final TreeMap<String, FileMark> files = new TreeMap<>();
  private final Set<String> ignored = new HashSet<>();

  StateReader(CheckoutPaths checkout, Objects objects, CommitTree commit) {
    this.checkout = checkout;
    this.committed = commit.contents();
    this.rules = new IgnoreRules(committed, objects);
    for (String path : committed.keySet()) {
      for (int slash = path.lastIndexOf('/');
          slash > 0 && folders.add(path.substring(0, slash)); ) {
        slash = path.lastIndexOf('/', slash - 1);
      }
    }
  }

  CheckoutState state(String commit, Refs refs) {
    readCommitted();
    readOthers();
    var identity = FileMark.seen(refs.head()).map(FileMark::identity).orElse("");
    return new CheckoutState(
        new CheckoutState.Head(commit, refs.headName(), identity), files, committed, ignored);
  }

  private void readCommitted() {
    var index = new HashMap<String, IndexFile.Entry>();
    IndexFile.read(checkout.index()).entries().forEach(e -> index.put(e.path(), e));
    for (String path : committed.keySet()) {
      var file = checkout.file(path);
      Optional.ofNullable(index.get(path))
          .flatMap(entry -> remembered(path, file, entry))
          .or(() -> FileMark.read(file))
          .ifPresent(mark -> files.put(path, mark));
    }
  }

  private static Optional<FileMark> remembered(String path, Path file, IndexFile.Entry entry) {
    if (CheckoutState.isCode(path) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    var stat = FileStat.of(file);
    boolean isSame =
        entry.hasStat(stat)
            && entry.at(0) == stat.ctimeSeconds()
            && entry.at(4) == stat.ctimeNanos();
    return isSame
        ? FileMark.seen(file).map(m -> new FileMark(entry.blob(), m.identity()))
        : Optional.empty();
  }

  private void readOthers() {
    try {
      Files.walkFileTree(checkout.root(), new Others());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Others extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      var path = path(folder);
      if (path.isEmpty()) {
        return FileVisitResult.CONTINUE;
      }
      boolean isLeftOut =
          CACHES.contains(folder.getFileName().toString())
              || Files.exists(folder.resolve("pyvenv.cfg"))
              || Files.exists(folder.resolve(".git"))
              || (!folders.contains(path) && rules.leavesOut(path, true));
      return isLeftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      var path = path(file);
      if (!committed.containsKey(path)) {
        boolean isIgnored = rules.leavesOut(path, false);
        if (CheckoutState.isCode(path)) {
          FileMark.read(file).ifPresent(mark -> files.put(path, mark));
        } else if (!isIgnored) {
          FileMark.seen(file).ifPresent(mark -> files.put(path, mark));
        }
        if (isIgnored && files.containsKey(path)) {
          ignored.add(path);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    /// What cannot be read or is gone by now is not there.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    private String path(Path file) {
      return checkout.root().relativize(file).toString();
    }
  }
}

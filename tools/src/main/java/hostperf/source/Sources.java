package hostperf.source;

import hostperf.Once;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Finds and reads the Python files below a checkout, by the paths that a profile has.
///
/// A path inside the checkout is taken as it is; of any other the longest tail that exists below
/// the checkout counts (`/app/engine/run.py` → `engine/run.py`), since workloads run in
/// containers, in installed packages and on Windows; else the one file that shares the longest end
/// with it (`/app/engine/run.py` → `python/engine/run.py`). Each file is read and parsed once.
public final class Sources {
  private final Path root;

  /// A checkout with more is no checkout, and reading all of it would take longer than it helps.
  private static final int MOST_FILES = 20_000;

  private final Map<String, Optional<PythonFile>> read = new ConcurrentHashMap<>();
  private final Supplier<SourceTree> tree;

  public Sources(Path root) {
    this(root, SourceTree::below);
  }

  private Sources(Path root, Function<Path, SourceTree> listed) {
    this.root = root.toAbsolutePath().normalize();
    this.tree = new Once<>(() -> listed.apply(this.root));
  }

  /// Sources that have this one file only, under its own path.
  public static Sources of(PythonFile file) {
    var sources = new Sources(Path.of(""), _ -> SourceTree.EMPTY);
    sources.read.put(file.path(), Optional.of(file));
    return sources;
  }

  public Path root() {
    return root;
  }

  /// The file, named relative to the checkout; empty where none fits.
  public Optional<PythonFile> file(String path) {
    return read.computeIfAbsent(path, p -> locate(p).map(this::parse));
  }

  /// The path below the checkout of a file as a profile names it; of one elsewhere that name.
  public String path(String file) {
    return file(file).map(PythonFile::path).orElse(file);
  }

  /// Whether a profile's name of a file is that of the file of a function.
  public boolean isFileOf(String file, PythonFunction function) {
    return path(file).equals(function.file().path());
  }

  /// The file of a module: `engine.sampling` → `engine/sampling.py` or its `__init__.py`, also
  /// below `python` or `src`.
  public Optional<PythonFile> module(String dotted) {
    var path = dotted.replace('.', '/');
    for (var base : new String[] {"", "python/", "src/"}) {
      for (var end : new String[] {".py", "/__init__.py"}) {
        if (Files.isRegularFile(root.resolve(base + path + end))) {
          return file(base + path + end);
        }
      }
    }
    return Optional.empty();
  }

  /// Whether a function of this name is there: `module.Class.method` or `module::function`.
  public boolean defines(String name) {
    var parts = List.of(name.replace("::", ".").split("\\."));
    return IntStream.range(1, parts.size())
        .anyMatch(
            n -> {
              var rest = String.join(".", parts.subList(n, parts.size()));
              return module(String.join(".", parts.subList(0, n)))
                  .flatMap(file -> file.function(rest))
                  .filter(function -> function.qualifiedName().equals(rest))
                  .isPresent();
            });
  }

  /// The Python files in whose text all of these are found, each read once; hidden folders,
  /// environments and links are left out.
  public List<PythonFile> pythonFiles(Pattern... parts) {
    return tree.get().pythonFiles().stream()
        .limit(MOST_FILES)
        .filter(p -> hasAll(p, parts))
        .flatMap(p -> file(p).stream())
        .toList();
  }

  /// A name that is no part of another.
  public static Pattern word(String name) {
    return Pattern.compile("\\b" + Pattern.quote(name) + "\\b");
  }

  private boolean hasAll(String path, Pattern... parts) {
    try {
      var text = Files.readString(root.resolve(path), StandardCharsets.ISO_8859_1);
      return Arrays.stream(parts).allMatch(part -> part.matcher(text).find());
    } catch (IOException _) {
      return false;
    }
  }

  private Optional<Path> locate(String reported) {
    if (reported.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    var path = SourceTree.portable(reported);
    var asGiven = root.resolve(path).normalize();
    if (asGiven.startsWith(root) && Files.isRegularFile(asGiven)) {
      return Optional.of(asGiven);
    }
    var parts = Path.of(path).normalize();
    for (int from = 0; from < parts.getNameCount(); from++) {
      var tail = root.resolve(parts.subpath(from, parts.getNameCount())).normalize();
      if (tail.startsWith(root) && Files.isRegularFile(tail)) {
        return Optional.of(tail);
      }
    }
    return tree.get().nearest(path).map(root::resolve);
  }

  private PythonFile parse(Path file) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("The sources need not be read any more.");
    }
    try {
      var bytes = Files.readAllBytes(file);
      var name = root.relativize(file).toString().replace('\\', '/');
      return PythonFile.of(name, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

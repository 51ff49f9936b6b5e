package hostperf.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Modules and classes by the names that a file uses for them.
///
/// The folder that Python imports a file from is what the interpreter said, where it ran, or of a
/// file beside or below; else the one above the topmost `__init__.py` over the file, else the one
/// below which the modules lie that the file imports (packages need no `__init__.py`), else `src`,
/// else the file's own.
public final class Modules {
  /// Re-exports of re-exports: TensorRT-LLM's packages need two steps.
  private static final int MOST_STEPS = 6;

  /// Of a folder with more files, the first are as good as all.
  private static final int MOST_NEIGHBOURS = 20;

  private final Sources sources;
  private final Map<String, String> told;
  private final Map<String, String> roots = new ConcurrentHashMap<>();
  private final Map<String, List<PythonFunction>> overrides = new ConcurrentHashMap<>();

  public Modules(Sources sources) {
    this(sources, Map.of());
  }

  /// @param told module names by path in the checkout, as an interpreter that ran them has them
  public Modules(Sources sources, Map<String, String> told) {
    this.sources = sources;
    this.told = Map.copyOf(told);
  }

  /// The dotted name under which Python imports the file.
  public String nameOf(PythonFile file) {
    var name = told.get(file.path());
    if (name != null) {
      return name;
    }
    String root = importRoot(file);
    String path = file.path().substring(root.length());
    return stem(path).replace('/', '.');
  }

  private static String stem(String path) {
    return path.replaceFirst("(/__init__)?\\.py$", "");
  }

  /// The module's file, from the importing file's point of view.
  Optional<PythonFile> file(String module, PythonFile from) {
    String root = importRoot(from);
    String path = root + module.replace('.', '/');
    for (String candidate : new String[] {path + ".py", path + "/__init__.py"}) {
      if (Files.isRegularFile(sources.root().resolve(candidate))) {
        return sources.file(candidate);
      }
    }
    // Relative imports come resolved from the checkout's root.
    return sources.module(module);
  }

  /// A function of a module by a dotted name as written, followed through imports and re-exports.
  public Optional<PythonFunction> function(String dotted, PythonFile from) {
    return followed(dotted, from, Modules::ownFunction, MOST_STEPS);
  }

  private static Optional<PythonFunction> ownFunction(String name, PythonFile file) {
    return file.functions().stream()
        .filter(f -> f.owner().isEmpty() && f.qualifiedName().equals(name))
        .reduce((_, later) -> later);
  }

  /// A class by a dotted name as written.
  public Optional<PythonClass> classNamed(String dotted, PythonFile from) {
    return followed(dotted, from, Modules::ownClass, MOST_STEPS);
  }

  private static Optional<PythonClass> ownClass(String name, PythonFile file) {
    return file.classes().stream().filter(c -> c.qualifiedName().equals(name)).findFirst();
  }

  private <T> Optional<T> followed(
      String dotted, PythonFile from, BiFunction<String, PythonFile, Optional<T>> own, int steps) {
    if (steps == 0) {
      return Optional.empty();
    }
    var here = own.apply(dotted, from);
    if (here.isPresent()) {
      return here;
    }
    String full = from.imports().resolve(dotted);
    for (int dot = full.lastIndexOf('.'); dot > 0; dot = full.lastIndexOf('.', dot - 1)) {
      Optional<PythonFile> file = file(full.substring(0, dot), from);
      if (file.isPresent() && file.get() != from) {
        return followed(full.substring(dot + 1), file.get(), own, steps - 1);
      }
    }
    return Optional.empty();
  }

  /// Every Python file of the checkout that derives a class from this one, directly or not.
  public List<PythonClass> subclasses(PythonClass of) {
    return derived(of, sources.pythonFiles(heading(of))).toList();
  }

  /// The methods of this name in classes that derive from this one, directly or not.
  public List<PythonFunction> overrides(PythonClass of, String method) {
    return overrides.computeIfAbsent(
        String.join(" ", of.node().file().path(), of.qualifiedName(), method),
        _ ->
            derived(of, sources.pythonFiles(heading(of), Sources.word(method)))
                .flatMap(c -> c.method(method).stream())
                .toList());
  }

  /// What a file has that derives a class from this one: its name before the colon of a class, or
  /// another that it is imported under. Other files need not be parsed.
  private static Pattern heading(PythonClass of) {
    var name = Sources.word(of.name()).pattern();
    return Pattern.compile("\\bclass\\s[^:]*%s|%s\\s+as\\b".formatted(name, name));
  }

  private Stream<PythonClass> derived(PythonClass of, List<PythonFile> files) {
    return files.stream()
        .flatMap(f -> f.classes().stream())
        .filter(c -> !isSame(c, of) && derives(c, of, MOST_STEPS));
  }

  private boolean derives(PythonClass from, PythonClass of, int steps) {
    return steps > 0
        && from.bases().stream()
            .map(base -> base.replaceFirst("(?s)\\[.*", ""))
            .flatMap(base -> classNamed(base, from.node().file()).stream())
            .anyMatch(base -> isSame(base, of) || derives(base, of, steps - 1));
  }

  private static boolean isSame(PythonClass one, PythonClass other) {
    return one.qualifiedName().equals(other.qualifiedName())
        && one.node().file().path().equals(other.node().file().path());
  }

  /// The path of the folder that Python imports from, with a `/` at its end; empty for the
  /// checkout.
  private String importRoot(PythonFile file) {
    return roots.computeIfAbsent(file.path(), _ -> findRoot(file));
  }

  private String findRoot(PythonFile file) {
    var known = toldRoot(file.path());
    if (known.isPresent()) {
      return known.get();
    }
    var above = folders(file);
    var packages = above.stream().filter(this::isPackage).toList();
    if (!packages.isEmpty()) {
      return slashed(packages.getLast().getParent());
    }
    return evidence(file, above)
        .or(() -> neighbours(file).flatMap(n -> evidence(n, above).stream()).findFirst())
        .or(() -> above.stream().filter(f -> f.endsWith("src")).map(Modules::slashed).findFirst())
        .orElseGet(() -> slashed(Path.of(file.path()).getParent()));
  }

  /// The nearest folder over a file from which the interpreter imported something. The checkout
  /// itself tells nothing: scripts at its top have it, whatever lies below.
  private Optional<String> toldRoot(String path) {
    return told.entrySet().stream()
        .flatMap(module -> root(module.getKey(), module.getValue()).stream())
        .filter(root -> !root.isEmpty() && path.startsWith(root))
        .max(Comparator.comparingInt(String::length));
  }

  /// The folder from which a file is imported by this name, as `importRoot`; empty where the name
  /// is not the end of its path.
  public static Optional<String> root(String path, String name) {
    var stem = "/" + stem(path);
    var tail = "/" + name.replace('.', '/');
    return stem.endsWith(tail)
        ? Optional.of(stem.substring(1, stem.length() - tail.length() + 1))
        : Optional.empty();
  }

  /// The highest folder below which a module lies that the file imports.
  private Optional<String> evidence(PythonFile file, List<Path> above) {
    var names = file.imports().names().values();
    return above.stream()
        .map(Modules::slashed)
        .filter(root -> names.stream().anyMatch(n -> isBelow(root, n)))
        .reduce((_, higher) -> higher);
  }

  private Stream<PythonFile> neighbours(PythonFile file) {
    var folder = slashed(Path.of(file.path()).getParent());
    var names = sources.root().resolve(folder).toFile().list();
    return names == null
        ? Stream.empty()
        : Stream.of(names)
            .filter(n -> n.endsWith(".py") && !file.path().equals(folder + n))
            .sorted()
            .limit(MOST_NEIGHBOURS)
            .flatMap(n -> sources.file(folder + n).stream());
  }

  /// The folders over a file, nearest first, the checkout last.
  private static List<Path> folders(PythonFile file) {
    var above = new ArrayList<Path>();
    for (Path f = Path.of(file.path()).getParent(); f != null; f = f.getParent()) {
      above.add(f);
    }
    above.add(Path.of(""));
    return above;
  }

  private boolean isPackage(Path folder) {
    return !folder.toString().isEmpty()
        && Files.isRegularFile(sources.root().resolve(folder).resolve("__init__.py"));
  }

  /// Whether an imported name is a module below this folder, or a part of one.
  private boolean isBelow(String root, String name) {
    int dot = name.lastIndexOf('.');
    return isModule(root + name.replace('.', '/'))
        || dot > 0 && isModule(root + name.substring(0, dot).replace('.', '/'));
  }

  private boolean isModule(String path) {
    return Files.isRegularFile(sources.root().resolve(path + ".py"))
        || Files.isRegularFile(sources.root().resolve(path + "/__init__.py"));
  }

  private static String slashed(@Nullable Path folder) {
    return folder == null || folder.toString().isEmpty()
        ? ""
        : folder.toString().replace('\\', '/') + "/";
  }
}

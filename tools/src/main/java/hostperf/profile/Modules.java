package hostperf.profile;

import hostperf.source.PythonClass;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Modules and classes by the names that a file uses for them.
///
/// A package's root is the folder above its topmost `__init__.py`, so that a checkout may hold its
/// packages at any depth; a file outside packages finds its neighbours.
final class Modules {
  /// Re-exports of re-exports: TensorRT-LLM's packages need two steps.
  private static final int MOST_STEPS = 6;

  private final Sources sources;

  Modules(Sources sources) {
    this.sources = sources;
  }

  /// The dotted name under which Python imports the file.
  String nameOf(PythonFile file) {
    String root = importRoot(file);
    String path = file.path().substring(root.length());
    return path.replaceFirst("(/__init__)?\\.py$", "").replace('/', '.');
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
  Optional<PythonFunction> function(String dotted, PythonFile from) {
    return function(dotted, from, MOST_STEPS);
  }

  private Optional<PythonFunction> function(String dotted, PythonFile from, int steps) {
    if (steps == 0) {
      return Optional.empty();
    }
    Optional<PythonFunction> here = own(dotted, from);
    if (here.isPresent()) {
      return here;
    }
    String full = from.imports().resolve(dotted);
    for (int dot = full.lastIndexOf('.'); dot > 0; dot = full.lastIndexOf('.', dot - 1)) {
      Optional<PythonFile> file = file(full.substring(0, dot), from);
      if (file.isPresent() && file.get() != from) {
        return function(full.substring(dot + 1), file.get(), steps - 1);
      }
    }
    return Optional.empty();
  }

  private static Optional<PythonFunction> own(String name, PythonFile file) {
    return file.functions().stream()
        .filter(f -> f.owner().isEmpty() && f.qualifiedName().equals(name))
        .reduce((_, later) -> later);
  }

  /// A class by a dotted name as written.
  Optional<PythonClass> classNamed(String dotted, PythonFile from) {
    return classNamed(dotted, from, MOST_STEPS);
  }

  private Optional<PythonClass> classNamed(String dotted, PythonFile from, int steps) {
    if (steps == 0) {
      return Optional.empty();
    }
    Optional<PythonClass> here =
        from.classes().stream().filter(c -> c.qualifiedName().equals(dotted)).findFirst();
    if (here.isPresent()) {
      return here;
    }
    String full = from.imports().resolve(dotted);
    for (int dot = full.lastIndexOf('.'); dot > 0; dot = full.lastIndexOf('.', dot - 1)) {
      Optional<PythonFile> file = file(full.substring(0, dot), from);
      if (file.isPresent() && file.get() != from) {
        return classNamed(full.substring(dot + 1), file.get(), steps - 1);
      }
    }
    return Optional.empty();
  }

  /// The path of the folder that Python imports from, with a `/` at its end; empty for the
  /// checkout.
  private String importRoot(PythonFile file) {
    Path folder = Path.of(file.path()).getParent();
    while (folder != null
        && Files.isRegularFile(sources.root().resolve(folder).resolve("__init__.py"))) {
      folder = folder.getParent();
    }
    return folder == null ? "" : folder.toString().replace('\\', '/') + "/";
  }
}

package hostperf.run;

import hostperf.source.ImportedModules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The files of a checkout that a module's name can stand for. Python's own path is not known
/// before it runs, so every folder that is commonly on it is looked into.
///
/// @param root of the checkout
/// @param folders further ones, relative to the checkout
record ModuleFiles(Path root, List<String> folders) {
  /// Where a checkout keeps its packages.
  static final List<String> USUAL = List.of("", "src", "python");

  /// Relative to the checkout: the module's file, and the packages on the way to it.
  Set<String> of(ImportedModules.Module module, String importer) {
    var from = new LinkedHashSet<String>();
    if (module.isRelative()) {
      from.add("");
    } else {
      from.add(folder(importer));
      from.add(importRoot(importer));
      from.addAll(USUAL);
      from.addAll(folders);
    }
    var found = new LinkedHashSet<String>();
    for (String folder : from) {
      below(folder, module.name().split("\\."), found);
    }
    return found;
  }

  private void below(String folder, String[] names, Set<String> found) {
    var at = root.resolve(folder).normalize();
    for (int i = 0; i < names.length && at.startsWith(root); i++) {
      boolean isLast = i == names.length - 1;
      if (isLast) {
        add(at.resolve(names[i] + ".py"), found);
        compiled(at, names[i], found);
      }
      at = at.resolve(names[i]);
      add(at.resolve("__init__.py"), found);
    }
  }

  private void add(Path file, Set<String> found) {
    if (file.startsWith(root) && Files.isRegularFile(file)) {
      found.add(root.relativize(file).toString());
    }
  }

  private void compiled(Path folder, String name, Set<String> found) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(f -> f.getFileName().toString().matches(name + "(\\.[\\w-]+)?\\.(so|pyd|pyc)"))
          .forEach(f -> add(f, found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String folder(String file) {
    int slash = file.lastIndexOf('/');
    return slash < 0 ? "" : file.substring(0, slash);
  }

  /// The folder above the topmost package that the file is in.
  private String importRoot(String file) {
    var folder = folder(file);
    while (!folder.isEmpty() && Files.isRegularFile(root.resolve(folder).resolve("__init__.py"))) {
      folder = folder(folder);
    }
    return folder;
  }
}

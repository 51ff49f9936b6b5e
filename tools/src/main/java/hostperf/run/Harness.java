package hostperf.run;

import hostperf.configuration.Configuration;
import hostperf.configuration.Packages;
import hostperf.patch.PatchPolicy;
import hostperf.profile.Point;
import hostperf.repository.Repository;
import hostperf.source.ImportedModules;
import hostperf.source.PythonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What measures and judges a patch, so that no patch changes it: the files that the commands of
/// the configuration name, pytest's plugins, and what these import from outside the package that
/// is optimised.
final class Harness {
  private final Path root;
  private final Configuration configuration;
  private final Set<String> tracked;
  private final ModuleFiles modules;
  private final Map<String, String> files = new LinkedHashMap<>();

  Harness(Path root, Repository repository, Configuration configuration) {
    this.root = root.toAbsolutePath().normalize();
    this.configuration = configuration;
    this.tracked = Set.copyOf(repository.tracked());
    this.modules = new ModuleFiles(this.root, folders());
  }

  /// By path, each with why a patch must not change it.
  Map<String, String> files() {
    var workload = configuration.workload();
    var words = new CommandWords(root, modules);
    words
        .files(workload.command(), workload.directory())
        .forEach(f -> files.putIfAbsent(f, "workload.command names it"));
    for (Point point : configuration.points()) {
      words
          .files(workload.at(point).command(), workload.directory())
          .forEach(f -> files.putIfAbsent(f, "workload.points names it"));
    }
    words
        .files(configuration.testing().command(), root)
        .forEach(f -> files.putIfAbsent(f, "tests.command names it"));
    new PytestPlugins(root, tracked, modules)
        .files(configuration)
        .forEach(f -> files.putIfAbsent(f, "it is a plugin of pytest"));
    imports();
    return files;
  }

  /// Nothing is read where what the patch may change is the package alone.
  private void imports() {
    var rules = configuration.rules();
    var policy = new PatchPolicy(rules.editable(), rules.guarded(), files);
    var open = tracked.stream().filter(f -> policy.allows(f) && !isOptimised(f)).toList();
    if (open.isEmpty()) {
      return;
    }
    var next = new ArrayDeque<>(files.keySet());
    tracked.stream().filter(f -> f.matches("(.*/)?conftest\\.py")).forEach(next::add);
    while (!next.isEmpty()) {
      var importer = next.pop();
      if (!importer.endsWith(".py")) {
        continue;
      }
      for (var module : ImportedModules.of(PythonFile.of(importer, text(root, importer)))) {
        for (String file : modules.of(module, importer)) {
          if (!isOptimised(file) && !files.containsKey(file)) {
            files.put(file, "%s imports it, which measures or judges".formatted(importer));
            next.add(file);
          }
        }
      }
    }
  }

  /// Whether the file is of the package that `policy.editable` opens; a pattern that opens
  /// everything opens the packages that the checkout is there for.
  private boolean isOptimised(String file) {
    return configuration.rules().editable().stream()
        .filter(glob -> !glob.startsWith("!"))
        .flatMap(this::opened)
        .anyMatch(file::startsWith);
  }

  private Stream<String> opened(String glob) {
    var plain = glob.replaceFirst("^/", "").replaceFirst("[*?\\[].*", "");
    var folder = plain.substring(0, plain.lastIndexOf('/') + 1);
    return folder.isEmpty() ? new Packages(root).folders().stream() : Stream.of(folder);
  }

  /// Those of the configured PYTHONPATH that lie in the checkout, and where the workload runs.
  private List<String> folders() {
    var path = configuration.workload().environment().getOrDefault("PYTHONPATH", "");
    return Stream.concat(Stream.of("."), Stream.of(path.split(":")))
        .filter(p -> !p.isEmpty())
        .map(p -> configuration.workload().directory().resolve(p).normalize())
        .filter(p -> p.startsWith(root))
        .map(p -> root.relativize(p).toString())
        .toList();
  }

  /// Nothing where there is no such file.
  static String text(Path root, String file) {
    try {
      return Files.isRegularFile(root.resolve(file))
          ? new String(Files.readAllBytes(root.resolve(file)), StandardCharsets.UTF_8)
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

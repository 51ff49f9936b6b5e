package hostperf.propose.draft;

import hostperf.Golden;
import hostperf.catalog.EngineLogger;
import hostperf.catalog.Example.Needs;
import hostperf.catalog.TargetMaps;
import hostperf.prove.ModulePair;
import hostperf.source.PythonFile;
import hostperf.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One folder `patterns/<id>/<case>/`: `before.py` with `after.py` and `inputs.py`, or
/// `unchanged.py` for what must be left alone.
///
/// The first line of the Python file, `# hot: 7`, says which line is flagged; a second one,
/// `# because: words`, what the reason of a refusal has to contain.
record PatternCase(String pattern, String name, Path folder) {

  private static final List<EngineLogger> LOGGERS =
      TargetMaps.read(Golden.root().resolve("references")).loggers();

  static List<PatternCase> all() {
    try (var folders = Files.walk(root(), 2)) {
      return folders
          .filter(f -> root().relativize(f).getNameCount() == 2 && Files.isDirectory(f))
          .sorted()
          .map(
              f ->
                  new PatternCase(
                      f.getName(f.getNameCount() - 2).toString(), f.getFileName().toString(), f))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path root() {
    return Golden.root().resolve("tools/src/test/resources/patterns");
  }

  boolean isRewrite() {
    return Files.exists(folder.resolve("before.py"));
  }

  Attempt attempt(PythonFile file, int line) {
    var site = DraftSite.at(new Sources(folder), LOGGERS, file, line).orElseThrow();
    return Drafts.at(site, pattern);
  }

  PythonFile file(String name) {
    return PythonFile.of(name, text(name));
  }

  String text(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int hot(PythonFile file) {
    return Integer.parseInt(file.line(1).replace("# hot: ", ""));
  }

  Optional<String> because() {
    return text("unchanged.py")
        .lines()
        .filter(l -> l.startsWith("# because: "))
        .map(l -> l.substring("# because: ".length()))
        .findFirst();
  }

  /// For the runner. `world.py` makes the modules that the case imports and this machine lacks.
  /// What names the device `cuda` runs on a GPU only.
  ModulePair pair() {
    var before = text("before.py");
    var needs =
        before.contains("\"cuda\")")
            ? Needs.CUDA
            : (before + text("inputs.py")).contains("import torch") ? Needs.TORCH : Needs.PYTHON;
    var world = Files.exists(folder.resolve("world.py")) ? text("world.py") : "";
    return new ModulePair(
        this.toString(), needs, world + before, world + text("after.py"), text("inputs.py"));
  }

  @Override
  public String toString() {
    return pattern + "/" + name;
  }
}

package hostperf.python;

import hostperf.Refusal;
import hostperf.host.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;

/// Finds or makes a Python that has line_profiler, pytest and pytest-timeout.
///
/// Looked at in this order: `$HOSTPERF_PYTHON`, `python3` on the PATH, `/usr/bin/python3`, the
/// virtual environment made before. Where none has them, a virtual environment is made in the
/// user's cache folder and filled by pip; where that fails, Debian's packages are installed if we
/// are root; else the refusal holds the exact commands. The answer is kept in the cache folder, so
/// that set-up happens once; a kept answer is checked by looking whether its files still exist.
public final class PythonSetup {
  private final Map<String, String> environment;
  private final List<Path> wellKnown;
  private final PythonProbe probe;
  private final PythonInstallers installers;
  private final PythonCache cache;
  private final Consumer<String> progress;

  /// @param environment as `System.getenv()` has it
  /// @param progress gets one line per step that takes time
  public PythonSetup(
      Processes processes, Map<String, String> environment, Consumer<String> progress) {
    this(processes, environment, List.of(Path.of("/usr/bin/python3")), progress);
  }

  PythonSetup(
      Processes processes,
      Map<String, String> environment,
      List<Path> wellKnown,
      Consumer<String> progress) {
    this.environment = Map.copyOf(environment);
    this.wellKnown = List.copyOf(wellKnown);
    this.probe = new PythonProbe(processes, this.environment);
    this.cache = PythonCache.in(this.environment);
    this.installers = new PythonInstallers(processes, this.environment, cache, progress);
    this.progress = progress;
  }

  /// The interpreter, set up first where needed.
  public Path python() {
    Optional<Path> named = named();
    return cache
        .answerFor(named)
        .orElseGet(
            () ->
                cache.locked(
                    progress,
                    () -> cache.answerFor(named).orElseGet(() -> cache.keep(named, search()))));
  }

  private Python search() {
    progress.accept("Looking for a Python that has " + String.join(", ", Python.NEEDED));
    List<Python> found = new ArrayList<>();
    for (Path path : candidatePaths()) {
      Optional<Python> python = probe.ask(path);
      if (python.isPresent() && python.get().isComplete()) {
        return python.get();
      }
      python.ifPresent(found::add);
      progress.accept(
          python
              .map(some -> path + " lacks " + String.join(", ", some.missing()))
              .orElse(path + " does not start"));
    }
    return installers
        .withVirtualEnvironment(found)
        .flatMap(this::complete)
        .or(() -> installers.withDebian().flatMap(this::complete))
        .orElseThrow(() -> nothingWorked(found));
  }

  private Optional<Python> complete(Path interpreter) {
    return probe.ask(interpreter).filter(Python::isComplete);
  }

  private SequencedSet<Path> candidatePaths() {
    var paths = new LinkedHashSet<Path>();
    named().ifPresent(paths::add);
    onPath("python3").ifPresent(paths::add);
    wellKnown.stream().filter(Files::isExecutable).forEach(paths::add);
    Optional.of(cache.virtualEnvironmentPython()).filter(Files::isExecutable).ifPresent(paths::add);
    return paths;
  }

  private Optional<Path> named() {
    return Optional.ofNullable(environment.get("HOSTPERF_PYTHON"))
        .filter(value -> !value.isBlank())
        .map(value -> value.contains("/") ? Path.of(value) : onPath(value).orElse(Path.of(value)));
  }

  private Optional<Path> onPath(String program) {
    return SearchPath.find(environment, program);
  }

  private Refusal nothingWorked(List<Python> found) {
    String why =
        found.isEmpty()
            ? "No Python 3 was found."
            : "No Python has "
                + String.join(", ", Python.NEEDED)
                + ", and neither pip nor Debian's packages could install them.";
    return new Refusal(
        why,
        "Run `apt-get install -y "
            + String.join(" ", PythonInstallers.DEBIAN_PACKAGES)
            + "` as root, or `python3 -m venv ~/hostperf-python && ~/hostperf-python/bin/pip install "
            + String.join(" ", PythonInstallers.PIP_PACKAGES)
            + "` and set HOSTPERF_PYTHON=~/hostperf-python/bin/python.");
  }
}

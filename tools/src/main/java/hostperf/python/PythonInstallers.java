package hostperf.python;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The two ways to get the modules where no interpreter has them.
final class PythonInstallers {
  static final List<String> PIP_PACKAGES = List.of("line_profiler", "pytest", "pytest-timeout");
  static final List<String> DEBIAN_PACKAGES =
      List.of("python3-line-profiler", "python3-pytest", "python3-pytest-timeout");
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Processes processes;
  private final Map<String, String> environment;
  private final PythonCache cache;
  private final Consumer<String> progress;

  PythonInstallers(
      Processes processes,
      Map<String, String> environment,
      PythonCache cache,
      Consumer<String> progress) {
    this.processes = processes;
    this.environment = environment;
    this.cache = cache;
    this.progress = progress;
  }

  /// A virtual environment in the cache folder, filled by pip; empty when either failed.
  Optional<Path> withVirtualEnvironment(List<Python> bases) {
    Path python = cache.virtualEnvironmentPython();
    for (Python base : bases) {
      if (base.interpreter().equals(python)) {
        continue;
      }
      progress.accept("Making a virtual environment of " + base.interpreter());
      cache.clearVirtualEnvironment();
      if (!ran(base.interpreter(), "-m", "venv", cache.virtualEnvironment())) {
        progress.accept(base.interpreter() + " -m venv failed");
        continue;
      }
      progress.accept("Installing " + String.join(", ", PIP_PACKAGES) + " with pip");
      // Few and short tries: where no index can be reached, pip's own patience is minutes.
      var pip = Stream.of("-m", "pip", "install", "-q", "--retries", "1", "--timeout", "20");
      if (ran(python, Stream.concat(pip, PIP_PACKAGES.stream()).toArray())) {
        return Optional.of(python);
      }
      progress.accept("pip could not install them: " + cache.folder().resolve("setup.log"));
      cache.clearVirtualEnvironment();
      return Optional.empty();
    }
    return Optional.empty();
  }

  /// Debian's Python with Debian's packages; empty where we are not root or it is no Debian.
  Optional<Path> withDebian() {
    Optional<Path> apt = SearchPath.find(environment, "apt-get");
    if (apt.isEmpty() || !isRoot()) {
      progress.accept("Debian's packages need apt-get and root");
      return Optional.empty();
    }
    progress.accept("apt-get update");
    // An update that fails for one source still leaves the lists of the others.
    boolean _ = ran(apt.get(), "update", "-q");
    progress.accept("apt-get install " + String.join(" ", DEBIAN_PACKAGES));
    var install = Stream.of("install", "-y", "-q", "-o", "DPkg::Lock::Timeout=300");
    return ran(apt.get(), Stream.concat(install, DEBIAN_PACKAGES.stream()).toArray())
        ? Optional.of(Path.of("/usr/bin/python3"))
        : Optional.empty();
  }

  private boolean isRoot() {
    return SearchPath.find(environment, "id")
        .map(id -> run(List.of(id.toString(), "-u")).output().strip().equals("0"))
        .orElse(false);
  }

  private boolean ran(Path program, Object... arguments) {
    var command = new ArrayList<>(List.of(program.toString()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    try {
      return run(command).succeeded();
    } catch (Refusal _) {
      return false;
    }
  }

  private Finished run(List<String> command) {
    Map<String, String> quiet = new HashMap<>(environment);
    quiet.put("DEBIAN_FRONTEND", "noninteractive");
    quiet.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    Path folder = cache.folder();
    return processes.run(
        new Command(command, folder, quiet, LIMIT, Optional.of(folder.resolve("setup.log"))));
  }
}

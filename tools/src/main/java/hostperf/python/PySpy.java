package hostperf.python;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Finds py-spy, or has pip put it into the user's cache folder.
///
/// Looked at in this order: `$HOSTPERF_PY_SPY`, the PATH, the cache folder. Debian has no package
/// of it. Nothing is ever installed into an interpreter or the checkout, and nothing at all where
/// `onlyFound` was called.
public final class PySpy {
  private static final Duration INSTALLING = Duration.ofMinutes(3);
  private static final Duration LOOKING = Duration.ofSeconds(20);

  private final Processes processes;
  private final Map<String, String> environment;
  private final PythonCache cache;
  private final boolean installs;

  /// @param environment as `System.getenv()` has it
  public PySpy(Processes processes, Map<String, String> environment) {
    this(processes, environment, true);
  }

  private PySpy(Processes processes, Map<String, String> environment, boolean installs) {
    this.processes = processes;
    this.environment = Map.copyOf(environment);
    this.cache = PythonCache.in(this.environment);
    this.installs = installs;
  }

  /// The same for a server, which downloads nothing.
  public PySpy onlyFound() {
    return new PySpy(processes, environment, false);
  }

  /// Where it lies, if it is there; nothing is installed.
  public Optional<Path> found() {
    return Stream.of(
            Optional.ofNullable(environment.get("HOSTPERF_PY_SPY"))
                .filter(path -> !path.isBlank())
                .map(Path::of),
            SearchPath.find(environment, "py-spy"),
            Optional.of(installed()))
        .flatMap(Optional::stream)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Where it lies, installed first where it is missing; empty where that was not possible.
  public Optional<Path> obtained(Consumer<String> progress) {
    return installs
        ? found().or(() -> cache.locked(progress, () -> found().or(() -> install(progress))))
        : found();
  }

  /// Why it is not there.
  public String absence() {
    return installs
        ? "py-spy is not installed and pip could not install it"
        : "py-spy is not installed (`pip install py-spy` puts it there)";
  }

  /// Why this py-spy may not look into other processes of this user; empty where it may.
  ///
  /// Tried on a Python that is started for it, since the kernel's rules (ptrace, Yama, seccomp)
  /// cannot be read off reliably.
  public Optional<String> hindrance(Path pySpy, Path python) {
    var command =
        List.of(
            python.toString(),
            "-I",
            "-c",
            """
            import ctypes, subprocess, sys, os
            try:
                ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)
            except (OSError, AttributeError):
                pass
            done = subprocess.run([sys.argv[1], "dump", "--pid", str(os.getpid())],
                                  capture_output=True, text=True)
            sys.stdout.write(done.stderr.strip() or "it gave no reason")
            sys.exit(0 if done.returncode == 0 else 9)
            """,
            pySpy.toString());
    var finished = run(command);
    if (finished.succeeded()) {
      return Optional.empty();
    }
    return Optional.of(
        finished.output().lines().filter(l -> !l.isBlank()).findFirst().orElse("it did not start"));
  }

  private Optional<Path> install(Consumer<String> progress) {
    progress.accept("Installing py-spy with pip into " + folder());
    var why = "";
    for (String python : List.of("python3", "/usr/bin/python3")) {
      var command =
          new ArrayList<>(List.of(python, "-m", "pip", "install", "-q", "--retries", "1"));
      command.addAll(List.of("--timeout", "20", "--target", folder().toString(), "py-spy"));
      var finished = run(command);
      if (finished.succeeded() && Files.isExecutable(installed())) {
        return Optional.of(installed());
      }
      why = finished.output().lines().filter(l -> !l.isBlank()).reduce(why, (_, last) -> last);
    }
    progress.accept("pip could not install py-spy" + (why.isBlank() ? "" : ": " + why.strip()));
    return Optional.empty();
  }

  private hostperf.host.Finished run(List<String> command) {
    try {
      return processes.run(
          new Command(
              command,
              Path.of(System.getProperty("java.io.tmpdir")),
              Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
              command.contains("install") ? INSTALLING : LOOKING,
              Optional.empty()));
    } catch (Refusal refusal) {
      return new hostperf.host.Finished(
          hostperf.host.Finished.End.EXITED, 127, refusal.why(), Duration.ZERO);
    }
  }

  private Path folder() {
    return cache.folder().resolve("py-spy");
  }

  private Path installed() {
    return folder().resolve("bin").resolve("py-spy");
  }
}

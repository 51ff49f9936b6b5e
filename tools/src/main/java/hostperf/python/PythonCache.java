package hostperf.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The folder that holds the chosen interpreter's name and the virtual environment made for it.
///
/// The answer is a file of lines: what `$HOSTPERF_PYTHON` was, the interpreter, and the file of
/// each module. It holds as long as the variable is the same and the files exist, which takes four
/// looks at the disk and starts no process.
record PythonCache(Path folder) {
  static PythonCache in(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        !Path.of(xdg).isAbsolute()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache")
            : Path.of(xdg);
    return new PythonCache(base.resolve("hostperf").resolve("python"));
  }

  Path virtualEnvironment() {
    return folder.resolve("venv");
  }

  Path virtualEnvironmentPython() {
    return virtualEnvironment().resolve("bin").resolve("python");
  }

  Optional<Path> answerFor(Optional<Path> named) {
    Path answer = folder.resolve("interpreter");
    if (!Files.isRegularFile(answer)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(answer);
      boolean holds =
          lines.size() == 2 + Python.NEEDED.size()
              && lines.getFirst().equals(label(named))
              && lines.stream().skip(1).map(Path::of).allMatch(Files::exists);
      return holds ? Optional.of(Path.of(lines.get(1))) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path keep(Optional<Path> named, Python python) {
    List<String> lines = new ArrayList<>(List.of(label(named), python.interpreter().toString()));
    python.modules().values().forEach(module -> lines.add(module.file().toString()));
    try {
      Path half = Files.createTempFile(folder, "interpreter", ".tmp");
      Files.write(half, lines);
      Files.move(half, folder.resolve("interpreter"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return python.interpreter();
  }

  /// Does the work while no other process does it.
  <T> T locked(Consumer<String> progress, Supplier<T> work) {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = lock(channel, progress)) {
        return work.get();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void clearVirtualEnvironment() {
    if (!Files.isDirectory(virtualEnvironment())) {
      return;
    }
    try (var paths = Files.walk(virtualEnvironment())) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileLock lock(FileChannel channel, Consumer<String> progress) throws IOException {
    boolean told = false;
    while (true) {
      FileLock lock = attempt(channel);
      if (lock != null) {
        return lock;
      }
      if (!told) {
        progress.accept("Waiting: another hostperf is setting up Python");
        told = true;
      }
      pause();
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock attempt(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // Held by another thread of this process: the JDK throws where it would answer null.
      return null;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the Python set-up", e);
    }
  }

  private static String label(Optional<Path> named) {
    return named.map(Path::toString).orElse("-");
  }
}

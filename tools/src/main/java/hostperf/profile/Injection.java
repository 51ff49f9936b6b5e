package hostperf.profile;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;

/// Brings the profiler into Python programs that know nothing of it.
final class Injection {
  private static final String RESOURCES = "/hostperf/profile/inject/";
  private static final String FIRST = "sitecustomize.py";

  private Injection() {}

  /// Lays the code out in the run's folder and tells Python of it.
  static Map<String, String> environment(
      Path runFolder, Path prefix, Profiling profiling, Optional<String> pythonPath) {
    var environment = new HashMap<>(environment(runFolder, pythonPath));
    environment.put("TLLM_HOSTPERF_PREFIX", prefix.toString());
    environment.put("TLLM_HOSTPERF_FUNCTIONS", String.join(",", profiling.functions()));
    environment.put("TLLM_HOSTPERF_ROOT", profiling.root().orElse(""));
    return environment;
  }

  /// The code alone; what it does is for the rest of the environment to say.
  static Map<String, String> environment(Path runFolder, Optional<String> pythonPath) {
    var environment = new HashMap<String, String>();
    environment.put("PYTHONPATH", path(runFolder, pythonPath));
    hostName().ifPresent(name -> environment.put("TLLM_HOSTPERF_HOST", name));
    return environment;
  }

  /// Tells processes on other machines that they are.
  private static Optional<String> hostName() {
    try {
      return Optional.of(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static String path(Path runFolder, Optional<String> pythonPath) {
    Path code = unpacked(runFolder.resolve("inject"));
    return code + pythonPath.map(rest -> File.pathSeparator + rest).orElse("");
  }

  private static Path unpacked(Path folder) {
    for (String name : names()) {
      Path file = folder.resolve(name);
      try (InputStream bytes =
          Objects.requireNonNull(Injection.class.getResourceAsStream(RESOURCES + name), name)) {
        var _ = ProfileFiles.made(Objects.requireNonNull(file.getParent()));
        Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folder;
  }

  /// All files that lie beside the first, in a folder of classes or in a jar.
  private static List<String> names() {
    var first = Objects.requireNonNull(Injection.class.getResource(RESOURCES + FIRST));
    try {
      if (first.openConnection() instanceof JarURLConnection jar) {
        var inJar = RESOURCES.substring(1);
        return jar.getJarFile().stream()
            .map(ZipEntry::getName)
            .filter(name -> name.startsWith(inJar) && name.endsWith(".py"))
            .map(name -> name.substring(inJar.length()))
            .toList();
      }
      var root = Objects.requireNonNull(Path.of(first.toURI()).getParent());
      try (var files = Files.walk(root)) {
        return files
            .map(file -> root.relativize(file).toString())
            .filter(name -> name.endsWith(".py"))
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

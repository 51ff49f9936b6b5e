package hostperf.profile;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Brings the profiler into Python programs that know nothing of it.
final class Injection {
  private static final String RESOURCES = "/hostperf/profile/inject/";
  private static final List<String> FILES =
      List.of(
          "sitecustomize.py",
          "hostperf_inject/__init__.py",
          "hostperf_inject/attributes.py",
          "hostperf_inject/behaviour/__init__.py",
          "hostperf_inject/behaviour/pace.py",
          "hostperf_inject/behaviour/picture.py",
          "hostperf_inject/behaviour/plain.py",
          "hostperf_inject/behaviour/recorder.py",
          "hostperf_inject/behaviour/tensors.py",
          "hostperf_inject/branches.py",
          "hostperf_inject/ends.py",
          "hostperf_inject/facts/__init__.py",
          "hostperf_inject/facts/arming.py",
          "hostperf_inject/facts/exceptions.py",
          "hostperf_inject/facts/ledger.py",
          "hostperf_inject/facts/locks.py",
          "hostperf_inject/facts/loops.py",
          "hostperf_inject/facts/observer.py",
          "hostperf_inject/facts/pace.py",
          "hostperf_inject/facts/pauses.py",
          "hostperf_inject/facts/repeats.py",
          "hostperf_inject/facts/tensors.py",
          "hostperf_inject/facts/traffic.py",
          "hostperf_inject/imports.py",
          "hostperf_inject/inside.py",
          "hostperf_inject/overhead.py",
          "hostperf_inject/record.py",
          "hostperf_inject/sampling.py",
          "hostperf_inject/source.py",
          "hostperf_inject/steps.py",
          "hostperf_inject/swap/__init__.py",
          "hostperf_inject/swap/schedule.py",
          "hostperf_inject/swap/swapper.py",
          "hostperf_inject/swap/versions.py",
          "hostperf_inject/targets.py",
          "hostperf_inject/wrappers.py");

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
    for (String name : FILES) {
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
}

package hostperf.profile;

import hostperf.Golden;
import hostperf.host.LocalProcesses;
import hostperf.metric.Metric;
import hostperf.python.PythonSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The tiny Python programs that the tests launch.
public final class Targets {
  private Targets() {}

  public static Path python() {
    return new PythonSetup(new LocalProcesses(), System.getenv(), _ -> {}).python();
  }

  static Path folder(String name) {
    return Golden.root().resolve("tools/src/test/python").resolve(name);
  }

  /// `python <arguments>` in the program's folder, leaving no bytecode there.
  static Workload workload(String name, List<Metric> metrics, String... arguments) {
    return new Workload(
        Stream.concat(Stream.of(python().toString()), Arrays.stream(arguments)).toList(),
        folder(name),
        Map.of("PYTHONDONTWRITEBYTECODE", "1"),
        Duration.ofMinutes(1),
        Optional.empty(),
        metrics);
  }
}

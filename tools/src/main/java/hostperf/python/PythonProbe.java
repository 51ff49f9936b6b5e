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

/// Asks an interpreter which it is and which of the needed modules it can import.
///
/// The modules are imported, not only looked for: line_profiler is a compiled extension, and one
/// built for another Python is found but does not load.
final class PythonProbe {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SCRIPT =
      """
      import importlib, sys
      print("python", sys.executable, "%d.%d.%d" % sys.version_info[:3], sep="\\t")
      for name in sys.argv[1:]:
          try:
              module = importlib.import_module(name)
          except Exception:
              continue
          try:
              from importlib.metadata import version
              found = version(name)
          except Exception:
              found = "unknown"
          print("module", name, found, module.__file__, sep="\\t")
      """;

  private final Processes processes;
  private final Map<String, String> environment;

  PythonProbe(Processes processes, Map<String, String> environment) {
    this.processes = processes;
    this.environment = environment;
  }

  /// What the interpreter says; empty when it cannot be started or does not answer.
  Optional<Python> ask(Path interpreter) {
    var arguments = new ArrayList<>(List.of(interpreter.toString(), "-c", SCRIPT));
    arguments.addAll(Python.NEEDED);
    try {
      Finished finished =
          processes.run(
              new Command(
                  arguments,
                  Path.of(System.getProperty("java.io.tmpdir")),
                  environment,
                  LIMIT,
                  Optional.empty()));
      return finished.succeeded() ? read(finished.output()) : Optional.empty();
    } catch (Refusal _) {
      return Optional.empty();
    }
  }

  private static Optional<Python> read(String output) {
    var modules = new HashMap<String, Python.Module>();
    Optional<String[]> self = Optional.empty();
    for (String line : output.lines().toList()) {
      String[] fields = line.split("\t", -1);
      if (fields.length == 3 && fields[0].equals("python")) {
        self = Optional.of(fields);
      } else if (fields.length == 4 && fields[0].equals("module")) {
        modules.put(fields[1], new Python.Module(fields[2], Path.of(fields[3])));
      }
    }
    return self.map(found -> new Python(Path.of(found[1]), found[2], modules));
  }
}

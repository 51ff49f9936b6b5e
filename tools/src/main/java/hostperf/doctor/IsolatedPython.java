package hostperf.doctor;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Questions to an interpreter that let no code of the checkout run: it starts isolated, outside
/// the checkout, and imports nothing from there. What would be imported from the checkout is looked
/// for, never loaded.
///
/// @param environment the configuration's, where a person has approved it
record IsolatedPython(
    Processes processes, String program, Map<String, String> environment, Path checkout) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// Isolation leaves out the packages that the user has installed for themselves.
  private static final String USERS_PACKAGES =
      """
      import importlib, importlib.util, os, site, sys
      if sys.prefix == sys.base_prefix:
          site.addsitedir(site.getusersitepackages())
      """;

  private static final String VERSION =
      USERS_PACKAGES
          + """
          name, checkout, sys.path[:0] = sys.argv[1], sys.argv[2], sys.argv[3:]
          spec = importlib.util.find_spec(name)
          origin = os.path.realpath(spec.origin) if spec and spec.origin else checkout
          if os.path.commonpath([origin, checkout]) == checkout:
              sys.exit("not found outside the checkout")
          print(getattr(importlib.import_module(name), "__version__", "present"))
          """;

  private static final String ORIGIN =
      USERS_PACKAGES
          + """
          name, sys.path[:0] = sys.argv[1], sys.argv[2:]
          spec = importlib.util.find_spec(name)
          print(spec.origin if spec and spec.origin else "")
          """;

  /// The version of an installed module that can be imported.
  Optional<String> version(String module) {
    var arguments = new ArrayList<>(List.of(module, checkout.toString()));
    pythonPath(environment).stream()
        .filter(entry -> entry.isAbsolute() && !entry.normalize().startsWith(checkout))
        .map(Path::toString)
        .forEach(arguments::add);
    return run(VERSION, arguments);
  }

  /// The file that a package would be imported from.
  ///
  /// @param path looked through before what is installed
  Optional<String> origin(String module, List<String> path) {
    var arguments = new ArrayList<>(List.of(module));
    arguments.addAll(path);
    return run(ORIGIN, arguments);
  }

  /// The folders that `PYTHONPATH` names, there or in what hostperf itself was given.
  static List<Path> pythonPath(Map<String, String> environment) {
    var value =
        Optional.ofNullable(environment.get("PYTHONPATH"))
            .or(() -> Optional.ofNullable(System.getenv("PYTHONPATH")))
            .orElse("");
    return List.of(value.split(":")).stream().filter(e -> !e.isEmpty()).map(Path::of).toList();
  }

  private Optional<String> run(String code, List<String> arguments) {
    var command = new ArrayList<>(List.of(program, "-I", "-B", "-c", code));
    command.addAll(arguments);
    try {
      var finished =
          processes.run(new Command(command, Doctor.NEUTRAL, environment, LIMIT, Optional.empty()));
      return finished.succeeded()
          ? Optional.of(finished.output().strip()).filter(o -> !o.isEmpty())
          : Optional.empty();
    } catch (Refusal _) {
      return Optional.empty();
    }
  }
}

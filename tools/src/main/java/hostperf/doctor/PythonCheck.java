package hostperf.doctor;

import hostperf.Refusal;
import hostperf.configuration.Configuration;
import hostperf.host.Command;
import hostperf.host.Processes;
import hostperf.profile.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The interpreters that the configuration names: do they exist, have they what they need, and is
/// what they import the checkout that will be patched?
final class PythonCheck {
  private static final Pattern PYTHON = Pattern.compile("(.*/)?python[0-9.]*");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path checkout;
  private final Processes processes;

  PythonCheck(Path checkout, Processes processes) {
    this.checkout = checkout;
    this.processes = processes;
  }

  /// An interpreter as the configuration starts it.
  private record Python(String program, Path directory, Map<String, String> environment) {}

  List<Finding> findings(Configuration configuration) {
    var findings = new ArrayList<Finding>();
    var workload = configuration.workload();
    var program = interpreter(workload.command());
    if (program.isEmpty()) {
      findings.add(
          Finding.warning(
              "workload's Python",
              "the workload starts `%s`, so its Python cannot be looked at"
                  .formatted(workload.command().getFirst()),
              "Make sure that the Python it starts has line_profiler and imports this checkout."));
    } else {
      var python = new Python(program.get(), workload.directory(), workload.environment());
      findings.add(module("workload's Python", python, "line_profiler"));
      imported(python, configuration).ifPresent(findings::add);
    }
    var tests = configuration.testing().command();
    interpreter(tests)
        .map(p -> new Python(p, checkout, Map.of()))
        .ifPresent(
            python -> {
              findings.add(module("tests' Python", python, "pytest"));
              if (tests.stream().anyMatch(a -> a.startsWith("--timeout"))) {
                findings.add(module("tests' Python", python, "pytest_timeout"));
              }
            });
    return findings;
  }

  private static Optional<String> interpreter(List<String> command) {
    return command.stream().limit(1).filter(c -> PYTHON.matcher(c).matches()).findFirst();
  }

  private Finding module(String subject, Python python, String module) {
    var code = "import %s; print(getattr(%1$s, '__version__', 'present'))".formatted(module);
    var printed = run(python, code);
    return printed
        .map(
            version ->
                Finding.ok(subject, "%s has %s %s".formatted(python.program(), module, version)))
        .orElseGet(
            () ->
                Finding.missing(
                    subject,
                    "%s cannot import %s".formatted(python.program(), module),
                    "%s -m pip install %s (Debian: apt-get install python3-%s)"
                        .formatted(python.program(), pip(module), pip(module).replace('_', '-'))));
  }

  private static String pip(String module) {
    return module.equals("pytest_timeout") ? "pytest-timeout" : module;
  }

  /// The package that `policy.editable` begins with must be imported from this checkout, else a
  /// patch changes files that nobody runs.
  private Optional<Finding> imported(Python python, Configuration configuration) {
    var name =
        configuration.rules().editable().stream()
            .map(glob -> glob.split("/", 2)[0])
            .filter(part -> part.matches("\\w+"))
            .filter(part -> Files.exists(checkout.resolve(part).resolve("__init__.py")))
            .findFirst();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    var code =
        "import sys; sys.path[0] = %s; import importlib.util as u; s = u.find_spec('%s'); print(s.origin if s else '')"
            .formatted(firstOnPath(configuration.workload()), name.get());
    var origin = run(python, code).map(String::strip).filter(o -> !o.isEmpty());
    if (origin.isEmpty()) {
      return Optional.of(
          Finding.missing(
              "import",
              "%s does not find the package %s as the workload starts it"
                  .formatted(python.program(), name.get()),
              "Install the checkout (pip install -e .) or set PYTHONPATH in"
                  + " workload.environment."));
    }
    // Below the checkout is not enough: a copy beside the script would win over the package.
    boolean ours =
        python
            .directory()
            .resolve(origin.get())
            .normalize()
            .startsWith(checkout.resolve(name.get()));
    return Optional.of(
        ours
            ? Finding.ok("import", "%s is imported from this checkout".formatted(name.get()))
            : Finding.missing(
                "import",
                "%s is imported from %s, not from this checkout"
                    .formatted(name.get(), origin.get()),
                "Set PYTHONPATH in workload.environment to the checkout, or uninstall the other"
                    + " copy; else patches have no effect."));
  }

  /// What Python puts first on its path: the folder of a script, or where it was started (`-m`,
  /// `-c`). As a Python expression.
  private static String firstOnPath(Workload workload) {
    var first =
        workload.command().stream()
            .skip(1)
            .filter(a -> a.equals("-m") || a.equals("-c") || !a.startsWith("-"))
            .findFirst()
            .filter(a -> !a.startsWith("-"))
            .map(script -> workload.directory().resolve(script).getParent())
            .map(Path::toString)
            .orElse("");
    return "'" + first.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private Optional<String> run(Python python, String code) {
    try {
      var command =
          new Command(
              List.of(python.program(), "-c", code),
              python.directory(),
              python.environment(),
              LIMIT,
              Optional.empty());
      var finished = processes.run(command);
      return finished.succeeded() ? Optional.of(finished.output().strip()) : Optional.empty();
    } catch (Refusal _) {
      return Optional.empty();
    }
  }
}

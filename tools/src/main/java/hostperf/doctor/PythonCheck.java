package hostperf.doctor;

import hostperf.configuration.Configuration;
import hostperf.host.Processes;
import hostperf.profile.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The interpreters that the configuration names: do they exist, have they what they need, and is
/// what they import the checkout that will be patched?
///
/// None of them runs code of the checkout (`IsolatedPython`). Of a configuration that nobody has
/// approved only a bare name such as `python3` is looked at, as the user's own `PATH` has it.
final class PythonCheck {
  private static final Pattern PYTHON = Pattern.compile("(.*/)?python[0-9.]*");

  private final Path checkout;
  private final Processes processes;
  private final boolean isApproved;

  PythonCheck(Path checkout, Processes processes, boolean isApproved) {
    this.checkout = checkout;
    this.processes = processes;
    this.isApproved = isApproved;
  }

  List<Check> checks(Configuration configuration) {
    var checks = new ArrayList<Check>();
    var workload = configuration.workload();
    var program = interpreter(workload.command());
    if (program.isEmpty()) {
      checks.add(
          Check.warning(
              "workload's Python",
              "the workload starts `%s`, so its Python cannot be looked at"
                  .formatted(workload.command().getFirst()),
              "Make sure that the Python it starts has line_profiler and imports this checkout."));
    } else {
      var python = python(program.get(), workload.directory(), workload.environment());
      checks.add(module("workload's Python", program.get(), python, "line_profiler"));
      imported(program.get(), python, configuration).ifPresent(checks::add);
    }
    var tests = configuration.testing().command();
    interpreter(tests).ifPresent(name -> checks.addAll(tests(name, tests)));
    return checks;
  }

  private List<Check> tests(String program, List<String> command) {
    var python = python(program, checkout, Map.of());
    var checks = new ArrayList<Check>();
    checks.add(module("tests' Python", program, python, "pytest"));
    if (command.stream().anyMatch(a -> a.startsWith("--timeout"))) {
      checks.add(module("tests' Python", program, python, "pytest_timeout"));
    }
    return checks;
  }

  private static Optional<String> interpreter(List<String> command) {
    return command.stream().limit(1).filter(c -> PYTHON.matcher(c).matches()).findFirst();
  }

  /// Empty where it is the configuration's to say which program that is, and nobody approved it.
  private Optional<IsolatedPython> python(
      String program, Path directory, Map<String, String> environment) {
    if (isApproved) {
      var path = program.contains("/") ? directory.resolve(program).toString() : program;
      return Optional.of(new IsolatedPython(processes, path, environment, checkout));
    }
    return program.contains("/")
        ? Optional.empty()
        : new UserPrograms(checkout)
            .find(program)
            .map(found -> new IsolatedPython(processes, found.toString(), Map.of(), checkout));
  }

  private static Check notChecked(String subject, String program) {
    return Check.warning(
        subject,
        "%s was not checked: this configuration is not approved yet".formatted(program),
        "Run `hostperf trust`, then `hostperf doctor` again.");
  }

  private static Check module(
      String subject, String program, Optional<IsolatedPython> python, String module) {
    if (python.isEmpty()) {
      return notChecked(subject, program);
    }
    return python
        .get()
        .version(module)
        .map(version -> Check.ok(subject, "%s has %s %s".formatted(program, module, version)))
        .orElseGet(
            () ->
                Check.missing(
                    subject,
                    "%s cannot import %s".formatted(program, module),
                    "%s -m pip install %s (Debian: apt-get install python3-%s)"
                        .formatted(program, pip(module), pip(module).replace('_', '-'))));
  }

  private static String pip(String module) {
    return module.equals("pytest_timeout") ? "pytest-timeout" : module;
  }

  /// The package that `policy.editable` begins with must be imported from this checkout, else a
  /// patch changes files that nobody runs.
  private Optional<Check> imported(
      String program, Optional<IsolatedPython> python, Configuration configuration) {
    var name =
        configuration.rules().editable().stream()
            .map(glob -> glob.split("/", 2)[0])
            .filter(part -> part.matches("\\w+"))
            .filter(part -> Files.exists(checkout.resolve(part).resolve("__init__.py")))
            .findFirst();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (python.isEmpty()) {
      return Optional.of(notChecked("import", program));
    }
    var workload = configuration.workload();
    var origin = python.get().origin(name.get(), path(workload));
    if (origin.isEmpty()) {
      return Optional.of(
          Check.missing(
              "import",
              "%s does not find the package %s as the workload starts it"
                  .formatted(program, name.get()),
              "Install the checkout (pip install -e .) or set PYTHONPATH in"
                  + " workload.environment."));
    }
    // Below the checkout is not enough: a copy beside the script would win over the package.
    boolean ours =
        workload
            .directory()
            .resolve(origin.get())
            .normalize()
            .startsWith(checkout.resolve(name.get()));
    return Optional.of(
        ours
            ? Check.ok("import", "%s is imported from this checkout".formatted(name.get()))
            : Check.missing(
                "import",
                "%s is imported from %s, not from this checkout"
                    .formatted(name.get(), origin.get()),
                "Set PYTHONPATH in workload.environment to the checkout, or uninstall the other"
                    + " copy; else patches have no effect."));
  }

  /// What the workload's Python looks through before what is installed.
  private static List<String> path(Workload workload) {
    var path = new ArrayList<String>();
    path.add(workload.directory().resolve(first(workload)).toString());
    IsolatedPython.pythonPath(workload.environment()).stream()
        .map(entry -> workload.directory().resolve(entry).normalize().toString())
        .forEach(path::add);
    return path;
  }

  /// What Python puts first: the folder of a script, or where it was started (`-m`, `-c`).
  private static String first(Workload workload) {
    return workload.command().stream()
        .skip(1)
        .filter(a -> a.equals("-m") || a.equals("-c") || !a.startsWith("-"))
        .findFirst()
        .filter(a -> !a.startsWith("-"))
        .map(script -> workload.directory().resolve(script).getParent())
        .map(Path::toString)
        .orElse("");
  }
}

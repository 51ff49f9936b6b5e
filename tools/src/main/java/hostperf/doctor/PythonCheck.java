package hostperf.doctor;

import hostperf.Refusal;
import hostperf.configuration.Configuration;
import hostperf.host.Command;
import hostperf.host.Processes;
import hostperf.profile.Profiling.Attach;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  List<Finding> findings(Optional<Configuration> configuration) {
    if (configuration.isEmpty()) {
      return List.of();
    }
    var read = configuration.get();
    var findings = new ArrayList<Finding>();
    var workload = interpreter(read.workload().command());
    if (workload.isEmpty()) {
      findings.add(
          Finding.warning(
              "workload's Python",
              "the workload starts `%s`, so its Python cannot be looked at"
                  .formatted(read.workload().command().getFirst()),
              "Make sure that the Python it starts has line_profiler."));
    } else if (read.profiling().attach() == Attach.INJECT) {
      findings.add(module("workload's Python", workload.get(), "line_profiler"));
    }
    workload.ifPresent(python -> imported(python, read).ifPresent(findings::add));
    interpreter(read.testing().command())
        .ifPresent(
            python -> {
              findings.add(module("tests' Python", python, "pytest"));
              findings.add(module("tests' Python", python, "pytest_timeout"));
            });
    return findings;
  }

  private static Optional<String> interpreter(List<String> command) {
    return command.stream().limit(1).filter(c -> PYTHON.matcher(c).matches()).findFirst();
  }

  private Finding module(String subject, String python, String module) {
    var code = "import %s; print(getattr(%1$s, '__version__', 'present'))".formatted(module);
    var printed = run(python, code);
    return printed
        .map(version -> Finding.ok(subject, "%s has %s %s".formatted(python, module, version)))
        .orElseGet(
            () ->
                Finding.missing(
                    subject,
                    "%s cannot import %s".formatted(python, module),
                    "%s -m pip install %s (Debian: apt-get install python3-%s)"
                        .formatted(python, pip(module), pip(module).replace('_', '-'))));
  }

  private static String pip(String module) {
    return module.equals("pytest_timeout") ? "pytest-timeout" : module;
  }

  /// The package that `policy.editable` begins with must be imported from this checkout, else a
  /// patch changes files that nobody runs.
  private Optional<Finding> imported(String python, Configuration configuration) {
    var name =
        configuration.rules().editable().stream()
            .map(glob -> glob.split("/", 2)[0])
            .filter(part -> Files.exists(checkout.resolve(part).resolve("__init__.py")))
            .findFirst();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    var code =
        "import importlib.util as u; s = u.find_spec('%s'); print(s.origin if s else '')"
            .formatted(name.get());
    var origin = run(python, code).map(String::strip).filter(o -> !o.isEmpty());
    if (origin.isEmpty()) {
      return Optional.of(
          Finding.warning(
              "import",
              "%s does not find the package %s from here".formatted(python, name.get()),
              "Install the checkout (pip install -e .) or set PYTHONPATH in"
                  + " workload.environment."));
    }
    boolean ours = Path.of(origin.get()).toAbsolutePath().startsWith(checkout);
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

  private Optional<String> run(String python, String code) {
    try {
      var finished = processes.run(new Command(checkout, LIMIT, python, "-c", code));
      return finished.succeeded() ? Optional.of(finished.output().strip()) : Optional.empty();
    } catch (Refusal _) {
      return Optional.empty();
    }
  }
}

package hostperf.python;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One Python interpreter and what profiling needs of it.
///
/// @param interpreter the executable, as the interpreter itself names it
/// @param version such as `3.11.2`
/// @param modules of `NEEDED`, those that can be imported
public record Python(Path interpreter, String version, Map<String, Module> modules) {
  /// What a profile and a test run import, in the order they are named to people.
  public static final List<String> NEEDED = List.of("line_profiler", "pytest", "pytest_timeout");

  public Python {
    modules = Map.copyOf(modules);
  }

  /// @param version as the package's metadata has it, or `unknown`
  /// @param file where the module was imported from
  public record Module(String version, Path file) {}

  /// The modules of `NEEDED` that it lacks.
  public List<String> missing() {
    return NEEDED.stream().filter(name -> !modules.containsKey(name)).toList();
  }

  public boolean isComplete() {
    return missing().isEmpty();
  }
}

package hostperf.profile;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Under which names the interpreters of a launch had imported their files.
///
/// @param names by absolute path
public record LoadedModules(Map<String, String> names) {
  public LoadedModules {
    names = Map.copyOf(names);
  }

  /// Of every process that could write it down (`<prefix>.<pid>.modules.json`).
  static LoadedModules of(Path prefix) {
    Map<String, String> names = new HashMap<>();
    for (Path file : ProfileFiles.after(prefix)) {
      if (file.toString().endsWith(".modules.json")) {
        JsonMapper.shared()
            .readTree(file.toFile())
            .properties()
            .forEach(e -> names.putIfAbsent(e.getKey(), e.getValue().asString()));
      }
    }
    return new LoadedModules(names);
  }

  /// A function as the line profiler takes it: `module.Class.method`.
  ///
  /// @param function qualified within its module
  public Optional<String> nameOf(String file, String function) {
    return Optional.ofNullable(names.get(file)).map(module -> module + "." + function);
  }
}

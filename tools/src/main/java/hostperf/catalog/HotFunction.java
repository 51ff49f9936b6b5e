package hostperf.catalog;

import java.util.List;
import java.util.stream.Stream;

/// A function on the host path of an engine.
///
/// @param name in the form the profiler takes: `module.Class.method` or `module::function`
/// @param formerly its names in other layouts of the tree, newest first
/// @param runs how often it is called
/// @param first to be profiled when the configuration names no function
/// @param root its calls are the engine's steps, or it is the loop that makes them
/// @param note what it does or hides, empty where the name says it
public record HotFunction(
    String name, List<String> formerly, Frequency runs, boolean first, boolean root, String note) {
  public HotFunction {
    formerly = List.copyOf(formerly);
  }

  /// All names, newest first.
  public List<String> names() {
    return Stream.concat(Stream.of(name), formerly.stream()).toList();
  }

  boolean isCalled(String lastNames) {
    return names().stream()
        .anyMatch(
            n ->
                n.equals(lastNames) || n.endsWith("." + lastNames) || n.endsWith("::" + lastNames));
  }
}

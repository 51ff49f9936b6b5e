package hostperf.catalog;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A logger of an engine's own: not the standard library's, so it has no `isEnabledFor`, and it may
/// join its arguments where that one formats them late.
///
/// @param name full dotted name, as an import resolves to it
/// @param level attribute with the name of the level in force
/// @param enabled by the method that logs: the levels at which it prints
public record EngineLogger(String name, String level, Map<String, List<String>> enabled) {
  public EngineLogger {
    enabled = Map.copyOf(enabled);
  }

  /// The question whether a call prints, in Python.
  ///
  /// @param receiver as the code at hand calls the logger
  /// @param method one of `enabled`
  public String question(String receiver, String method) {
    return "%s.%s in (%s)"
        .formatted(
            receiver,
            level,
            enabled.getOrDefault(method, List.of()).stream()
                .map("\"%s\""::formatted)
                .collect(Collectors.joining(", ")));
  }
}

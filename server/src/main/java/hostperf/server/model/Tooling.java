package hostperf.server.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A tool that a model is offered. All arguments are texts and have to be given.
///
/// @param arguments name → what it is
public record Tooling(String name, String description, Map<String, String> arguments) {
  public Tooling {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }
}

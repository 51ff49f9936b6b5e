package hostperf.agent;

import java.util.LinkedHashMap;
import java.util.Map;

/// A call that makes sense now, with its arguments filled in.
public record Next(String tool, Map<String, Object> arguments, String why) {
  public Next {
    arguments = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  public Next(String tool, String why) {
    this(tool, Map.of(), why);
  }

  public Next(String tool, String name, Object value, String why) {
    this(tool, Map.of(name, value), why);
  }
}

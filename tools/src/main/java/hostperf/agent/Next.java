package hostperf.agent;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// A call that makes sense now, with its arguments filled in: what it is about first, then the rest
/// by name.
public record Next(String tool, Map<String, Object> arguments, String why) {
  private static final Comparator<String> ORDER =
      Comparator.comparing((String name) -> !name.endsWith("_id"))
          .thenComparing(Comparator.naturalOrder());

  public Next {
    var ordered = new TreeMap<String, Object>(ORDER);
    ordered.putAll(arguments);
    arguments = Collections.unmodifiableMap(ordered);
  }

  public Next(String tool, String why) {
    this(tool, Map.of(), why);
  }

  public Next(String tool, String name, Object value, String why) {
    this(tool, Map.of(name, value), why);
  }
}

package hostperf.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One configuration of the workload at which its figures are taken, such as a concurrency.
///
/// @param append arguments behind those of the workload's command
/// @param environment added to the workload's; a value here wins
public record Point(String name, List<String> append, Map<String, String> environment) {
  public Point {
    append = List.copyOf(append);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /// A metric's name at this point.
  public String of(String metric) {
    return metric + "@" + name;
  }
}

package hostperf.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What a launch ran on. It names no host.
///
/// @param identity what must be equal for two launches to be comparable: CPU, affinity, NUMA nodes,
///     governor, GPUs, driver, Python, packages
/// @param conditions what varies and may explain a difference: load, memory, clocks, temperature,
///     power
public record Environment(
    SequencedMap<String, String> identity, SequencedMap<String, String> conditions) {
  public Environment {
    identity = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(identity));
    conditions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(conditions));
  }
}

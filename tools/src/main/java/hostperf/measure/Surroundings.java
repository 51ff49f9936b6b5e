package hostperf.measure;

import java.util.Map;

/// What a launch ran on and under.
///
/// @param identity what must be equal for samples to be comparable: GPU model, driver, versions,
///     affinity, NUMA, governor, the workload and its environment
/// @param before conditions when it started, each with its unit in the name: `load_per_cpu`,
///     `gpu_clock_mhz`, `gpu_temperature_c`, `gpu_power_w`
/// @param after the same when it had ended
public record Surroundings(
    Map<String, String> identity, Map<String, Double> before, Map<String, Double> after) {
  public static final Surroundings UNKNOWN = new Surroundings(Map.of(), Map.of(), Map.of());

  public Surroundings {
    identity = Map.copyOf(identity);
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }
}

package hostperf.trace.analyse;

import hostperf.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The limits that a metric has to cross to speak for "the host is the bottleneck".
///
/// The defaults are those of TensorRT-LLM's host-analysis guide; they were calibrated on a 1B
/// model on one kind of machine, so every one can be replaced by its name. Generation has limits
/// of its own for idle time and utilisation, since a decode step is short.
public record Thresholds(Map<String, Double> byName) {
  public static final String IDLE = "gpu_idle_ratio";
  public static final String IDLE_GENERATION = "gpu_idle_ratio_generation";
  public static final String LAUNCH = "launch_overhead_ratio";
  public static final String EXPOSED = "host_prep_exposed_ratio";
  public static final String IMPACT = "host_prep_perf_impact";
  public static final String ATTRIBUTION = "host_prep_idle_attribution";
  public static final String UTILIZATION = "gpu_utilization";
  public static final String UTILIZATION_GENERATION = "gpu_utilization_generation";
  public static final String NCCL = "nccl_ratio";

  private static final Map<String, Double> DEFAULTS =
      Map.of(
          IDLE, 0.30,
          IDLE_GENERATION, 0.15,
          LAUNCH, 0.10,
          EXPOSED, 0.50,
          IMPACT, 0.05,
          ATTRIBUTION, 0.50,
          UTILIZATION, 0.60,
          UTILIZATION_GENERATION, 0.80,
          NCCL, 0.20);

  public Thresholds {
    for (Map.Entry<String, Double> given : byName.entrySet()) {
      check(given.getKey(), given.getValue());
    }
    var all = new LinkedHashMap<>(DEFAULTS);
    all.putAll(byName);
    byName = Map.copyOf(all);
  }

  public static Thresholds defaults() {
    return new Thresholds(Map.of());
  }

  /// The name of the set that holds the defaults.
  public static final String DEFAULT_SET = "trtllm-guide";

  /// Sets by name. `trtllm-guide` holds the defaults. `idle` judges by the device alone, for
  /// engines whose ranges and launch calls are not those that the guide was calibrated on.
  private static final Map<String, Map<String, Double>> SETS =
      Map.of(
          DEFAULT_SET,
          Map.of(),
          "idle",
          Map.of(LAUNCH, 1.0, EXPOSED, 1.0, IMPACT, 1.0, ATTRIBUTION, 1.0));

  /// A named set, with single limits replaced.
  public static Thresholds named(String set, Map<String, Double> replaced) {
    Map<String, Double> limits = SETS.get(set);
    if (limits == null) {
      throw new Refusal(
          "There is no set of thresholds named \"" + set + "\".",
          "Name one of " + String.join(", ", new TreeSet<>(SETS.keySet())) + ".");
    }
    var all = new LinkedHashMap<>(limits);
    all.putAll(replaced);
    return new Thresholds(all);
  }

  /// The names that can be given.
  public static Set<String> names() {
    return new TreeSet<>(DEFAULTS.keySet());
  }

  public double of(String name) {
    return byName.getOrDefault(name, Double.NaN);
  }

  private static void check(String name, double value) {
    if (!DEFAULTS.containsKey(name)) {
      throw new Refusal(
          "There is no threshold named \"" + name + "\".",
          "Name one of " + String.join(", ", names()) + ".");
    }
    if (!(value >= 0 && value <= 1)) {
      throw new Refusal(
          "The threshold " + name + " is " + value + "; it is a ratio.",
          "Give a number from 0 to 1.");
    }
  }
}

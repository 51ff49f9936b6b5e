package hostperf.measure;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a launch ran on and under.
///
/// @param identity what must be equal for samples to be comparable: GPU model, driver, versions,
///     NUMA, governor, the workload and its environment
/// @param before conditions when it started: `load_per_cpu`, and by the names and units that
///     `Environment` gives them what else is a number: `cpu_mhz`, `gpu0.clocks.sm`
/// @param after the same when it had ended
/// @param placement what must be equal within a pair: affinity, and the nodes and CPUs of each
///     task. A new allocation may have others
public record Surroundings(
    Map<String, String> identity,
    Map<String, Double> before,
    Map<String, Double> after,
    Map<String, String> placement) {
  static final String LOAD_PER_CPU = "load_per_cpu";
  private static final String CPU_BUSY = "cpu_busy_s";
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  public static final Surroundings UNKNOWN = new Surroundings(Map.of(), Map.of(), Map.of());

  public Surroundings {
    identity = Map.copyOf(identity);
    before = Map.copyOf(before);
    after = Map.copyOf(after);
    // Samples that an earlier version took lack it.
    placement = Map.copyOf(Objects.requireNonNullElse(placement, Map.of()));
  }

  /// Of a launch whose placement is not known.
  public Surroundings(
      Map<String, String> identity, Map<String, Double> before, Map<String, Double> after) {
    this(identity, before, after, Map.of());
  }

  /// From what was read, in words and numbers; what does not begin with a number is left out.
  static Surroundings of(
      Map<String, String> identity,
      Map<String, String> placement,
      Map<String, String> before,
      Map<String, String> after) {
    return new Surroundings(identity, numbers(before), numbers(after), placement);
  }

  /// How much of the CPUs others used during the launch, 0 to 1; absent where it cannot be told.
  Optional<Double> others(double seconds, Optional<Double> own) {
    var was = Optional.ofNullable(before.get(CPU_BUSY));
    var is = Optional.ofNullable(after.get(CPU_BUSY));
    if (was.isEmpty() || is.isEmpty() || own.isEmpty() || seconds <= 0) {
      return Optional.empty();
    }
    double all = seconds * Runtime.getRuntime().availableProcessors();
    return Optional.of(Math.clamp((is.get() - was.get() - own.get()) / all, 0, 1));
  }

  private static Map<String, Double> numbers(Map<String, String> conditions) {
    Map<String, Double> numbers = new HashMap<>();
    conditions.forEach(
        (name, value) -> {
          var matcher = NUMBER.matcher(value);
          if (matcher.lookingAt()) {
            numbers.put(name, Double.valueOf(matcher.group()));
          }
        });
    int cpus = Runtime.getRuntime().availableProcessors();
    Optional.ofNullable(numbers.get("load_1min"))
        .ifPresent(load -> numbers.put(LOAD_PER_CPU, load / cpus));
    return numbers;
  }
}

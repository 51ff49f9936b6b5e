package hostperf.measure;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What one launch of the workload gave.
///
/// @param failure why it gave no usable sample: exit code, time-out, a metric that was not printed
/// @param metrics by name, as far as printed
/// @param output hash of the workload's output, where one is configured
/// @param seconds wall clock of the launch
public record Launched(
    Optional<String> failure,
    Map<String, Double> metrics,
    Surroundings surroundings,
    Optional<String> output,
    Instant at,
    double seconds) {
  public Launched {
    metrics = Map.copyOf(metrics);
  }

  static Launched notStarted(Instant at, String why) {
    return new Launched(Optional.of(why), Map.of(), Surroundings.UNKNOWN, Optional.empty(), at, 0);
  }
}

package hostperf.trace.answer;

import hostperf.Refusal;
import hostperf.trace.analyse.Thresholds;
import java.util.Optional;

/// How a trace is judged.
///
/// @param warmup how many steps at the beginning of each process are left out; by default `WARMUP`
///     of those that ranges name, and none of those that are found in the device's work
public record Settings(Optional<Integer> warmup, Thresholds thresholds) {
  /// Two steps: the first pays for lazy loading and allocation, the second for what the first left
  /// cold.
  public static final int WARMUP = 2;

  public Settings {
    if (warmup.filter(steps -> steps < 0).isPresent()) {
      throw new Refusal(
          "warmup is " + warmup.get() + "; it counts steps.", "Give 0 or more; the default is 2.");
    }
  }

  public static Settings defaults() {
    return new Settings(Optional.empty(), Thresholds.defaults());
  }
}

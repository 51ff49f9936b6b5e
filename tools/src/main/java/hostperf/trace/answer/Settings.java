package hostperf.trace.answer;

import hostperf.Refusal;
import hostperf.trace.analyse.Thresholds;

/// How a trace is judged.
///
/// @param warmup how many steps at the beginning of each process are left out
public record Settings(int warmup, Thresholds thresholds) {
  /// Two steps: the first pays for lazy loading and allocation, the second for what the first left
  /// cold.
  public static final int WARMUP = 2;

  public Settings {
    if (warmup < 0) {
      throw new Refusal(
          "warmup is " + warmup + "; it counts steps.", "Give 0 or more; the default is 2.");
    }
  }

  public static Settings defaults() {
    return new Settings(WARMUP, Thresholds.defaults());
  }
}

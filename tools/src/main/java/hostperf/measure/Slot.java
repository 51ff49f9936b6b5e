package hostperf.measure;

import hostperf.verdict.Side;

/// One planned launch.
///
/// @param pair from 1; 0 is a warm-up, which is dropped
/// @param attempt from 1; a pair that failed or was void is taken again as the next attempt. For
///     warm-ups their number
public record Slot(int pair, int attempt, Side side) {
  public static final int WARM_UP = 0;

  /// Unique within a measurement, fit for a file's name: `pair03-base`, `pair03-base-again1`.
  public String label() {
    if (pair == WARM_UP) {
      return "warmup%d-%s".formatted(attempt, side.word());
    }
    String again = attempt == 1 ? "" : "-again" + (attempt - 1);
    return "pair%02d-%s%s".formatted(pair, side.word(), again);
  }
}

package hostperf.host;

import java.time.Duration;

/// Time that has gone by since it was started, by the monotonic clock: steps of the wall clock do
/// not touch it.
public final class Stopwatch {
  private final long startedAt = System.nanoTime();

  private Stopwatch() {}

  public static Stopwatch started() {
    return new Stopwatch();
  }

  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }
}

package hostperf.server.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/// Counts the wrong secrets of the last minute, so that guessing them is slow.
public final class WrongTries {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int most;
  private final InstantSource clock;
  private final Deque<Instant> tries = new ArrayDeque<>();

  /// @param most after which there are too many
  public WrongTries(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  public synchronized boolean areTooMany() {
    var oldest = clock.instant().minus(WINDOW);
    tries.removeIf(at -> at.isBefore(oldest));
    return tries.size() >= most;
  }

  public synchronized void add() {
    tries.add(clock.instant());
  }
}

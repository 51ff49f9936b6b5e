package hostperf.execution;

import java.time.Duration;

/// Does something at once, then every so often until it is closed.
final class Heartbeat implements AutoCloseable {
  private final Thread thread;

  private Heartbeat(Thread thread) {
    this.thread = thread;
  }

  static Heartbeat every(Duration interval, Runnable beat) {
    beat.run();
    return new Heartbeat(
        Thread.ofVirtual()
            .name("hostperf-heartbeat")
            .start(
                () -> {
                  try {
                    while (true) {
                      Thread.sleep(interval);
                      beat.run();
                    }
                  } catch (InterruptedException _) {
                    // Closed.
                  }
                }));
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean wasInterrupted = Thread.interrupted();
    try {
      thread.join();
    } catch (InterruptedException _) {
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

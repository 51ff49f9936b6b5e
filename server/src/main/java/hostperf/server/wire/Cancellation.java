package hostperf.server.wire;

import java.util.ArrayList;
import java.util.List;

/// Whether the client still wants the answer to a request, and what ends when it no longer does.
public final class Cancellation {
  private final List<Runnable> ends = new ArrayList<>();
  private boolean cancelled;

  /// Does `end` when the client cancels; at once where it has.
  public void whenCancelled(Runnable end) {
    synchronized (this) {
      if (!cancelled) {
        ends.add(end);
        return;
      }
    }
    end.run();
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  void cancel() {
    List<Runnable> due;
    synchronized (this) {
      cancelled = true;
      due = List.copyOf(ends);
      ends.clear();
    }
    due.forEach(Runnable::run);
  }
}

package hostperf.repository;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Work that a cancelled job must not tear: an interrupt would close the files it is writing.
public final class Undisturbed {
  private Undisturbed() {}

  /// Does it in a thread that nobody interrupts, and waits; a failure is thrown as it was.
  public static void act(Runnable work) {
    var done = CompletableFuture.runAsync(work, r -> Thread.ofVirtual().start(r));
    try {
      // `join` does not end at an interrupt, and keeps it.
      var _ = done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }
}

package hostperf.server.detached;

import hostperf.server.Offer;
import hostperf.server.StdioServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process that works for the clients of one checkout, whichever come and go. It ends when it
/// has had neither a client nor a job for a while.
public final class DetachedServer {
  private static final Logger LOG = LoggerFactory.getLogger(DetachedServer.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int IDLE_LOOKS = 20;

  /// A front may hold the lock for as long as looking takes.
  private static final int TRIES = 10;

  private static final int BETWEEN_TRIES_MS = 100;

  private final MeetingPlace place;
  private final Offer offer;
  private final BooleanSupplier isBusy;
  private int clients;
  private boolean ended;

  /// @param isBusy whether a job runs
  public DetachedServer(MeetingPlace place, Offer offer, BooleanSupplier isBusy) {
    this.place = place;
    this.offer = offer;
    this.isBusy = isBusy;
  }

  /// What a client's front hears first: that its messages will be read, and by which process.
  static String greeting(long pid) {
    return "hostperf %d\n".formatted(pid);
  }

  /// Serves until it is idle; at once done where another process serves here.
  public void serve() {
    try {
      var lock = lock();
      if (lock.isEmpty()) {
        return;
      }
      try (var listener = place.listen()) {
        var _ = Thread.ofVirtual().name("accept").start(() -> accept(listener));
        awaitIdle();
        place.leave();
      }
      lock.get().release();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not listen for clients", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<FileLock> lock() throws IOException, InterruptedException {
    var lock = place.take();
    for (int i = 1; i < TRIES && lock.isEmpty(); i++) {
      Thread.sleep(BETWEEN_TRIES_MS);
      lock = place.take();
    }
    return lock;
  }

  private void accept(ServerSocketChannel listener) {
    while (true) {
      try {
        var client = listener.accept();
        var _ = Thread.ofVirtual().name("client").start(() -> serve(client));
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException e) {
        // Such as too many open files.
        LOG.warn("a client could not connect", e);
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  /// One that comes too late hears nothing, and its front begins the next process.
  private void serve(SocketChannel client) {
    try (client) {
      if (!admit()) {
        return;
      }
      try {
        var greeting = greeting(ProcessHandle.current().pid());
        client.write(ByteBuffer.wrap(greeting.getBytes(StandardCharsets.US_ASCII)));
        new StdioServer(offer)
            .serve(Channels.newInputStream(client), Channels.newOutputStream(client), () -> {});
      } finally {
        left();
      }
    } catch (IOException e) {
      LOG.debug("a client's end broke", e);
    } catch (RuntimeException | Error e) {
      LOG.error("a client could not be served", e);
    }
  }

  private synchronized boolean admit() {
    if (!ended) {
      clients++;
    }
    return !ended;
  }

  private synchronized void left() {
    clients--;
  }

  private void awaitIdle() throws InterruptedException {
    for (int idle = 0; !endsAfter(idle); idle = isIdle() ? idle + 1 : 0) {
      Thread.sleep(LOOK);
    }
  }

  private synchronized boolean isIdle() {
    return clients == 0 && !isBusy.getAsBoolean();
  }

  /// Only a client begins a job, so nothing begins after this.
  private synchronized boolean endsAfter(int idle) {
    ended = idle >= IDLE_LOOKS && isIdle();
    return ended;
  }
}

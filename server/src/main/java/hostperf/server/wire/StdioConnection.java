package hostperf.server.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// MCP on a pair of streams, one message a line.
///
/// Lines are read one after the other by one thread; each request then has a virtual thread of its
/// own. What needs no tool (`ping`, faults) is answered by the reading thread. Each message is
/// answered by the rules of the revision that it speaks.
public final class StdioConnection {
  private static final Logger LOG = LoggerFactory.getLogger(StdioConnection.class);
  private static final Executor THREADS = call -> Thread.ofVirtual().name("call").start(call);

  private final LineReader lines;
  private final LineOutlet outlet;
  private final LegacySession legacy;
  private final Supplier<ModernCalls> modern;
  private final Defects defects;
  private final CountDownLatch gone = new CountDownLatch(1);
  private final PendingCalls calls = new PendingCalls();

  /// @param modern made when the first message needs it: a start does without it
  public StdioConnection(
      InputStream in,
      OutputStream out,
      LegacySessions legacy,
      Supplier<ModernCalls> modern,
      Defects defects) {
    this.lines = new LineReader(in);
    this.outlet = new LineOutlet(out, gone::countDown);
    this.legacy = legacy.open(Client.AT_HAND, outlet, calls, THREADS);
    this.modern = modern;
    this.defects = defects;
  }

  /// Begins to read, and waits until the client has closed one of its ends.
  public void awaitEnd() {
    var _ = Thread.ofPlatform().daemon().name("client").start(this::read);
    try {
      gone.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until what has come is answered, where somebody still reads. Then nobody does.
  public void awaitAnswers(Duration limit) {
    try {
      for (long left = limit.toMillis(); left > 0 && !calls.isEmpty(); left -= 10) {
        if (outlet.isBroken()) {
          return;
        }
        Thread.sleep(10);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      outlet.end();
    }
  }

  private void read() {
    try {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        accept(line.get());
      }
    } catch (IOException e) {
      LOG.debug("the client's end broke", e);
    } finally {
      gone.countDown();
    }
  }

  /// Whatever a line does, the next is read.
  private void accept(LineReader.Line line) {
    try {
      switch (line) {
        case LineReader.Line.Whole whole -> accept(MessageReader.read(whole.bytes()));
        case LineReader.Line.TooLong cut -> outlet.error(cut.id(), JsonRpcError.tooLong());
      }
    } catch (RuntimeException | Error e) {
      outlet.error(null, defects.fault("a line", e));
    }
  }

  private void accept(Incoming message) {
    switch (message) {
      case Incoming.Request request when request.isModern() -> modern(request);
      case Incoming.Request request -> legacy.request(request, outlet);
      case Incoming.Notification notification -> legacy.notification(notification);
      case Incoming.Response response -> legacy.response(response);
      case Incoming.Faulty faulty -> outlet.error(faulty.id(), faulty.fault());
      case Incoming.Blank _ -> {}
    }
  }

  private void modern(Incoming.Request request) {
    calls
        .begin(request, Client.AT_HAND, outlet)
        .ifPresent(
            call ->
                THREADS.execute(
                    () -> {
                      try {
                        modern.get().answer(call);
                      } finally {
                        calls.end(call);
                      }
                    }));
  }
}

package hostperf.server;

import hostperf.Once;
import hostperf.server.wire.MessageReader;
import hostperf.server.wire.StdioConnection;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The MCP server on a pair of streams. It serves until the client closes its end.
public final class StdioServer {
  /// For calls that came just before the client closed its end, such as those of a pipe.
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

  private final Offer offer;

  public StdioServer(Offer offer) {
    this.offer = offer;
  }

  /// Reads a first message on a thread of its own: the JSON library takes as long to get ready as
  /// all the rest of a start, which can go on beside it.
  public static void getReady() {
    var message = "{}".getBytes(StandardCharsets.UTF_8);
    var _ = Thread.ofPlatform().daemon().name("ready").start(() -> MessageReader.read(message));
  }

  /// Blocks until the client has closed an end.
  ///
  /// @param atEnd what is done then, before calls under way are waited for
  public void serve(InputStream in, OutputStream out, Runnable atEnd) {
    var connection =
        new StdioConnection(
            in,
            out,
            LegacyServer.sessions(offer),
            new Once<>(() -> ModernServer.calls(offer)),
            offer.defects());
    connection.awaitEnd();
    atEnd.run();
    connection.awaitAnswers(LAST_ANSWERS);
  }
}

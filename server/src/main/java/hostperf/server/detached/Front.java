package hostperf.server.detached;

import hostperf.Refusal;
import hostperf.host.DetachedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/// What a client starts: it finds the process that works for this checkout, or begins it, and
/// passes on what both say. When the client goes, it goes; the work stays.
public final class Front {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  /// By then a process that was begun has taken its lock, or never will.
  private static final Duration NEXT_TRY = Duration.ofSeconds(10);

  private static final Pattern GREETING = Pattern.compile("hostperf (\\d{1,10})\n");
  private static final int LONGEST_GREETING = 20;
  private static final int BUFFER = 1 << 16;

  private final MeetingPlace place;
  private final List<String> command;
  private volatile boolean clientIsGone;

  /// @param command begins the process that works
  public Front(MeetingPlace place, List<String> command) {
    this.place = place;
    this.command = List.copyOf(command);
  }

  /// A server that has greeted.
  private record Met(SocketChannel channel, long pid) {}

  /// Passes on until the client or the server has gone.
  ///
  /// @param met gets the number of the process that works
  /// @return whether the client went
  public boolean relay(InputStream in, PrintStream out, LongConsumer met) {
    try {
      var server = server();
      met.accept(server.pid());
      try (var channel = server.channel()) {
        var _ = Thread.ofPlatform().daemon().name("client").start(() -> forward(in, channel));
        backward(Channels.newInputStream(channel), out);
      }
      return clientIsGone;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not reach the process that works here", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Met server() throws IOException, InterruptedException {
    long begun = 0;
    for (long now = 1; now <= START.dividedBy(LOOK); now++) {
      var met = greeted();
      if (met.isPresent()) {
        return met.get();
      }
      if ((begun == 0 || now - begun > NEXT_TRY.dividedBy(LOOK)) && place.isFree()) {
        place.clearLog();
        DetachedProcess.begin(command, place.log());
        begun = now;
      }
      Thread.sleep(LOOK);
    }
    throw new Refusal(
        "The process that works for this checkout did not answer within %d s."
            .formatted(START.toSeconds()),
        "%s has what it printed.".formatted(place.log()));
  }

  /// Empty where nobody listens, or only somebody who is about to end.
  private Optional<Met> greeted() throws IOException {
    var channel = place.connect();
    if (channel.isEmpty()) {
      return Optional.empty();
    }
    var greeting = GREETING.matcher(firstLine(channel.get()));
    if (!greeting.matches()) {
      channel.get().close();
      return Optional.empty();
    }
    return Optional.of(new Met(channel.get(), Long.parseLong(greeting.group(1))));
  }

  private static String firstLine(SocketChannel channel) {
    var line = new StringBuilder();
    var one = ByteBuffer.allocate(1);
    try {
      while (line.indexOf("\n") < 0
          && line.length() < LONGEST_GREETING
          && channel.read(one.clear()) > 0) {
        line.append(StandardCharsets.US_ASCII.decode(one.flip()));
      }
    } catch (IOException _) {
      // It ended meanwhile.
    }
    return line.toString();
  }

  private void forward(InputStream in, SocketChannel server) {
    var out = Channels.newOutputStream(server);
    var bytes = new byte[BUFFER];
    try {
      for (int count = read(in, bytes); count >= 0; count = read(in, bytes)) {
        out.write(bytes, 0, count);
      }
      // What was called just before is still answered.
      server.shutdownOutput();
    } catch (IOException _) {
      // The server has gone; reading from it ends too.
    }
  }

  /// -1 when the client has closed its end, in whichever way.
  private int read(InputStream in, byte[] bytes) {
    int count;
    try {
      count = in.read(bytes);
    } catch (IOException _) {
      count = -1;
    }
    if (count < 0) {
      clientIsGone = true;
    }
    return count;
  }

  private void backward(InputStream server, PrintStream out) {
    var bytes = new byte[BUFFER];
    try {
      for (int count = server.read(bytes); count >= 0; count = server.read(bytes)) {
        out.write(bytes, 0, count);
        // Also sends it on; a print stream keeps its troubles to itself.
        if (out.checkError()) {
          clientIsGone = true;
          return;
        }
      }
    } catch (IOException _) {
      // The server has gone.
    }
  }
}

package hostperf.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Sessions of the packaged server with a client that sends sound calls, broken lines and lines too
/// long, all at once: each request must get one answer. A seed makes them repeat.
final class Sessions {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path root;
  private final Path home;
  private final Random random;
  private int lines;
  private int requests;

  Sessions(Path root, Path home, long seed) {
    this.root = root;
    this.home = home;
    this.random = new Random(seed);
  }

  /// One session. What is wrong with it, in words; empty when all is well.
  List<String> once() throws IOException {
    var mix = new HostileMix(random);
    var faults = new ArrayList<String>();
    try (var server = RawServer.silent(root, home, Map.of())) {
      mix.before(random.nextInt(4)).forEach(line -> send(server, line));
      server.begin();
      mix.lines(size()).forEach(line -> send(server, line));
      faults.addAll(mix.missing(server, LIMIT));
      server
          .said()
          .filter(m -> m.toString().matches("(?s).*(Exception|java\\.|\\bat hostperf\\.).*"))
          .forEach(m -> faults.add("Java in an answer: " + m));
      long took = server.leave();
      if (took > 10_000) {
        faults.add("it took %d ms to end".formatted(took));
      }
    }
    requests += mix.requests();
    return faults;
  }

  /// Mostly some dozens of lines, now and then a thousand.
  private int size() {
    return random.nextInt(10) == 0 ? 1_000 : 20 + random.nextInt(100);
  }

  private void send(RawServer server, byte[] line) {
    lines++;
    server.sendBytes(line);
  }

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    var folder = Files.createTempDirectory("sessions");
    var root = Files.createDirectory(folder.resolve("checkout"));
    var sessions = new Sessions(root, folder, Long.parseLong(arguments[1]));
    int bad = 0;
    for (int i = 1; i <= count; i++) {
      var faults = sessions.once();
      if (!faults.isEmpty()) {
        bad++;
        System.out.println("session " + i + ": " + String.join("; ", faults));
      }
      if (i % 50 == 0 || i == count) {
        System.out.printf(
            "%d sessions, %,d lines, %,d requests: %d with a fault%n",
            i, sessions.lines, sessions.requests, bad);
      }
    }
    System.exit(bad == 0 ? 0 : 1);
  }

  static byte[] utf8(String line) {
    return line.getBytes(StandardCharsets.UTF_8);
  }
}

package hostperf.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes a process's output off its pipe: to the log, into memory (both ends), and line by line
/// to a listener. Memory is flat whatever the program prints.
final class OutputPump {
  private final OutputLog log;
  private final KeptText kept = new KeptText(Finished.KEPT);
  private final LineSplitter lines;
  private volatile Optional<RuntimeException> fault = Optional.empty();
  private final Thread thread;

  private OutputPump(InputStream from, OutputLog log, Consumer<String> lines) {
    this.log = log;
    this.lines = new LineSplitter(lines);
    thread = Thread.ofPlatform().daemon().name("output").start(() -> pump(from));
  }

  static OutputPump start(InputStream from, OutputLog log, Consumer<String> lines) {
    return new OutputPump(from, log, lines);
  }

  /// Waits for the end of the output; false when something still holds the pipe open.
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return thread.join(limit);
  }

  /// What was kept so far. A listener's exception comes out here, not in the middle of the run.
  String text() {
    fault.ifPresent(
        e -> {
          throw e;
        });
    String text = kept.text();
    return log.fault().map(why -> text + "\n[the log is not whole: " + why + "]\n").orElse(text);
  }

  private void pump(InputStream from) {
    var tee = new Tee(from);
    try (Reader reader = new InputStreamReader(tee, StandardCharsets.UTF_8)) {
      var chars = new char[1 << 16];
      for (int n = reader.read(chars); n >= 0; n = reader.read(chars)) {
        kept.append(chars, n);
        tell(chars, n);
      }
    } catch (IOException _) {
      // The pipe broke with the process; what was read before is what there is.
    }
    if (fault.isEmpty()) {
      lines.end();
    }
    log.end(kept.end());
  }

  private void tell(char[] chars, int length) {
    if (fault.isPresent()) {
      return;
    }
    try {
      lines.append(chars, length);
    } catch (RuntimeException e) {
      // The pipe has to be emptied on, or the program would hang on a full one.
      fault = Optional.of(e);
    }
  }

  /// Hands the raw bytes to the log as they are read.
  private final class Tee extends InputStream {
    private final InputStream from;

    Tee(InputStream from) {
      this.from = from;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = from.read(bytes, offset, length);
      if (n > 0) {
        log.write(bytes, offset, n);
      }
      return n;
    }
  }
}

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
/// to a listener, each without the values of secrets. Memory is flat whatever the program prints.
final class OutputPump {
  private final OutputLog log;
  private final KeptText kept = new KeptText(Finished.KEPT);
  private final LineSplitter lines;
  private final RedactedStream plain;
  private volatile Optional<RuntimeException> fault = Optional.empty();
  private final Thread thread;

  private OutputPump(InputStream from, OutputLog log, Consumer<String> lines, Redactor redactor) {
    this.log = log;
    this.lines = new LineSplitter(lines);
    this.plain = new RedactedStream(redactor, this::keep);
    thread = Thread.ofPlatform().daemon().name("output").start(() -> pump(from));
  }

  static OutputPump start(
      InputStream from, OutputLog log, Consumer<String> lines, Redactor redactor) {
    return new OutputPump(from, log, lines, redactor);
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
    try (Reader reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
      var chars = new char[1 << 16];
      for (int n = reader.read(chars); n >= 0; n = reader.read(chars)) {
        plain.append(chars, n);
      }
    } catch (IOException _) {
      // The pipe broke with the process; what was read before is what there is.
    }
    plain.end();
    if (fault.isEmpty()) {
      lines.end();
    }
    log.end(kept.end());
  }

  private void keep(char[] chars, int length) {
    log.write(chars, length);
    kept.append(chars, length);
    tell(chars, length);
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
}

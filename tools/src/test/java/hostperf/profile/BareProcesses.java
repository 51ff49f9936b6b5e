package hostperf.profile;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Stand-in until LocalProcesses lands.
final class BareProcesses implements Processes {
  @Override
  public Finished run(Command command, Consumer<String> lines) {
    Instant start = Instant.now();
    try {
      var builder =
          new ProcessBuilder(command.arguments())
              .directory(command.directory().toFile())
              .redirectErrorStream(true);
      builder.environment().putAll(command.environment());
      Process process;
      try {
        process = builder.start();
      } catch (IOException e) {
        throw new Refusal("cannot start " + command.arguments().getFirst(), "Check it.", e);
      }
      process.getOutputStream().close();
      var killer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      if (!process.waitFor(command.limit().toMillis(), TimeUnit.MILLISECONDS)) {
                        process.descendants().forEach(ProcessHandle::destroyForcibly);
                        process.destroyForcibly();
                      }
                    } catch (InterruptedException _) {
                      // the run is over
                    }
                  });
      var output = new StringBuilder();
      try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          output.append(line).append('\n');
          lines.accept(line);
        }
      }
      int code = process.waitFor();
      killer.interrupt();
      if (command.log().isPresent()) {
        Files.writeString(command.log().get(), output);
      }
      boolean late = Duration.between(start, Instant.now()).compareTo(command.limit()) > 0;
      return new Finished(
          late ? Finished.End.TIMED_OUT : Finished.End.EXITED,
          code,
          output.toString(),
          Duration.between(start, Instant.now()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

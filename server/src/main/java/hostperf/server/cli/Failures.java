package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.host.FileTrouble;
import hostperf.report.UntrustedText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.function.Supplier;

/// What a person reads when a command fails: a sentence and the next step, never a stack trace.
/// That of a defect goes into a file, which the message names.
final class Failures {
  /// Refusals name what was given, whatever that is.
  private static final int MOST_REFUSAL = 20_000;

  private final Console console;
  private final Supplier<String> newErrorId;

  Failures(Console console, Supplier<String> newErrorId) {
    this.console = console;
    this.newErrorId = newErrorId;
  }

  /// @return the exit code
  int told(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return told(refusal);
    }
    var trouble = FileTrouble.behind(failure);
    return trouble.isPresent() ? told(trouble.get()) : defect(failure);
  }

  /// Standard output took less than was printed.
  ///
  /// @return the exit code
  int unheard() {
    console
        .err()
        .println("hostperf: standard output was closed or is full; what was printed is not whole.");
    return ExitCode.INCONCLUSIVE;
  }

  private int told(Refusal refusal) {
    var text = refusal.why() + "\n" + refusal.next();
    console.err().println("hostperf: " + UntrustedText.block(text, MOST_REFUSAL));
    return ExitCode.WRONG_USE;
  }

  private int defect(Throwable failure) {
    console
        .err()
        .println("hostperf: internal error %s: not your doing.".formatted(newErrorId.get()));
    try {
      var file = Files.createTempFile("hostperf-error-", ".txt");
      try (var writer = new PrintWriter(file.toFile(), StandardCharsets.UTF_8)) {
        failure.printStackTrace(writer);
      }
      console.err().println("Where it happened is in " + file + "; please report it.");
    } catch (IOException _) {
      console.err().println("Where it happened could not be written down: no temporary file.");
    }
    return ExitCode.INCONCLUSIVE;
  }
}

package hostperf.server.cli.console;

import hostperf.Refusal;
import hostperf.host.FileTrouble;
import hostperf.report.UntrustedText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/// What a person reads when a command fails: a sentence and the next step, never a stack trace.
/// That of a defect goes into a file, which the message names.
public final class Failures {
  /// Refusals name what was given, whatever that is.
  private static final int MOST_REFUSAL = 20_000;

  private final Console console;
  private final Supplier<String> newErrorId;
  private final boolean json;

  /// @param json whether whoever called reads standard output as JSON
  public Failures(Console console, Supplier<String> newErrorId, boolean json) {
    this.console = console;
    this.newErrorId = newErrorId;
    this.json = json;
  }

  /// @return the exit code
  public int told(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return told(refusal);
    }
    var trouble = FileTrouble.behind(failure);
    return trouble.isPresent() ? told(trouble.get()) : defect(failure);
  }

  /// Standard output took less than was printed.
  ///
  /// @return the exit code
  public int unheard() {
    console
        .err()
        .println("hostperf: standard output was closed or is full; what was printed is not whole.");
    return ExitCode.INCONCLUSIVE;
  }

  private int told(Refusal refusal) {
    answer(refusal.why(), refusal.next());
    var text = refusal.why() + "\n" + refusal.next();
    console.err().println("hostperf: " + UntrustedText.block(text, MOST_REFUSAL));
    return ExitCode.WRONG_USE;
  }

  /// A line that is no command, or not as the command takes it.
  public void misspelled(String why) {
    answer(why, "Run `hostperf help` for the commands, `hostperf help COMMAND` for one of them.");
  }

  private void answer(String error, String next) {
    if (json) {
      var fields = new LinkedHashMap<String, String>();
      fields.put("error", error);
      fields.put("next", next);
      console.json(fields);
    }
  }

  private int defect(Throwable failure) {
    var id = newErrorId.get();
    answer("internal error " + id, "Report it, with what standard error says.");
    console.err().println("hostperf: internal error %s: not your fault.".formatted(id));
    try {
      var file = LastingFolder.file("hostperf-error-");
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

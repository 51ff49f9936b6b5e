package hostperf.server.autopilot;

import hostperf.approval.Approval;
import hostperf.report.UntrustedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Puts a question before the person at the terminal: a page at a time, the diff in colours.
final class Terminal {
  private static final int PAGE = 40;
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String CYAN = "\u001b[36m";
  private static final String PLAIN = "\u001b[0m";

  private final Optional<BufferedReader> in;
  private final PrintStream out;

  /// @param in what the person types; absent where nobody sits there
  Terminal(Optional<BufferedReader> in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  /// @param by the user's name
  record Reply(boolean yes, String by, String reason) {}

  boolean isThere() {
    return in.isPresent();
  }

  /// Empty where nobody is there, or the person leaves it open.
  Optional<Reply> ask(Approval question) {
    return in.flatMap(reader -> ask(reader, question));
  }

  private Optional<Reply> ask(BufferedReader reader, Approval question) {
    show(reader, UntrustedText.exact(question.inTerminal()));
    out.print("Allow " + question.id() + "? [y]es, [n]o, Enter leaves it open: ");
    out.flush();
    var by = System.getProperty("user.name", "unknown");
    return switch (Typed.of(line(reader))) {
      case YES -> Optional.of(new Reply(true, by, ""));
      case NO -> {
        out.print("Why not (optional)? ");
        out.flush();
        yield Optional.of(new Reply(false, by, line(reader).strip()));
      }
      case NEITHER -> Optional.empty();
    };
  }

  private void show(BufferedReader reader, String text) {
    int shown = 0;
    for (var line : text.lines().toList()) {
      if (shown == PAGE) {
        out.print("-- Enter for more --");
        out.flush();
        var _ = line(reader);
        shown = 0;
      }
      out.println(coloured(line));
      shown++;
    }
  }

  private static String coloured(String plain) {
    if (plain.startsWith("+++ ") || plain.startsWith("--- ")) {
      return plain;
    }
    if (plain.startsWith("+")) {
      return GREEN + plain + PLAIN;
    }
    if (plain.startsWith("-")) {
      return RED + plain + PLAIN;
    }
    return plain.startsWith("@@") ? CYAN + plain + PLAIN : plain;
  }

  private static String line(BufferedReader reader) {
    try {
      return Optional.ofNullable(reader.readLine()).orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

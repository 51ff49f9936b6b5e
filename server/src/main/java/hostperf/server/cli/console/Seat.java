package hostperf.server.cli.console;

import hostperf.Refusal;
import hostperf.approval.Approval;
import hostperf.report.UntrustedText;
import hostperf.server.autopilot.Typed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The person at the terminal, where one sits there.
public record Seat(Console console) {

  /// Refuses where standard input is no terminal, so that a pipe or an agent's tool call does not
  /// pass for a person.
  public static Seat of(Console console, String command) {
    if (!isTaken()) {
      throw new Refusal(
          "`%s` needs a terminal, so that a person sees what they approve."
              .formatted(command.split(" ", 2)[0]),
          "Run `hostperf %s` in one.".formatted(command));
    }
    return new Seat(console);
  }

  /// Whether a person can be there to answer.
  public static boolean isTaken() {
    return Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false);
  }

  /// Shows the question; only `y` or `yes` is a yes.
  public boolean allows(Approval question) throws IOException {
    var out = console.out();
    // The code may hold what a terminal takes for commands.
    out.println(UntrustedText.exact(question.inTerminal()));
    out.print("Approve " + question.id() + "? [y/N] ");
    out.flush();
    var reader = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    return Optional.ofNullable(reader.readLine()).map(Typed::of).orElse(Typed.NEITHER) == Typed.YES;
  }
}

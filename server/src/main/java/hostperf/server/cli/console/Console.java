package hostperf.server.cli.console;

import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.report.AgentText;
import hostperf.server.Structured;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.Set;

/// Where a command reads and writes. Answers go to `out`, everything else to `err`.
public record Console(InputStream in, PrintStream out, PrintStream err) {
  private static final Set<String> COMMANDS = Set.of("status", "report");

  /// Prints the answer as text, or as the JSON that the tool of the same job returns.
  public int answer(Outcome outcome, boolean json) {
    out.println(
        json ? Structured.json(Structured.of(outcome)) : AgentText.of(outcome, Console::command));
    return ExitCode.of(outcome);
  }

  /// The command that does what a call does; none where only an agent's tool does it.
  private static Optional<String> command(Next next) {
    var run = next.arguments().get("run_id");
    return COMMANDS.contains(next.tool()) && run != null
        ? Optional.of("hostperf %s %s".formatted(next.tool(), run))
        : Optional.empty();
  }

  /// Prints a record of ours as JSON.
  public void json(Object fields) {
    out.println(Structured.json(fields));
  }
}

package hostperf.server.cli;

import hostperf.agent.Outcome;
import hostperf.report.AgentText;
import hostperf.server.Structured;
import java.io.InputStream;
import java.io.PrintStream;

/// Where a command reads and writes. Answers go to `out`, everything else to `err`.
public record Console(InputStream in, PrintStream out, PrintStream err) {

  /// Prints the answer as text, or as the JSON that the tool of the same job returns.
  int answer(Outcome outcome, boolean json) {
    out.println(json ? Structured.json(Structured.of(outcome)) : AgentText.of(outcome));
    return ExitCode.of(outcome);
  }

  /// Prints a record of ours as JSON.
  void json(Object fields) {
    out.println(Structured.json(fields));
  }
}

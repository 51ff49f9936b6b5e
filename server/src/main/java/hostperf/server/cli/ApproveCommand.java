package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.report.UntrustedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `hostperf approve`: shows exactly what would be done, and asks the person at the terminal.
@Command(name = "approve", description = "Shows what an approval is about and asks you.")
final class ApproveCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Parameters(paramLabel = "ID", description = "As `hostperf approvals` lists it.")
  private String id;

  @Override
  public Integer call() throws IOException {
    var question = Questions.named(hostperf.checkout(), id);
    // Needed so that a pipe or an agent's tool call does not pass for a person.
    if (!Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false)) {
      throw new Refusal(
          "`approve` needs a terminal, so that a person sees what they allow.",
          "Run `hostperf approve %s` in one.".formatted(id));
    }
    var out = hostperf.console().out();
    // The code may hold what a terminal takes for commands.
    out.println(UntrustedText.block(question.approval().shown(), Integer.MAX_VALUE));
    out.print("Approve " + id + "? [y/N] ");
    out.flush();
    var reader =
        new BufferedReader(new InputStreamReader(hostperf.console().in(), StandardCharsets.UTF_8));
    var line = reader.readLine();
    boolean yes = line != null && line.strip().toLowerCase(Locale.ROOT).startsWith("y");
    if (!yes) {
      out.println("Left open. `hostperf deny " + id + "` says no.");
      return ExitCode.NEGATIVE;
    }
    var stands = Answering.store(question, true, "");
    out.println(stands.yes() ? "Approved." : "It was denied before; the first answer stands.");
    return stands.yes() ? ExitCode.DONE : ExitCode.NEGATIVE;
  }
}

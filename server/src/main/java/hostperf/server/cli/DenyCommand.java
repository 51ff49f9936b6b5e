package hostperf.server.cli;

import hostperf.run.Questions;
import hostperf.server.cli.console.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `hostperf deny`: a person's no.
@Command(name = "deny", description = "Denies an approval.")
final class DenyCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Parameters(paramLabel = "ID", description = "As `hostperf approvals` lists it.")
  private String id;

  @Option(names = "--reason", paramLabel = "TEXT", description = "The agent reads it.")
  private String reason = "";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var stands = Answering.store(Questions.named(hostperf.checkout(), id), false, reason);
    var console = hostperf.console();
    if (json) {
      console.json(Answering.stands(stands));
    } else {
      console
          .out()
          .println(stands.yes() ? "It was approved before; the first answer stands." : "Denied.");
    }
    return stands.yes() ? ExitCode.NEGATIVE : ExitCode.DONE;
  }
}

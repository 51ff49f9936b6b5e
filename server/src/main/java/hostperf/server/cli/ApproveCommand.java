package hostperf.server.cli;

import hostperf.run.Questions;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.cli.console.Seat;
import java.io.IOException;
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
    var seat = Seat.of(hostperf.console(), "approve " + id);
    var out = hostperf.console().out();
    if (!seat.allows(question.approval())) {
      out.println("Left open. `hostperf deny " + id + "` says no.");
      return ExitCode.NEGATIVE;
    }
    var stands = Answering.store(question, true, "");
    out.println(stands.yes() ? "Approved." : "It was denied before; the first answer stands.");
    return stands.yes() ? ExitCode.DONE : ExitCode.NEGATIVE;
  }
}

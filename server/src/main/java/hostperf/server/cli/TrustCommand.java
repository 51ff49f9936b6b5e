package hostperf.server.cli;

import hostperf.approval.ApprovalResult;
import hostperf.approval.Approver;
import hostperf.approval.TrustedConfigurations;
import hostperf.run.Questions;
import hostperf.run.Trusting;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.cli.console.Seat;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `hostperf trust`: a person's yes to this checkout's configuration, before a run needs it.
@Command(
    name = "trust",
    description = "Shows hostperf.yaml and asks you for the approval that a run needs.")
final class TrustCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Override
  public Integer call() throws IOException {
    var checkout = hostperf.checkout();
    var configuration = checkout.configuration();
    var trusting = new Trusting(checkout, TrustedConfigurations.ofUser());
    var out = hostperf.console().out();
    if (trusting.allows(configuration)) {
      out.println("This hostperf.yaml is approved in this checkout.");
      return ExitCode.DONE;
    }
    var seat = Seat.of(hostperf.console(), "trust");
    // An answer that was given before is acted on first; after a no, this asks anew.
    var before = trusting.ask(configuration, Approver.NONE, Instant.MIN);
    if (before.decision() instanceof ApprovalResult.Approved) {
      out.println("This hostperf.yaml is approved in this checkout.");
      return ExitCode.DONE;
    }
    var question = trusting.question(configuration);
    if (!seat.allows(question)) {
      out.println("Left open. `hostperf deny " + question.id() + "` says no.");
      return ExitCode.NEGATIVE;
    }
    var _ = Answering.store(new Questions.Question(question, trusting.approvals()), true, "");
    var after = trusting.ask(configuration, Approver.NONE, Instant.MIN);
    boolean isAllowed = after.decision() instanceof ApprovalResult.Approved;
    out.println(
        isAllowed ? "Approved: runs can start." : "It was denied before; the first answer stands.");
    return isAllowed ? ExitCode.DONE : ExitCode.NEGATIVE;
  }
}

package hostperf.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Gets a person's answer to a question, through the client's dialog or the command line, whichever
/// comes first.
public final class Consent {
  /// How often the folder is looked at for an answer from the command line.
  private static final Duration LOOK = Duration.ofMillis(150);

  private final Approvals approvals;

  public Consent(Approvals approvals) {
    this.approvals = approvals;
  }

  /// Waits at most `limit`. A yes is not used up by this: the caller does that when it acts.
  public Decision obtain(Approval approval, Approver approver, Duration limit) {
    var known = approvals.decision(approval);
    if (!(known instanceof Decision.Pending)) {
      return known;
    }
    var dialog =
        CompletableFuture.supplyAsync(
            () -> approver.ask(approval, limit), r -> Thread.ofVirtual().start(r));
    Instant end = approvals.now().plus(limit);
    while (true) {
      var decision = approvals.decision(approval);
      if (!(decision instanceof Decision.Pending)) {
        return decision;
      }
      if (dialog.isDone()) {
        var reply = dialog.join();
        if (reply.isPresent()) {
          return take(approval, reply.get());
        }
        dialog = new CompletableFuture<>();
      }
      if (!approvals.now().isBefore(end) || !pause()) {
        return decision;
      }
    }
  }

  private Decision take(Approval approval, Approver.Reply reply) {
    return switch (reply.kind()) {
      case SILENT ->
          new Decision.Cancelled(
              approval.id(), "the client closed the dialog without a person's choice");
      case UNAVAILABLE -> new Decision.Unavailable(approval.id(), reply.reason());
      case YES, NO -> {
        var answer =
            new Decision.Answer(
                approval.id(),
                reply.kind() == Approver.Reply.Kind.YES,
                "elicitation",
                "the person at the client",
                approvals.now(),
                reply.reason());
        var stands = approvals.answer(answer);
        yield stands.yes() ? new Decision.Approved(stands) : new Decision.Declined(stands);
      }
    };
  }

  private static boolean pause() {
    try {
      Thread.sleep(LOOK);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The name of a decision as answers carry it; empty for a yes.
  public static Optional<String> refusal(Decision decision) {
    return switch (decision) {
      case Decision.Approved _ -> Optional.empty();
      case Decision.Declined _ -> Optional.of("declined");
      case Decision.Cancelled _ -> Optional.of("cancelled");
      case Decision.Unavailable _ -> Optional.of("unavailable");
      case Decision.Pending _ -> Optional.of("pending");
      case Decision.Expired _ -> Optional.of("expired");
    };
  }
}

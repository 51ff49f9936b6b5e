package hostperf.approval;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The dialogs that this process has open: at most one for a question, however often it is asked.
///
/// A dialog outlives the call that opened it. Its answer is stored when it comes, whether a call
/// still waits or not; it is closed when the question is answered elsewhere or expires.
public final class OpenDialogs {
  /// How often the folder is looked at for an answer from elsewhere.
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Map<String, CompletableFuture<ApprovalResult>> endings = new HashMap<>();

  /// How the question's dialog ends; it is opened where none is. Empty where the client has none.
  synchronized Optional<CompletableFuture<ApprovalResult>> ending(
      Approval approval, Approvals approvals, Approver approver) {
    var known = Optional.ofNullable(endings.get(approval.id()));
    return known.or(() -> approver.open(approval).map(d -> attended(d, approval, approvals)));
  }

  /// Called by whoever passes the ending on, so that the next call opens a dialog anew.
  synchronized void passedOn(Approval approval) {
    endings.remove(approval.id());
  }

  private CompletableFuture<ApprovalResult> attended(
      Dialog dialog, Approval approval, Approvals approvals) {
    var ending = new CompletableFuture<ApprovalResult>();
    endings.put(approval.id(), ending);
    Thread.ofVirtual()
        .name("dialog " + approval.id())
        .start(
            () -> {
              try {
                ending.complete(attend(dialog, approval, approvals));
              } catch (RuntimeException e) {
                dialog.close("its answer cannot be read or stored");
                ending.completeExceptionally(e);
              }
            });
    return ending;
  }

  private static ApprovalResult attend(Dialog dialog, Approval approval, Approvals approvals) {
    while (true) {
      try {
        return taken(
            approval, approvals, dialog.reply().get(LOOK.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException _) {
        var elsewhere = approvals.decision(approval);
        if (!(elsewhere instanceof ApprovalResult.Pending)) {
          dialog.close(
              elsewhere instanceof ApprovalResult.Expired
                  ? "it has expired"
                  : "it was answered elsewhere");
          return elsewhere;
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static ApprovalResult taken(Approval approval, Approvals approvals, Dialog.Reply reply) {
    return switch (reply.kind()) {
      case DECLINED -> new ApprovalResult.TurnedDown(approval.id(), reply.reason());
      case CANCELLED -> new ApprovalResult.Cancelled(approval.id(), reply.reason());
      case UNAVAILABLE -> new ApprovalResult.Unavailable(approval.id(), reply.reason());
      case YES, NO -> {
        if (approvals.decision(approval) instanceof ApprovalResult.Expired expired) {
          yield expired;
        }
        var _ =
            approvals.answer(
                new ApprovalResult.Answer(
                    approval.id(),
                    reply.kind() == Dialog.Reply.Kind.YES,
                    "elicitation",
                    "the person at the client",
                    approvals.now(),
                    reply.reason()));
        // The first answer stands, whichever that is.
        yield approvals.decision(approval);
      }
    };
  }
}

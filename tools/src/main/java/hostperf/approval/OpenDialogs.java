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
/// still waits or not; it is closed when the question is answered elsewhere or expires. One whose
/// client has gone is forgotten: the question stands, and the next call opens another.
public final class OpenDialogs {
  /// How often the folder is looked at for an answer from elsewhere.
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Map<String, Open> open = new HashMap<>();

  /// @param ending how it ends
  private record Open(Dialog dialog, CompletableFuture<ApprovalResult> ending) {
    boolean isLost() {
      return dialog.isLost() && !dialog.reply().isDone();
    }

    boolean canBeAskedAgain() {
      return dialog.isTakenAlong() && !dialog.reply().isDone();
    }
  }

  /// How the question's dialog ends; it is opened where none is. Empty where the client has none.
  synchronized Optional<CompletableFuture<ApprovalResult>> ending(
      Approval approval, Approvals approvals, Approver approver) {
    var known = Optional.ofNullable(open.get(approval.id())).filter(o -> !o.isLost());
    if (known.filter(o -> !o.canBeAskedAgain()).isPresent()) {
      return known.map(Open::ending);
    }
    var opened = approver.open(approval);
    if (opened.isEmpty()) {
      return known.map(Open::ending);
    }
    known.ifPresent(o -> o.dialog().close("it is asked again"));
    return Optional.of(attended(opened.get(), approval, approvals));
  }

  /// Called by whoever passes the ending on, so that the next call opens a dialog anew.
  synchronized void passedOn(Approval approval) {
    open.remove(approval.id());
  }

  private synchronized void forget(Approval approval, Open dialog) {
    open.remove(approval.id(), dialog);
  }

  private CompletableFuture<ApprovalResult> attended(
      Dialog dialog, Approval approval, Approvals approvals) {
    var ending = new CompletableFuture<ApprovalResult>();
    var attended = new Open(dialog, ending);
    open.put(approval.id(), attended);
    Thread.ofVirtual()
        .name("dialog " + approval.id())
        .start(
            () -> {
              try {
                var result = attend(dialog, approval, approvals);
                if (result instanceof ApprovalResult.Pending) {
                  forget(approval, attended);
                }
                ending.complete(result);
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
        if (dialog.isLost()) {
          dialog.close("nobody can answer it here any more");
          return new ApprovalResult.Pending(approval.id());
        }
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

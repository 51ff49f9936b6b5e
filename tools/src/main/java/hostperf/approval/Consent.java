package hostperf.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Gets a person's answer to a question, through the client's dialog or the command line, whichever
/// comes first.
public final class Consent {
  /// How often the folder is looked at for an answer.
  private static final Duration LOOK = Duration.ofMillis(150);

  /// A question so young was asked by this very call.
  private static final Duration NEW = Duration.ofSeconds(1);

  private final Approvals approvals;
  private final OpenDialogs dialogs;

  public Consent(Approvals approvals, OpenDialogs dialogs) {
    this.approvals = approvals;
    this.dialogs = dialogs;
  }

  /// Waits until then at most. Where the client has no dialogs, a new question is `Pending` at
  /// once: a person learns of it from that answer alone, and the next call waits. A dialog stays
  /// open beyond the call: its answer counts when this is called again. A yes is not used up by
  /// this: the caller does that when it acts. A no is passed on once, so that whoever asks again
  /// after it asks the person anew.
  public ApprovalResult obtain(Approval approval, Approver approver, Instant until) {
    var known = approvals.decision(approval);
    if (!(known instanceof ApprovalResult.Pending)) {
      return passedOn(approval, known);
    }
    var dialog = dialogs.ending(approval, approvals, approver);
    if (dialog.isEmpty() && approvals.now().isBefore(approval.asked().plus(NEW))) {
      return known;
    }
    while (true) {
      var decision = approvals.decision(approval);
      if (decision instanceof ApprovalResult.Pending
          && dialog.filter(CompletableFuture::isDone).isPresent()) {
        decision = ended(approval, dialog.get());
      }
      if (!(decision instanceof ApprovalResult.Pending)) {
        return passedOn(approval, decision);
      }
      if (!approvals.now().isBefore(until) || !pause()) {
        return decision;
      }
    }
  }

  private ApprovalResult ended(Approval approval, CompletableFuture<ApprovalResult> dialog) {
    try {
      return dialog.join();
    } catch (CompletionException e) {
      dialogs.passedOn(approval);
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private ApprovalResult passedOn(Approval approval, ApprovalResult decision) {
    dialogs.passedOn(approval);
    if (decision instanceof ApprovalResult.Declined) {
      var _ = approvals.use(approval.id());
    }
    return decision;
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
  public static Optional<String> refusal(ApprovalResult decision) {
    return switch (decision) {
      case ApprovalResult.Approved _ -> Optional.empty();
      case ApprovalResult.Declined _, ApprovalResult.TurnedDown _ -> Optional.of("declined");
      case ApprovalResult.Cancelled _ -> Optional.of("cancelled");
      case ApprovalResult.Unavailable _ -> Optional.of("unavailable");
      case ApprovalResult.Pending _ -> Optional.of("pending");
      case ApprovalResult.Expired _ -> Optional.of("expired");
    };
  }
}

package hostperf.run;

import hostperf.Refusal;
import hostperf.approval.Approval;
import hostperf.approval.ApprovalResult;
import hostperf.approval.Approvals;
import hostperf.approval.Consent;
import hostperf.job.Checkout;
import hostperf.journal.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The questions of a checkout, those of its runs included.
public final class Questions {
  /// A question and the folder that its answer belongs into.
  public record Question(Approval approval, Approvals folder) {
    /// `pending`, `approved`, `used`, `declined` or `expired`.
    public String state() {
      var state = Consent.refusal(folder.decision(approval)).orElse("approved");
      return state.equals("approved") && folder.isUsed(approval.id()) ? "used" : state;
    }

    /// Whether an answer to it can still have an effect.
    public boolean isOpen() {
      return !folder.isUsed(approval.id())
          && !(folder.decision(approval) instanceof ApprovalResult.Expired);
    }

    /// Stores a person's answer and returns the one that stands: the first. Refused where the
    /// question is too old.
    ///
    /// @param channel that it came through
    public ApprovalResult.Answer answer(boolean yes, String channel, String reason) {
      if (folder.decision(approval) instanceof ApprovalResult.Expired expired) {
        throw new Refusal(
            "Approval %s expired at %s.".formatted(approval.id(), expired.at()),
            "Let the agent make the call again; it asks again.");
      }
      var by = System.getProperty("user.name", "unknown");
      return folder.answer(
          new ApprovalResult.Answer(approval.id(), yes, channel, by, folder.now(), reason));
    }
  }

  private Questions() {}

  public static List<Question> of(Checkout checkout) {
    var folders = new ArrayList<Approvals>();
    folders.add(checkout.approvals(Optional.empty()));
    checkout.runs().all().stream()
        .map(Run::id)
        .forEach(id -> folders.add(checkout.approvals(Optional.of(id))));
    return folders.stream()
        .flatMap(folder -> folder.all().stream().map(a -> new Question(a, folder)))
        .toList();
  }

  /// The question with this id; an unknown one is refused with those that are open.
  public static Question named(Checkout checkout, String id) {
    var all = of(checkout);
    return all.stream()
        .filter(q -> q.approval().id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                Approvals.unknown(
                    id,
                    all.stream()
                        .filter(q -> q.state().equals("pending"))
                        .map(q -> q.approval().id())
                        .toList()));
  }
}

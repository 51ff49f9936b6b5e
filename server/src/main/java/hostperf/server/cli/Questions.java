package hostperf.server.cli;

import hostperf.approval.Approval;
import hostperf.approval.Approvals;
import hostperf.approval.Decision;
import hostperf.run.Checkout;
import hostperf.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The questions of a checkout, those of its runs included.
final class Questions {
  /// A question and the folder that its answer belongs into.
  record Question(Approval approval, Approvals folder) {
    /// `pending`, `approved`, `declined`, `expired` or `used`.
    String state() {
      if (folder.isUsed(approval.id())) {
        return "used";
      }
      return switch (folder.decision(approval)) {
        case Decision.Pending _ -> "pending";
        case Decision.Approved _ -> "approved";
        case Decision.Declined _ -> "declined";
        case Decision.Expired _ -> "expired";
        case Decision.Cancelled _ -> "cancelled";
        case Decision.Unavailable _ -> "unavailable";
      };
    }
  }

  private Questions() {}

  static List<Question> of(Checkout checkout) {
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
  static Question named(Checkout checkout, String id) {
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

package hostperf.doctor;

import hostperf.Refusal;
import hostperf.run.Checkout;
import hostperf.run.Recovery;
import hostperf.run.Run;
import java.util.ArrayList;
import java.util.List;

/// What runs have left in the checkout: work that a dead server left half done (put right at once,
/// where nobody owns the checkout), who owns it, journals that cannot be read.
final class RunsCheck {
  private final Checkout checkout;

  RunsCheck(Checkout checkout) {
    this.checkout = checkout;
  }

  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    var recovery = new Recovery(checkout);
    var leftovers = recovery.leftovers();
    try {
      recovery.recoverIfUnowned();
      var still = recovery.leftovers();
      leftovers.stream()
          .filter(l -> !still.contains(l))
          .forEach(l -> findings.add(Finding.ok("recovery", l + "; put right just now")));
      still.forEach(
          l ->
              findings.add(
                  Finding.warning(
                      "recovery", l, "The checkout's owner puts it right at its next call.")));
    } catch (Refusal refusal) {
      findings.add(Finding.missing("recovery", refusal.why(), refusal.next()));
    }
    findings.add(
        checkout
            .owner()
            .otherHolder()
            .map(o -> Finding.warning("owner", "the checkout is owned by " + o.who(), o.how()))
            .orElseGet(() -> Finding.ok("owner", "no other hostperf owns the checkout")));
    for (var reason : checkout.runs().unreadable()) {
      findings.add(Finding.warning("journal", reason, "The other runs are not touched by it."));
    }
    checkout.runs().all().stream()
        .filter(r -> r.openChange().isPresent())
        .map(RunsCheck::open)
        .forEach(findings::add);
    return findings;
  }

  private static Finding open(Run run) {
    return Finding.warning(
        "run",
        "%s has a patch that is not decided on (stage %s)".formatted(run.id(), run.stage().label()),
        "Go on with the run, or take the patch out with the tool `rollback`; until then no other run begins.");
  }
}

package hostperf.doctor;

import hostperf.job.Checkout;
import hostperf.journal.Run;
import hostperf.run.Recovery;
import java.util.ArrayList;
import java.util.List;

/// What runs have left in the checkout: work that a dead server left half done, who owns it, and
/// what is not believed. It only looks.
final class RunsCheck {
  private final Checkout checkout;

  RunsCheck(Checkout checkout) {
    this.checkout = checkout;
  }

  List<Check> checks() {
    var checks = new ArrayList<Check>();
    new Recovery(checkout)
        .leftovers()
        .forEach(l -> checks.add(Check.warning("recovery", l, Recovery.HEAL)));
    checks.add(
        checkout
            .owner()
            .otherHolder()
            .map(o -> Check.warning("owner", "the checkout is owned by " + o.who(), o.how()))
            .orElseGet(() -> Check.ok("owner", "no other hostperf owns the checkout")));
    checks.addAll(notBelieved());
    checkout.runs().all().stream()
        .filter(r -> r.openChange().isPresent())
        .map(RunsCheck::open)
        .forEach(checks::add);
    return checks;
  }

  private List<Check> notBelieved() {
    var fault = checkout.home().fault();
    if (fault.isPresent()) {
      return List.of(Check.missing(".hostperf", fault.get().why(), fault.get().next()));
    }
    return checkout.notBelieved().stream()
        .map(why -> Check.warning("journal", why, "Nothing else is touched by it."))
        .toList();
  }

  private static Check open(Run run) {
    return Check.warning(
        "run",
        "%s has a patch that is not decided on (stage %s)".formatted(run.id(), run.stage().label()),
        "Go on with the run, or take the patch out with the tool `rollback`; until then no other"
            + " run begins.");
  }
}

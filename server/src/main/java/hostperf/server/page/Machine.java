package hostperf.server.page;

import hostperf.job.Checkout;
import hostperf.report.Html;

/// What else this user's runs do on the machine, where a checkout has to wait for it.
final class Machine {
  private Machine() {}

  static void write(Checkout checkout, Html out) {
    var own = checkout.root().toString();
    if (checkout.machine().places().stream().anyMatch(p -> !p.checkout().equals(own))) {
      checkout.machine().notes().forEach(note -> out.sentence("p.soft", note));
    }
  }
}

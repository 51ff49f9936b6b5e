package hostperf.tool;

import hostperf.run.Checkout;
import hostperf.run.Recovery;

/// Puts a checkout right after a crash, once a process, before its first change.
final class Recovering {
  private final Checkout checkout;
  private boolean done;

  Recovering(Checkout checkout) {
    this.checkout = checkout;
  }

  /// Takes the checkout and recovers what an earlier process left half done.
  synchronized void recover() {
    checkout.owner().take();
    if (!done) {
      new Recovery(checkout).recover();
      done = true;
    }
  }
}

package hostperf.run;

import hostperf.job.Checkout;
import hostperf.job.Locking;
import hostperf.journal.Change;
import hostperf.journal.Changes;
import hostperf.journal.Run;
import hostperf.measure.Mode;
import hostperf.measure.swap.Swappability;
import hostperf.source.Modules;
import java.util.Optional;

/// Whether `validate` can measure a patch inside one launch, which the sources tell beforehand.
public final class OneLaunch {
  private final Checkout checkout;

  public OneLaunch(Checkout checkout) {
    this.checkout = checkout;
  }

  /// Why it needs many launches; absent where it does not, or where the configuration wants many.
  public Optional<String> objection(Run run, Change change) {
    var configuration = Locking.configuration(checkout, run);
    if (configuration.rules().measuring().how() == Mode.LAUNCHES
        || !configuration.points().isEmpty()) {
      return Optional.empty();
    }
    var modules = new Modules(checkout.sources());
    return Swappability.of(Changes.of(checkout.repository(), change), modules)
            instanceof Swappability.Unfit(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }
}

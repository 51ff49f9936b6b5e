package hostperf.run;

import hostperf.Refusal;
import hostperf.job.Checkout;
import hostperf.job.Locking;
import hostperf.journal.Change;
import hostperf.journal.Changes;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.measure.Mode;
import hostperf.measure.swap.Swappability;
import hostperf.run.sampling.KeptSamples;
import hostperf.source.Modules;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/// Whether `validate` can measure a patch inside one launch, which the sources tell beforehand.
public final class OneLaunch {
  private static final int LATEST = 4;

  private final Checkout checkout;

  public OneLaunch(Checkout checkout) {
    this.checkout = checkout;
  }

  /// What it takes where both versions cannot alternate in one launch.
  ///
  /// @param launches until the first look
  /// @param each seconds that the run's latest launches took; absent where none is known
  public record Many(String why, int launches, OptionalDouble each) {}

  /// Absent where it does not need many, or where the configuration wants many.
  public Optional<Many> objection(Run run, Change change) {
    var configuration = Locking.configuration(checkout, run);
    if (configuration.rules().measuring().how() == Mode.LAUNCHES
        || !configuration.points().isEmpty()) {
      return Optional.empty();
    }
    var modules = new Modules(checkout.sources());
    return Swappability.of(Changes.of(checkout.repository(), change), modules)
            instanceof Swappability.Unfit(String reason)
        ? Optional.of(
            new Many(
                reason, configuration.rules().measuring().tier().plan().launches(), seconds(run)))
        : Optional.empty();
  }

  /// The patch is in by now: a profile that cannot be read must not make the call fail.
  private OptionalDouble seconds(Run run) {
    try {
      var seconds = new KeptSamples(checkout.runs(), run.id()).seconds();
      if (seconds.length > 0) {
        return Arrays.stream(seconds).skip(Math.max(0, seconds.length - LATEST)).average();
      }
      return run.lastProfile()
          .map(new Stored(checkout.runs().folder(run.id()))::profile)
          .flatMap(profile -> profile.figures().plain())
          .map(plain -> OptionalDouble.of(plain.cost().seconds()))
          .orElse(OptionalDouble.empty());
    } catch (Refusal e) {
      return OptionalDouble.empty();
    }
  }
}

package hostperf.measure;

import java.util.Optional;

/// The part of a launch that the primary metric speaks of, the rest being start and end.
///
/// A profiled launch of the same code shows it: the profiler slows this part by a factor that the
/// metric itself gives, so what the launch takes longer is the part times that factor less one. A
/// workload that runs for a fixed time takes no longer, and so has no part to judge by.
///
/// @param wall share of the launch's duration, 0 to 1
/// @param processor share of its processor time; absent where it cannot be told
public record MeasuredPart(double wall, Optional<Double> processor) {
  /// Below it the difference that a profiler makes is of the size of the launches' own scatter.
  private static final double SLOWED = 1.5;

  /// Seconds that a profiler takes beside the part: its import in every process and the writing of
  /// reports. Launches that it lengthens by less say nothing.
  private static final double OWN = 1;

  /// A smaller part cannot be told from nothing.
  private static final double LEAST = 0.02;

  /// @param slowdown by the primary metric: profiled over plain time per unit of work
  /// @param profiledSeconds the time of the longest profiled function: a bound of the part where
  ///     the profiler itself is slow to start
  /// @return absent where the two launches do not show it
  public static Optional<MeasuredPart> of(
      LaunchCost plain, LaunchCost profiled, double slowdown, double profiledSeconds) {
    if (slowdown < SLOWED) {
      return Optional.empty();
    }
    double longer = (profiled.seconds() - plain.seconds() - OWN) / (slowdown - 1);
    double wall = Math.min(longer, profiledSeconds / slowdown) / plain.seconds();
    if (!(wall >= LEAST)) {
      return Optional.empty();
    }
    var processor =
        plain
            .processorSeconds()
            .flatMap(
                was ->
                    profiled.processorSeconds().map(is -> (is - was - OWN) / (slowdown - 1) / was))
            .filter(share -> share >= LEAST);
    return Optional.of(
        new MeasuredPart(Math.min(1, wall), processor.map(share -> Math.min(1, share))));
  }
}

package hostperf.measure;

import hostperf.host.Finished;
import java.util.Optional;

/// What one launch took.
///
/// @param seconds wall clock
/// @param processorSeconds of all its processes; absent where it cannot be told
public record LaunchCost(double seconds, Optional<Double> processorSeconds) {
  public static LaunchCost of(Finished launch) {
    return new LaunchCost(
        launch.duration().toMillis() / 1000.0,
        launch.processor().map(spent -> spent.toMillis() / 1000.0));
  }
}

package hostperf.catalog;

import java.util.Optional;

/// What the name of a step's range says.
///
/// @param engine whose range it is
/// @param named what tables call all ranges of this kind
/// @param rank its kind's place on the page: of several kinds, the first counts
/// @param counts the numbers in the name
public record StepRange(String engine, String named, int rank, Counts counts) {

  /// @param step number of the step
  /// @param contextRequests requests with prompt tokens
  /// @param generationRequests requests that generate
  public record Counts(
      Optional<Long> step, Optional<Long> contextRequests, Optional<Long> generationRequests) {}
}

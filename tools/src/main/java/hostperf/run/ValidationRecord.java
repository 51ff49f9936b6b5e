package hostperf.run;

import hostperf.measure.Judged;
import hostperf.measure.Sample;
import hostperf.measure.Validation;
import java.util.List;
import java.util.Optional;

/// A validation as a run keeps it.
///
/// @param judged the look that decided, of the primary metric; absent where the profile alone
///     rejected the patch
/// @param floor the size of the estimate that the same code against itself gave
/// @param forecast what was said before the launches
public record ValidationRecord(
    Validation validation,
    Optional<Judged> judged,
    List<Sample> samples,
    double floor,
    String forecast) {
  public ValidationRecord {
    samples = List.copyOf(samples);
  }
}

package hostperf.run;

import hostperf.measure.Sample;
import hostperf.measure.Validation;
import java.util.List;

/// A validation as a run keeps it.
///
/// @param p of the primary metric, for later tries at the same hotspot
/// @param floor the size of the estimate that the same code against itself gave
/// @param forecast what was said before the launches
public record ValidationRecord(
    Validation validation, List<Sample> samples, double p, double floor, String forecast) {
  public ValidationRecord {
    samples = List.copyOf(samples);
  }
}

package hostperf.journal;

import hostperf.measure.Mode;
import hostperf.measure.Sample;
import hostperf.measure.Tier;
import hostperf.measure.Validation;
import hostperf.verdict.Judged;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A validation as a run keeps it.
///
/// @param judged the look that decided, of the primary metric; absent where the profile alone
///     rejected the patch
/// @param floor the size of the estimate that the same code against itself gave
/// @param forecast what was said before the launches
/// @param way how the samples were taken
public record ValidationRecord(
    Validation validation,
    Optional<Judged> judged,
    List<Sample> samples,
    double floor,
    String forecast,
    Way way) {
  public ValidationRecord {
    samples = List.copyOf(samples);
    // Records that an earlier version wrote lack it.
    way = Objects.requireNonNullElse(way, Way.LAUNCHES);
  }

  /// @param why not by swap, or what a swap cannot see; empty where nobody asked
  /// @param more how many looks were added to those of the tier
  /// @param tier that the caller chose
  public record Way(Mode mode, String why, int more, Optional<Tier> tier) {
    public static final Way LAUNCHES = new Way(Mode.LAUNCHES, "", 0, Optional.empty());
  }
}

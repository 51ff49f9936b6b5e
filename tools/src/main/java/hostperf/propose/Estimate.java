package hostperf.propose;

import hostperf.catalog.PatternHead.Saves;
import hostperf.classify.Hotspot;
import hostperf.classify.Hotspot.Cost;

/// What a pattern would save at a hotspot, by the pattern's model.
///
/// @param calls of the function the hotspot stands in
/// @param collected share of the steps' time that collections took which began at the statement
/// @param inLoop whether the statement stands in a loop, so that its hits count the turns
record Estimate(Cost cost, double collected, long calls, boolean inLoop) {
  /// What is done twice at least and then once saves half at least: the turns of a comprehension
  /// inside a line, or read-backs in a row, do not show in the line's hits.
  private static final double OF_TWO_ONE = 0.5;

  /// What is too little to bother.
  ///
  /// @param share of the step, or of the profiled time
  record Floor(double share) {
    /// A quick comparison tells 1% (`measure.min_effect`); a fifth of that is lost in its noise.
    static final Floor STANDARD = new Floor(0.002);
  }

  /// @param most seconds that a hit can be spared, where the edit is known to take out no more
  Option.Savings savings(Saves saves, double most) {
    double bound = cost.hits() > 0 && cost.seconds() > 0 ? most * cost.hits() / cost.seconds() : 1;
    double part = Math.min(addressable(saves) * saves.part(), bound);
    return new Option.Savings(
        cost.time() * part, cost.share() * part, cost.whole().map(Hotspot.Whole::root));
  }

  /// The share of the hotspot's time that the pattern addresses.
  private double addressable(Saves saves) {
    double hits = (double) Math.max(1, cost.hits());
    return switch (saves.model()) {
      case SHARE -> 1;
      case COLLECTIONS -> cost.share() > 0 ? Math.min(1, collected / cost.share()) : 0;
      case ONCE_PER_CALL -> {
        double counted = 1 - Math.min(hits, (double) Math.max(1, calls)) / hits;
        yield inLoop ? counted : Math.max(counted, OF_TWO_ONE);
      }
      case ONCE_PER_PROCESS -> cost.hits() == 0 ? 1 : 1 - 1 / hits;
    };
  }
}

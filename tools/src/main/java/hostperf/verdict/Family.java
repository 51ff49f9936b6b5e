package hostperf.verdict;

import java.util.List;

/// Candidates that are tries at the same thing (all patches for one hotspot in a run, the same
/// diff again): the more tries, the more evidence each needs. Holm's method over the tries so
/// far, the new one among them.
///
/// A stored verdict is never revised, so k tries that change nothing are together accepted with
/// chance at most alpha/2 · (1 + 1/2 + … + 1/k), since only one side is a gain: for the four
/// options that a hotspot can have, 5.2% at alpha 5% before the effect asked for takes its share.
///
/// @param earlier the p of each earlier try
public record Family(List<Double> earlier) {
  public static final Family ALONE = new Family(List.of());

  public Family {
    earlier = List.copyOf(earlier);
  }

  public int size() {
    return earlier.size() + 1;
  }

  /// The level a new try with this p is judged at: Holm's step for its place among the sorted
  /// tries, or the strictest step when a try with a smaller p already failed at its own.
  double level(double alpha, double p) {
    var smaller = earlier.stream().filter(other -> other <= p).sorted().toList();
    for (int place = 0; place < smaller.size(); place++) {
      if (smaller.get(place) > alpha / (size() - place)) {
        return alpha / size();
      }
    }
    return alpha / (size() - smaller.size());
  }
}

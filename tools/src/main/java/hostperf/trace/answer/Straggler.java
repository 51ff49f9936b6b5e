package hostperf.trace.answer;

import java.util.List;

/// A process that holds the others up in more than 80% of the steps they share.
///
/// @param how `last to collectives` (it spends the least time inside them, since the others wait
///     there for it) or `longest step`
/// @param share of the shared steps, 0 to 1
/// @param steps how many steps were shared
/// @param doesMore what it spends more time on than the others' median, largest first
public record Straggler(
    long process, String trace, String how, double share, int steps, List<More> doesMore) {
  public Straggler {
    doesMore = List.copyOf(doesMore);
  }

  /// @param name a host operation, or `GPU work outside collectives`
  public record More(String name, double extraUsPerStep) {}
}

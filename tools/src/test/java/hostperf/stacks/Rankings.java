package hostperf.stacks;

import java.util.List;
import java.util.Map;

/// Rankings of one thread in which nothing stands out beside the shares.
public final class Rankings {
  private Rankings() {}

  /// @param own with libraries folded
  /// @param seconds of a hundred samples
  public static Ranking of(Root root, Shares shares, Shares own, double seconds) {
    return new Ranking(
        root, shares, own, seconds, 100, 1, 0, List.of(), 0, Map.of(), List.of(), Map.of(),
        List.of());
  }
}

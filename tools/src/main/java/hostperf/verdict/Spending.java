package hostperf.verdict;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How the chance of a wrong verdict is divided among the looks at a growing measurement, fixed
/// before the first.
///
/// Each look has a part of its own. The look that the plan is made for has 90%; those before it,
/// which only a large effect can end, and those after it share the rest, half each, or all of it
/// where there are none before. A look's part is the chance to be wrong there and not before: looks
/// have pairs in common, so one that is wrong mostly was wrong before, and the level of a late look
/// is several times its part.
///
/// @param main the look that the plan is made for, from 1
/// @param growth pairs that a look adds, over those of the first
public record Spending(int main, double growth) {
  public static final int MOST_LOOKS = 10;

  /// Two-sided, over all looks: 2% for a gain that is none.
  public static final double ALL = 0.04;

  private static final double MAIN = 0.9;
  private static final Map<Spending, List<Double>> LEVELS = new ConcurrentHashMap<>();

  /// Two-sided.
  ///
  /// @param look from 1
  double alpha(int look) {
    return 2 * LEVELS.computeIfAbsent(this, _ -> Walk.levels(parts(), growth)).get(look - 1);
  }

  /// One-sided.
  private double[] parts() {
    var parts = new double[MOST_LOOKS];
    int before = main - 1;
    double rest = before == 0 ? 1 - MAIN : (1 - MAIN) / 2;
    for (int look = 1; look <= MOST_LOOKS; look++) {
      double share = look == main ? MAIN : look < main ? rest / before : rest / (MOST_LOOKS - main);
      parts[look - 1] = ALL / 2 * share;
    }
    return parts;
  }
}

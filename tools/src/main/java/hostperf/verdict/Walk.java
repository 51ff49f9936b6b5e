package hostperf.verdict;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// The sum of pairs where nothing changed, look by look, as a random walk of normal steps that ends
/// where it crosses a look's bound. In units of the first look's standard deviation.
final class Walk {
  private static final double CELL = 0.02;

  /// Standard deviations beyond which nothing is.
  private static final double FAR = 8;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final double[] density;

  private Walk(double[] density) {
    this.density = density;
  }

  /// The one-sided level of each look at which the walk crosses there first with the given chance.
  ///
  /// @param growth variance that a look adds
  static List<Double> levels(double[] chances, double growth) {
    double end = FAR * Math.sqrt(1 + (chances.length - 1) * growth);
    int cells = (int) Math.ceil(end / CELL);
    var start = new double[2 * cells + 1];
    start[cells] = 1 / CELL;
    var walk = new Walk(start);
    var levels = new ArrayList<Double>();
    for (int look = 0; look < chances.length; look++) {
      walk = walk.step(look == 0 ? 1 : Math.sqrt(growth));
      double bound = walk.bound(chances[look]);
      levels.add(NORMAL.survivalProbability(bound / Math.sqrt(1 + look * growth)));
      walk = walk.below(bound);
    }
    return levels;
  }

  private Walk step(double deviation) {
    int reach = (int) Math.ceil(FAR * deviation / CELL);
    var kernel = new double[2 * reach + 1];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = NORMAL.density((i - reach) * CELL / deviation) * CELL / deviation;
    }
    var next = new double[density.length];
    for (int from = 0; from < density.length; from++) {
      if (density[from] > 0) {
        int last = Math.min(density.length - 1, from + reach);
        for (int to = Math.max(0, from - reach); to <= last; to++) {
          next[to] += density[from] * kernel[to - from + reach];
        }
      }
    }
    return new Walk(next);
  }

  /// Above which the walk is with this chance.
  private double bound(double chance) {
    double above = 0;
    int cell = density.length;
    while (above + density[cell - 1] * CELL < chance) {
      above += density[--cell] * CELL;
    }
    return edge(cell - 1) + CELL * (1 - (chance - above) / (density[cell - 1] * CELL));
  }

  private Walk below(double bound) {
    var rest = density.clone();
    for (int cell = 0; cell < rest.length; cell++) {
      rest[cell] *= Math.clamp((bound - edge(cell)) / CELL, 0, 1);
    }
    return new Walk(rest);
  }

  /// The lower edge of a cell.
  private double edge(int cell) {
    return (cell - density.length / 2 - 0.5) * CELL;
  }
}

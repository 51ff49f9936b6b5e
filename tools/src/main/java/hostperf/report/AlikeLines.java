package hostperf.report;

import java.util.ArrayList;
import java.util.List;

/// Which new line took the place of which old line, by what they have in common.
final class AlikeLines {
  /// Larger stretches are not compared: too many lines have something in common there.
  private static final int MOST_PAIRS = 1_000;

  private AlikeLines() {}

  /// @param before index of the old line
  record Twin(int before, int after) {}

  /// In the order of both; what they have in common adds up to the most.
  static List<Twin> of(List<String> old, List<String> now) {
    if (old.size() * now.size() > MOST_PAIRS) {
      return List.of();
    }
    var alike = new double[old.size()][now.size()];
    var best = new double[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        alike[i][j] = WordDiff.alike(old.get(i), now.get(j));
        best[i][j] =
            Math.max(best[i + 1][j + 1] + alike[i][j], Math.max(best[i + 1][j], best[i][j + 1]));
      }
    }
    var twins = new ArrayList<Twin>();
    int i = 0;
    int j = 0;
    while (i < old.size() && j < now.size()) {
      if (alike[i][j] > 0 && best[i][j] == best[i + 1][j + 1] + alike[i][j]) {
        twins.add(new Twin(i++, j++));
      } else if (best[i + 1][j] >= best[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    return twins;
  }
}

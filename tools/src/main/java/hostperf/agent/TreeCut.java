package hostperf.agent;

import hostperf.agent.Profiled.HiddenRow;
import hostperf.agent.Profiled.TreeRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A tree of functions cut down to the room there is: the smallest without callees go first.
record TreeCut(List<TreeRow> rows, Optional<HiddenRow> hidden) {
  TreeCut to(int most) {
    var left = new ArrayList<>(rows);
    var counted = hidden;
    while (left.size() > most) {
      int smallest = smallestLeaf(left);
      counted = Optional.of(with(counted, left.remove(smallest)));
    }
    return new TreeCut(List.copyOf(left), counted);
  }

  private static int smallestLeaf(List<TreeRow> rows) {
    return IntStream.range(0, rows.size())
        .filter(i -> i + 1 == rows.size() || rows.get(i + 1).depth() <= rows.get(i).depth())
        .boxed()
        .min(Comparator.comparingDouble(i -> rows.get(i).totalShare()))
        .orElseThrow();
  }

  private static HiddenRow with(Optional<HiddenRow> before, TreeRow row) {
    return new HiddenRow(
        before.map(HiddenRow::functions).orElse(0) + 1,
        before.map(HiddenRow::selfShare).orElse(0.0) + row.selfShare(),
        Math.max(before.map(HiddenRow::mostTotalShare).orElse(0.0), row.totalShare()));
  }
}

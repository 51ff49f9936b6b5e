package hostperf.trace.read;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// A stable merge sort in place that starts from the runs already there.
///
/// Exports are nearly ordered: one run a stream, a thread or a process, or a few rows that come
/// late. Neighbouring runs are merged only where they overlap, so an ordered table costs nothing
/// and a nearly ordered one little; the work is never more than rows times the logarithm of the
/// number of runs.
final class RunMerge {
  private final Rows rows;

  RunMerge(Rows rows) {
    this.rows = rows;
  }

  void run() {
    int[] bounds = rows.runs();
    while (bounds.length > 2) {
      bounds = mergePairs(bounds);
    }
    rows.markOrdered();
  }

  private int[] mergePairs(int[] bounds) {
    var merged = new int[bounds.length / 2 + 1];
    int count = 1;
    for (int i = 0; i + 1 < bounds.length; i += 2) {
      int end = bounds[Math.min(i + 2, bounds.length - 1)];
      merge(bounds[i], bounds[i + 1], end);
      merged[count++] = end;
    }
    return Arrays.copyOf(merged, count);
  }

  private void merge(int begin, int middle, int end) {
    if (middle == end) {
      return;
    }
    int at = first(begin, middle, i -> goesBefore(middle, i));
    int stop = first(middle, end, i -> !goesBefore(i, middle - 1));
    Rows left = rows.part(at, middle);
    int right = middle;
    for (int taken = 0; taken < left.size(); at++) {
      if (right < stop && rows.goesBefore(right, left.start(taken), left.end(taken))) {
        rows.put(at, rows, right++);
      } else {
        rows.put(at, left, taken++);
      }
    }
  }

  private boolean goesBefore(int i, int other) {
    return rows.goesBefore(i, rows.start(other), rows.end(other));
  }

  /// The first of a run's rows that is so; from there on all are.
  private static int first(int from, int to, IntPredicate isSo) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isSo.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}

package hostperf.trace;

import java.util.Arrays;

/// A stable merge sort of indices that starts from the runs already there.
///
/// Exports are nearly ordered: one run a stream, a thread or a process. The work is rows times the
/// logarithm of the number of runs, and an ordered table costs one pass.
final class RunMerge {
  /// Says whether the first index goes strictly before the second.
  interface Order {
    boolean before(int a, int b);
  }

  private final Order order;

  RunMerge(Order order) {
    this.order = order;
  }

  int[] order(int size) {
    var from = new int[size];
    Arrays.setAll(from, i -> i);
    int[] bounds = runs(size);
    var to = new int[size];
    while (bounds.length > 2) {
      bounds = mergePairs(from, to, bounds);
      int[] merged = to;
      to = from;
      from = merged;
    }
    return from;
  }

  private int[] runs(int size) {
    var bounds = new int[16];
    int count = 1;
    for (int i = 1; i <= size; i++) {
      if (i == size || order.before(i, i - 1)) {
        if (count == bounds.length) {
          bounds = Arrays.copyOf(bounds, count * 2);
        }
        bounds[count++] = i;
      }
    }
    return Arrays.copyOf(bounds, count);
  }

  private int[] mergePairs(int[] from, int[] to, int[] bounds) {
    var merged = new int[bounds.length / 2 + 1];
    int count = 1;
    for (int i = 0; i + 1 < bounds.length; i += 2) {
      int middle = bounds[i + 1];
      int end = i + 2 < bounds.length ? bounds[i + 2] : middle;
      merge(from, to, bounds[i], middle, end);
      merged[count++] = end;
    }
    return Arrays.copyOf(merged, count);
  }

  private void merge(int[] from, int[] to, int begin, int middle, int end) {
    int left = begin;
    int right = middle;
    for (int i = begin; i < end; i++) {
      boolean takeRight = left == middle || (right < end && order.before(from[right], from[left]));
      to[i] = from[takeRight ? right++ : left++];
    }
  }
}

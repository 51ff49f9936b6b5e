package hostperf.trace;

import java.util.Arrays;

/// Disjoint intervals in ascending order, with the time covered up to each, so that "how much of
/// this stretch is covered" takes one binary search an end.
final class Intervals {
  private final long[] starts;
  private final long[] ends;
  private final long[] before;

  private Intervals(long[] starts, long[] ends, long[] before) {
    this.starts = starts;
    this.ends = ends;
    this.before = before;
  }

  int size() {
    return starts.length;
  }

  long start(int i) {
    return starts[i];
  }

  long end(int i) {
    return ends[i];
  }

  /// Covered time within `[from, to)`.
  long covered(long from, long to) {
    return from >= to ? 0 : coveredUpTo(to) - coveredUpTo(from);
  }

  private long coveredUpTo(long time) {
    int found = Arrays.binarySearch(starts, time);
    int i = found >= 0 ? found : -found - 2;
    return i < 0 ? 0 : before[i] + Math.min(time, ends[i]) - starts[i];
  }

  /// Unites intervals that come ordered by start, clipped to a window.
  static final class Union {
    private final long from;
    private final long to;
    private long[] starts = new long[1024];
    private long[] ends = new long[1024];
    private int size;

    Union(long from, long to) {
      this.from = from;
      this.to = to;
    }

    void add(long start, long end) {
      long clippedStart = Math.max(start, from);
      long clippedEnd = Math.min(end, to);
      if (clippedStart >= clippedEnd) {
        return;
      }
      if (size > 0 && clippedStart <= ends[size - 1]) {
        ends[size - 1] = Math.max(ends[size - 1], clippedEnd);
        return;
      }
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, size + size / 2);
        ends = Arrays.copyOf(ends, size + size / 2);
      }
      starts[size] = clippedStart;
      ends[size] = clippedEnd;
      size++;
    }

    Intervals intervals() {
      var before = new long[size];
      long sum = 0;
      for (int i = 0; i < size; i++) {
        before[i] = sum;
        sum += ends[i] - starts[i];
      }
      return new Intervals(Arrays.copyOf(starts, size), Arrays.copyOf(ends, size), before);
    }
  }
}

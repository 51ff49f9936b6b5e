package hostperf.trace.timeline;

import java.util.Arrays;

/// How long the GPU was active up to each of the instants that are asked about.
///
/// A trace has millions of kernels and far fewer instants at which a range or a step begins or
/// ends, so these are told beforehand and only their sums are kept.
final class ActiveTime implements Union.Sink {
  private final long[] instants;
  private final long[] before;
  private int next;
  private long sum;

  /// @param instants those asked about, in any order
  ActiveTime(long[] instants) {
    this.instants = instants.clone();
    Arrays.sort(this.instants);
    this.before = new long[instants.length];
  }

  /// Takes intervals of activity, which are disjoint and come in order.
  @Override
  public void take(long start, long end) {
    passTo(end, start);
    sum += end - start;
  }

  /// Settles the instants up to `end`, activity having gone on since `start`.
  private void passTo(long end, long start) {
    while (next < instants.length && instants[next] <= end) {
      before[next] = sum + Math.max(0, instants[next] - start);
      next++;
    }
  }

  /// Settles the instants after the last activity.
  void finish() {
    passTo(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /// Active time within `[from, to)`, both told beforehand.
  long within(long from, long to) {
    return upTo(to) - upTo(from);
  }

  private long upTo(long instant) {
    int found = Arrays.binarySearch(instants, instant);
    if (found < 0) {
      throw new IllegalArgumentException(instant + " was not among the instants");
    }
    return before[found];
  }
}

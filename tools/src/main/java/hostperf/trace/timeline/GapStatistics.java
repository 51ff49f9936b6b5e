package hostperf.trace.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Gaps between the end of a piece of GPU work and the start of the next on the same stream.
///
/// Work that overlaps its predecessor has no gap.
public final class GapStatistics {
  /// Lower ends of the buckets in nanoseconds, their names and what fills such gaps as a rule.
  private static final long[] FROM = {
    0, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000
  };

  private static final String[] RANGES = {
    "<1 us",
    "1-5 us",
    "5-10 us",
    "10-50 us",
    "50-100 us",
    "100-500 us",
    "0.5-1 ms",
    "1-5 ms",
    ">5 ms"
  };

  private static final String[] CAUSES = {
    "back to back: the queue was full or a graph replayed",
    "hardware launch latency",
    "launch rate: the host enqueues about as fast as the GPU runs",
    "eager launching: framework dispatch between kernels",
    "Python between launches, or allocation",
    "host work between layers or phases, or a short wait for the device",
    "host preparation or sampling between steps",
    "host work of a step, a synchronising read-back, or garbage collection",
    "no request to schedule, a long garbage collection, or another rank that is late"
  };

  /// Shorter gaps, which almost all are, are counted by their length; the others are kept.
  private static final int SHORT = 1 << 16;

  private final long[] counts = new long[FROM.length];
  private final long[] totals = new long[FROM.length];

  private final long[] shortGaps = new long[SHORT];
  private long[] longGaps = new long[16];
  private int longCount;
  private long size;

  void add(long nanos) {
    int bucket = FROM.length - 1;
    while (nanos < FROM[bucket]) {
      bucket--;
    }
    counts[bucket]++;
    totals[bucket] += nanos;
    size++;
    if (nanos < SHORT) {
      shortGaps[(int) nanos]++;
      return;
    }
    if (longCount == longGaps.length) {
      longGaps = Arrays.copyOf(longGaps, 2 * longCount);
    }
    longGaps[longCount++] = nanos;
  }

  public List<GapBucket> buckets() {
    var buckets = new ArrayList<GapBucket>();
    for (int i = 0; i < FROM.length; i++) {
      buckets.add(new GapBucket(RANGES[i], counts[i], totals[i] / 1e3, CAUSES[i]));
    }
    return buckets;
  }

  /// The median, exactly: of an even number of gaps, the lower of the two in the middle.
  public Optional<Double> medianUs() {
    if (size == 0) {
      return Optional.empty();
    }
    long rank = (size - 1) / 2;
    for (int nanos = 0; nanos < SHORT; nanos++) {
      if (rank < shortGaps[nanos]) {
        return Optional.of(nanos / 1e3);
      }
      rank -= shortGaps[nanos];
    }
    long[] sorted = Arrays.copyOf(longGaps, longCount);
    Arrays.sort(sorted);
    return Optional.of(Math.min(sorted[(int) rank], Integer.MAX_VALUE) / 1e3);
  }
}

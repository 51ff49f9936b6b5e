package hostperf.trace.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

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

  private static final int BLOCK = 1 << 12;

  private final long[] counts = new long[FROM.length];
  private final long[] totals = new long[FROM.length];

  /// All gaps, in blocks, so that nothing is copied while more come.
  private final List<int[]> gaps = new ArrayList<>();

  private long size;

  void add(long nanos) {
    int bucket = FROM.length - 1;
    while (nanos < FROM[bucket]) {
      bucket--;
    }
    counts[bucket]++;
    totals[bucket] += nanos;
    int at = (int) (size++ % BLOCK);
    if (at == 0) {
      gaps.add(new int[BLOCK]);
    }
    gaps.getLast()[at] = (int) Math.min(nanos, Integer.MAX_VALUE);
  }

  public List<GapBucket> buckets() {
    var buckets = new ArrayList<GapBucket>();
    for (int i = 0; i < FROM.length; i++) {
      buckets.add(new GapBucket(RANGES[i], counts[i], totals[i] / 1e3, CAUSES[i]));
    }
    return buckets;
  }

  /// The median, exactly: of an even number of gaps, the lower of the two in the middle. Counts by
  /// the upper half of the bits, then by the lower, which takes two passes and no sorting.
  public Optional<Double> medianUs() {
    if (size == 0) {
      return Optional.empty();
    }
    long rank = (size - 1) / 2;
    var upper = new long[1 << 15];
    forEach(gap -> upper[gap >> 16]++);
    int high = 0;
    while (rank >= upper[high]) {
      rank -= upper[high++];
    }
    int half = high;
    var lower = new long[1 << 16];
    forEach(
        gap -> {
          if (gap >> 16 == half) {
            lower[gap & 0xFFFF]++;
          }
        });
    int low = 0;
    while (rank >= lower[low]) {
      rank -= lower[low++];
    }
    return Optional.of((((long) high << 16) + low) / 1e3);
  }

  private void forEach(IntConsumer sink) {
    long left = size;
    for (int[] block : gaps) {
      for (int i = 0; i < Math.min(left, BLOCK); i++) {
        sink.accept(block[i]);
      }
      left -= BLOCK;
    }
  }
}

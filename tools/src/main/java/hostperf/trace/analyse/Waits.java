package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.CallDetail;
import hostperf.trace.read.Trace;
import java.util.Arrays;

/// The calls of each thread in which the host waited for the device, in order and disjoint.
final class Waits {
  /// Takes the pieces of a stretch: `name` is the number of the call's name, or -1 outside waits.
  interface Pieces {
    void take(int name, long from, long to);
  }

  private static final class OfThread {
    private long[] starts = new long[64];
    private long[] ends = new long[64];
    private int[] names = new int[64];
    private int size;

    private void add(long start, long end, int name) {
      // A runtime call may be recorded together with the driver call inside it.
      long from = size == 0 ? start : Math.max(start, ends[size - 1]);
      if (from >= end) {
        return;
      }
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, size * 2);
        ends = Arrays.copyOf(ends, size * 2);
        names = Arrays.copyOf(names, size * 2);
      }
      starts[size] = from;
      ends[size] = end;
      names[size++] = name;
    }

    /// The first wait that ends behind an instant.
    private int after(long time) {
      int low = 0;
      int high = size;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (ends[middle] > time) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }
  }

  private final OfThread[] threads;

  Waits(Trace trace) {
    threads = new OfThread[trace.places().threads().size()];
    Arrays.setAll(threads, _ -> new OfThread());
    var kinds = new int[trace.names().size()];
    for (int name = 0; name < kinds.length; name++) {
      String call = trace.names().get(name);
      kinds[name] = ApiCall.of(call) == ApiCall.WAIT ? 2 : ApiCall.mayBlock(call) ? 1 : 0;
    }
    trace
        .calls()
        .forEach(
            (start, end, name, thread) -> {
              if (kinds[name] == 2 || (kinds[name] == 1 && end - start >= CallDetail.LONG_NS)) {
                threads[thread].add(start, end, name);
              }
            });
  }

  /// Cuts a stretch of a thread's time into waits and the rest.
  void cut(int thread, long from, long to, Pieces pieces) {
    long at = from;
    if (thread >= 0) {
      OfThread waits = threads[thread];
      for (int i = waits.after(from); i < waits.size && waits.starts[i] < to; i++) {
        if (waits.starts[i] > at) {
          pieces.take(-1, at, waits.starts[i]);
          at = waits.starts[i];
        }
        long end = Math.min(waits.ends[i], to);
        pieces.take(waits.names[i], at, end);
        at = end;
      }
    }
    if (at < to) {
      pieces.take(-1, at, to);
    }
  }
}

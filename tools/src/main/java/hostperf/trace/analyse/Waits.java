package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.CallDetail;
import hostperf.trace.read.Events;
import hostperf.trace.read.Rows;
import hostperf.trace.read.Trace;
import java.util.Arrays;

/// The calls of each thread in which the host waited for the device, in order and disjoint.
final class Waits {
  /// Takes the pieces of a stretch: `name` is the number of the call's name, or -1 outside waits.
  interface Pieces {
    void take(int name, long from, long to);
  }

  /// The waits of one thread, as rows of the calls.
  private final class OfThread {
    private int[] rows = new int[64];
    private int size;

    /// Where the last search ended, since stretches mostly come in order: the first wait that ends
    /// behind an instant, its bounds, and when the one before it ends.
    private int near = -1;

    private long nearStart;
    private long nearEnd = Long.MIN_VALUE;
    private long endBefore = Long.MIN_VALUE;

    private void add(int row) {
      // A runtime call may be recorded together with the driver call inside it.
      if (size > 0 && calls.end(row) <= end(size - 1)) {
        return;
      }
      if (size == rows.length) {
        rows = Arrays.copyOf(rows, size + size / 2);
      }
      rows[size++] = row;
    }

    private long start(int wait) {
      long start = calls.start(rows[wait]);
      return wait == 0 ? start : Math.max(start, end(wait - 1));
    }

    private long end(int wait) {
      return calls.end(rows[wait]);
    }

    private int name(int wait) {
      return calls.name(rows[wait]);
    }

    /// The first wait that ends behind an instant.
    private int after(long time) {
      if (time < endBefore) {
        goTo(search(time));
      }
      while (time >= nearEnd) {
        goTo(near + 1);
      }
      return near;
    }

    private void goTo(int wait) {
      near = wait;
      endBefore = wait == 0 ? Long.MIN_VALUE : end(wait - 1);
      nearStart = wait < size ? start(wait) : Long.MAX_VALUE;
      nearEnd = wait < size ? end(wait) : Long.MAX_VALUE;
    }

    private int search(long time) {
      int low = 0;
      int high = size;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (end(middle) > time) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }
  }

  private final Events calls;
  private final OfThread[] threads;

  Waits(Trace trace) {
    calls = trace.calls();
    threads = new OfThread[trace.places().threads().size()];
    Arrays.setAll(threads, _ -> new OfThread());
    var kinds = new int[trace.names().size()];
    for (int name = 0; name < kinds.length; name++) {
      String call = trace.names().get(name);
      kinds[name] = ApiCall.of(call) == ApiCall.WAIT ? 2 : ApiCall.mayBlock(call) ? 1 : 0;
    }
    calls.forEach(
        new Rows.Sink() {
          private int row;

          @Override
          public void take(long start, long end, int name, int thread) {
            int kind = kinds[name];
            boolean isWait = kind == 2 || (kind == 1 && end - start >= CallDetail.LONG_NS);
            // One that takes no time is none.
            if (isWait && end > start) {
              threads[thread].add(row);
            }
            row++;
          }
        });
  }

  /// Whether the thread waits at no time of a stretch.
  boolean isFree(int thread, long from, long to) {
    if (thread < 0) {
      return true;
    }
    OfThread waits = threads[thread];
    waits.after(from);
    return waits.nearStart >= to;
  }

  /// Cuts a stretch of a thread's time into waits and the rest.
  void cut(int thread, long from, long to, Pieces pieces) {
    long at = from;
    if (thread >= 0) {
      OfThread waits = threads[thread];
      for (int i = waits.after(from); i < waits.size && waits.start(i) < to; i++) {
        long start = waits.start(i);
        if (start > at) {
          pieces.take(-1, at, start);
          at = start;
        }
        long end = Math.min(waits.end(i), to);
        pieces.take(waits.name(i), at, end);
        at = end;
      }
    }
    if (at < to) {
      pieces.take(-1, at, to);
    }
  }
}

package hostperf.trace.analyse;

import hostperf.trace.read.Events;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// Says which nested row of a thread is innermost, for stretches that come in order.
final class Innermost {
  /// Takes the pieces of a stretch: `name` is that of the innermost row, or -1 outside all, and
  /// `around` that of the row around it.
  interface Pieces {
    void take(int name, int around, long from, long to);
  }

  /// The rows of one thread, in order, and those that are open now.
  private static final class OfThread {
    private int[] rows = new int[16];
    private int size;
    private int next;
    private int[] open = new int[16];
    private int depth;
    private long reached = Long.MIN_VALUE;

    /// What is innermost since the last look, and until when that is so.
    private int name = -1;

    private int around = -1;
    private long until = Long.MIN_VALUE;

    private void add(int row) {
      if (size == rows.length) {
        rows = Arrays.copyOf(rows, size * 2);
      }
      rows[size++] = row;
    }

    private void push(int row) {
      if (depth == open.length) {
        open = Arrays.copyOf(open, depth * 2);
      }
      open[depth++] = row;
    }
  }

  private final Events events;
  private final List<OfThread> threads = new ArrayList<>();

  /// @param wanted which names count; rows of others are passed over
  Innermost(Events events, int threadCount, IntPredicate wanted) {
    this.events = events;
    for (int i = 0; i < threadCount; i++) {
      threads.add(new OfThread());
    }
    for (int i = 0; i < events.size(); i++) {
      if (wanted.test(events.name(i))) {
        threads.get(events.place(i)).add(i);
      }
    }
  }

  private static final OfThread UNKNOWN = new OfThread();

  private OfThread last = UNKNOWN;

  /// Whether one row, or none, is innermost all through a stretch; then `name` is its. Cheaper than
  /// cutting.
  ///
  /// @param from as for `cut`
  boolean isOne(int thread, long from, long to) {
    last = at(thread, from);
    return last == UNKNOWN || last.until >= to;
  }

  int name() {
    return last.name;
  }

  /// What is known of a thread at an instant.
  private OfThread at(int thread, long from) {
    OfThread own = thread < 0 ? UNKNOWN : threads.get(thread);
    if (thread < 0 || from < own.reached) {
      return UNKNOWN;
    }
    own.reached = from;
    advance(own, from);
    return own;
  }

  /// Opens and closes rows up to an instant.
  private void advance(OfThread own, long at) {
    if (at < own.until) {
      return;
    }
    while (own.next < own.size && events.start(own.rows[own.next]) <= at) {
      own.push(own.rows[own.next++]);
    }
    while (own.depth > 0 && events.end(own.open[own.depth - 1]) <= at) {
      own.depth--;
    }
    own.name = -1;
    own.around = -1;
    own.until = own.next < own.size ? events.start(own.rows[own.next]) : Long.MAX_VALUE;
    if (own.depth > 0) {
      int row = own.open[own.depth - 1];
      own.name = events.name(row);
      own.around = own.depth > 1 ? events.name(own.open[own.depth - 2]) : -1;
      own.until = Math.min(own.until, events.end(row));
    }
  }

  /// @param from not before the start of the stretch before, of the same thread: else nothing is
  ///     known of it
  void cut(int thread, long from, long to, Pieces pieces) {
    OfThread own = at(thread, from);
    if (own == UNKNOWN) {
      pieces.take(-1, -1, from, to);
      return;
    }
    long at = from;
    while (at < to) {
      advance(own, at);
      long until = Math.min(own.until, to);
      pieces.take(own.name, own.around, at, until);
      at = until;
    }
  }
}

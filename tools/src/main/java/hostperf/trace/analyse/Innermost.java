package hostperf.trace.analyse;

import hostperf.trace.read.Events;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// Says which nested row of a thread is innermost, for instants that come in order.
final class Innermost {
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

  private static final OfThread UNKNOWN = new OfThread();

  private final Events events;
  private OfThread last = UNKNOWN;
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

  /// Goes to an instant; says until when what is innermost stays so.
  ///
  /// @param instant not before the last one of the same thread: else nothing is known of it
  long at(int thread, long instant) {
    last = thread < 0 ? UNKNOWN : threads.get(thread);
    if (instant < last.reached) {
      last = UNKNOWN;
    }
    if (last == UNKNOWN) {
      return Long.MAX_VALUE;
    }
    last.reached = instant;
    advance(last, instant);
    return last.until;
  }

  /// The number of the name of the innermost row, or -1 outside all.
  int name() {
    return last.name;
  }

  /// The same of the row around it.
  int around() {
    return last.around;
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
}

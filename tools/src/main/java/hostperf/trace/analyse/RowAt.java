package hostperf.trace.analyse;

import hostperf.trace.read.Events;
import java.util.Arrays;

/// Says which of some rows an instant lies in, for instants that come in order. Where rows overlap,
/// it is the first of them.
final class RowAt {
  private final Events events;
  private int[] rows = new int[16];
  private int size;
  private long latestEnd = Long.MIN_VALUE;
  private int next = -1;

  /// Of the next row.
  private long start;

  private long end = Long.MIN_VALUE;

  RowAt(Events events) {
    this.events = events;
  }

  /// @param row not before the last one
  void add(int row) {
    // One inside another, such as a driver call in that of the runtime, is never the first.
    if (events.end(row) <= latestEnd) {
      return;
    }
    latestEnd = events.end(row);
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, size + size / 2);
    }
    rows[size++] = row;
  }

  /// The row, or -1.
  int at(long instant) {
    while (end <= instant) {
      next++;
      start = next < size ? events.start(rows[next]) : Long.MAX_VALUE;
      end = next < size ? events.end(rows[next]) : Long.MAX_VALUE;
    }
    return start <= instant ? rows[next] : -1;
  }

  /// Until when it is that row, or none.
  ///
  /// @param instant the last one asked for
  long until(long instant) {
    return start <= instant ? end : start;
  }
}

package hostperf.trace.analyse;

/// Unites intervals that come ordered by start, clipped to a window, and hands them on as soon as
/// they are complete: disjoint, ascending, none empty.
final class Union {
  interface Sink {
    void take(long start, long end);
  }

  private final long to;
  private final Sink sink;
  private long start;
  private long end;

  Union(long from, long to, Sink sink) {
    this.to = to;
    this.sink = sink;
    this.start = from;
    this.end = from;
  }

  /// Until when the intervals so far reach.
  long end() {
    return end;
  }

  void add(long start, long end) {
    long clippedEnd = Math.min(end, to);
    if (start <= this.end) {
      this.end = Math.max(this.end, clippedEnd);
    } else if (start < clippedEnd) {
      finish();
      this.start = start;
      this.end = clippedEnd;
    }
  }

  /// Hands on what is left.
  void finish() {
    if (start < end) {
      sink.take(start, end);
    }
    start = end;
  }
}

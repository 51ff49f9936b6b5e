package hostperf.trace.timeline;

/// Unites intervals that come ordered by start, clipped to a window, and hands them on as soon as
/// they are complete: disjoint, ascending, none empty.
public final class Union {
  public interface Sink {
    void take(long start, long end);
  }

  private final long to;
  private final Sink sink;
  private long start;
  private long end;

  public Union(long from, long to, Sink sink) {
    this.to = to;
    this.sink = sink;
    this.start = from;
    this.end = from;
  }

  public void add(long start, long end) {
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
  public void finish() {
    if (start < end) {
      sink.take(start, end);
    }
    start = end;
  }
}

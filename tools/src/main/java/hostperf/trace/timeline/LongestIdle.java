package hostperf.trace.timeline;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The longest stretches between intervals of activity, in a window.
public final class LongestIdle implements Union.Sink {
  private static final int KEPT = 10;

  public record Stretch(long start, long end) {
    long length() {
      return end - start;
    }
  }

  private final PriorityQueue<Stretch> kept =
      new PriorityQueue<>(Comparator.comparingLong(Stretch::length));
  private final long to;
  private long since;

  LongestIdle(long from, long to) {
    this.since = from;
    this.to = to;
  }

  /// Takes intervals of activity, which are disjoint and come in order.
  @Override
  public void take(long start, long end) {
    consider(since, start);
    since = end;
  }

  /// Ends the last stretch with the window.
  void finish() {
    consider(since, to);
  }

  private void consider(long start, long end) {
    boolean isLong = kept.size() < KEPT || end - start > kept.element().length();
    if (end > start && isLong) {
      kept.add(new Stretch(start, end));
      if (kept.size() > KEPT) {
        kept.remove();
      }
    }
  }

  /// The longest first.
  List<Stretch> list() {
    return kept.stream().sorted(Comparator.comparingLong(Stretch::length).reversed()).toList();
  }
}

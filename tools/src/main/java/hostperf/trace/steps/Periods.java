package hostperf.trace.steps;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// The window of a process, cut into the periods of its steps.
///
/// A period runs from the start of a step to the start of the next, so the periods lie end to end
/// and every instant of the window belongs to one. Without steps the whole window is one period.
public final class Periods {
  private final long[] bounds;
  private final List<Step> steps;

  private Periods(long[] bounds, List<Step> steps) {
    this.bounds = bounds;
    this.steps = List.copyOf(steps);
  }

  /// Leaves out the first `warmup` steps and the last, whose period has no end. Empty when nothing
  /// is left.
  ///
  /// @param steps in the order of their starts
  public static Optional<Periods> of(List<Step> steps, int warmup) {
    if (steps.size() < warmup + 2L) {
      return Optional.empty();
    }
    var bounds = steps.stream().skip(warmup).mapToLong(Step::start).toArray();
    return Optional.of(new Periods(bounds, steps.subList(warmup, steps.size() - 1)));
  }

  /// The same of steps of which the last has an end.
  public static Optional<Periods> of(List<Step> steps, int warmup, long end) {
    if (steps.size() < warmup + 1L) {
      return Optional.empty();
    }
    List<Step> kept = steps.subList(warmup, steps.size());
    var bounds =
        LongStream.concat(kept.stream().mapToLong(Step::start), LongStream.of(end)).toArray();
    return Optional.of(new Periods(bounds, kept));
  }

  public static Periods withoutSteps(long from, long to) {
    return new Periods(new long[] {from, to}, List.of());
  }

  public int count() {
    return bounds.length - 1;
  }

  public long from() {
    return bounds[0];
  }

  public long to() {
    return bounds[bounds.length - 1];
  }

  public long length(int period) {
    return bounds[period + 1] - bounds[period];
  }

  public long start(int period) {
    return bounds[period];
  }

  public long end(int period) {
    return bounds[period + 1];
  }

  /// The start of every period, and the end of the last.
  public LongStream bounds() {
    return Arrays.stream(bounds);
  }

  /// The step whose period it is; absent without steps.
  public Optional<Step> step(int period) {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(period));
  }

  public boolean hasSteps() {
    return !steps.isEmpty();
  }

  public boolean contains(long time) {
    return time >= from() && time < to();
  }

  /// The period that holds an instant of the window.
  public int at(long time) {
    int found = Arrays.binarySearch(bounds, time);
    if (found < 0) {
      return -found - 2;
    }
    // Steps that start together leave empty periods; the instant belongs to the last of them.
    while (found + 1 < bounds.length && bounds[found + 1] == time) {
      found++;
    }
    return found;
  }

  /// Takes the pieces of a stretch that spans periods.
  public interface Pieces {
    void take(int period, long from, long to);
  }

  /// Cuts a stretch, clipped to the window, at the bounds of the periods.
  public void cut(long start, long end, Pieces pieces) {
    long at = Math.max(start, from());
    long stop = Math.min(end, to());
    for (int period = at < stop ? at(at) : count(); at < stop; period++) {
      long until = Math.min(stop, bounds[period + 1]);
      pieces.take(period, at, until);
      at = until;
    }
  }

  /// Finds the periods of instants that come in order, without searching.
  public final class Cursor {
    private int period;

    /// @param time an instant of the window, not before the last one asked for
    public int at(long time) {
      while (bounds[period + 1] <= time) {
        period++;
      }
      return period;
    }
  }

  /// Adds time to the periods it falls into. Cheap for stretches that come in order.
  public final class Spread {
    private final long[] perPeriod = new long[count()];
    private int last;

    public void add(long start, long end) {
      if (start >= bounds[last] && end <= bounds[last + 1]) {
        perPeriod[last] += Math.max(0, end - start);
        return;
      }
      long at = Math.max(start, from());
      long stop = Math.min(end, to());
      if (at >= stop) {
        return;
      }
      int period = bounds[last] <= at && at < bounds[last + 1] ? last : Periods.this.at(at);
      while (at < stop) {
        long until = Math.min(stop, bounds[period + 1]);
        perPeriod[period] += until - at;
        at = until;
        last = period;
        period++;
      }
    }

    public void addTo(int period, long nanos) {
      perPeriod[period] += nanos;
    }

    public long in(int period) {
      return perPeriod[period];
    }
  }
}

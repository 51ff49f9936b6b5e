package hostperf.trace;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Timed rows of one kind, ordered by start; at equal starts the longer one first.
///
/// Columns, since a trace has millions of rows: start and end in nanoseconds, and two small
/// numbers whose meaning the owner keeps (a name, and a track or thread).
final class Events {
  private final long[] starts;
  private final long[] ends;
  private final int[] names;
  private final int[] places;

  private Events(long[] starts, long[] ends, int[] names, int[] places) {
    this.starts = starts;
    this.ends = ends;
    this.names = names;
    this.places = places;
  }

  static Events none() {
    return of(List.of(new Builder()));
  }

  int size() {
    return starts.length;
  }

  long start(int i) {
    return starts[i];
  }

  long end(int i) {
    return ends[i];
  }

  int name(int i) {
    return names[i];
  }

  int place(int i) {
    return places[i];
  }

  /// Joins the parts and empties them, so that at most one part is held twice.
  static Events of(List<Builder> parts) {
    int size = Math.toIntExact(parts.stream().mapToLong(b -> b.size).sum());
    var all = new Events(new long[size], new long[size], new int[size], new int[size]);
    int at = 0;
    for (Builder part : parts) {
      at = part.moveTo(all, at);
    }
    return all.isOrdered() ? all : all.ordered();
  }

  private boolean isOrdered() {
    for (int i = 1; i < starts.length; i++) {
      if (before(i, i - 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean before(int a, int b) {
    return starts[a] < starts[b] || (starts[a] == starts[b] && ends[a] > ends[b]);
  }

  private Events ordered() {
    int[] order = new RunMerge(this::before).order(starts.length);
    return new Events(
        pick(starts, order), pick(ends, order), pick(names, order), pick(places, order));
  }

  private static long[] pick(long[] from, int[] order) {
    var picked = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      picked[i] = from[order[i]];
    }
    return picked;
  }

  private static int[] pick(int[] from, int[] order) {
    var picked = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      picked[i] = from[order[i]];
    }
    return picked;
  }

  /// Rows in the order in which they are read, in blocks that double, so that nothing is copied
  /// on the way and large blocks are born in the old generation.
  static final class Builder {
    private static final int SMALLEST = 1 << 12;
    private static final int LARGEST = 1 << 20;

    private final List<Events> full = new ArrayList<>();
    private Events block = rows(SMALLEST);
    private int used;
    private long size;

    private static Events rows(int count) {
      return new Events(new long[count], new long[count], new int[count], new int[count]);
    }

    void add(long start, long end, int name, int place) {
      if (used == block.starts.length) {
        full.add(block);
        block = rows(Math.min(LARGEST, used * 2));
        used = 0;
      }
      block.starts[used] = start;
      block.ends[used] = end;
      block.names[used] = name;
      block.places[used] = place;
      used++;
      size++;
    }

    long size() {
      return size;
    }

    private interface Rows {
      void take(Events block, int count);
    }

    private void forEachBlock(Rows rows) {
      full.forEach(each -> rows.take(each, each.starts.length));
      rows.take(block, used);
    }

    /// Marks every name in use, except negative ones.
    void markNames(BitSet names) {
      forEachBlock(
          (each, count) -> {
            for (int i = 0; i < count; i++) {
              if (each.names[i] >= 0) {
                names.set(each.names[i]);
              }
            }
          });
    }

    /// Gives every row the name and place that the functions make of what was read.
    void rename(IntUnaryOperator name, IntUnaryOperator place) {
      forEachBlock(
          (each, count) -> {
            for (int i = 0; i < count; i++) {
              each.names[i] = name.applyAsInt(each.names[i]);
              each.places[i] = place.applyAsInt(each.places[i]);
            }
          });
    }

    private int moveTo(Events all, int from) {
      full.add(block);
      int at = from;
      for (int i = 0; i < full.size(); i++) {
        Events each = full.set(i, rows(0));
        int count = i == full.size() - 1 ? used : each.starts.length;
        System.arraycopy(each.starts, 0, all.starts, at, count);
        System.arraycopy(each.ends, 0, all.ends, at, count);
        System.arraycopy(each.names, 0, all.names, at, count);
        System.arraycopy(each.places, 0, all.places, at, count);
        at += count;
      }
      full.clear();
      block = rows(SMALLEST);
      used = 0;
      size = 0;
      return at;
    }
  }
}

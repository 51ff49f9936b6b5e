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

  /// Rows in the order in which they are read; grows by blocks, so nothing is copied on the way.
  static final class Builder {
    private static final int BLOCK = 1 << 14;

    private final List<Events> blocks = new ArrayList<>();
    private long size;

    void add(long start, long end, int name, int place) {
      int at = (int) (size % BLOCK);
      if (at == 0) {
        blocks.add(new Events(new long[BLOCK], new long[BLOCK], new int[BLOCK], new int[BLOCK]));
      }
      Events block = blocks.getLast();
      block.starts[at] = start;
      block.ends[at] = end;
      block.names[at] = name;
      block.places[at] = place;
      size++;
    }

    long size() {
      return size;
    }

    /// Marks every name in use, except negative ones.
    void markNames(BitSet used) {
      for (long i = 0; i < size; i++) {
        int name = blocks.get((int) (i / BLOCK)).names[(int) (i % BLOCK)];
        if (name >= 0) {
          used.set(name);
        }
      }
    }

    /// Gives every row the name and place that the functions make of what was read.
    void rename(IntUnaryOperator name, IntUnaryOperator place) {
      for (long i = 0; i < size; i++) {
        Events block = blocks.get((int) (i / BLOCK));
        int at = (int) (i % BLOCK);
        block.names[at] = name.applyAsInt(block.names[at]);
        block.places[at] = place.applyAsInt(block.places[at]);
      }
    }

    private int moveTo(Events all, int from) {
      int at = from;
      for (int b = 0; b < blocks.size(); b++) {
        Events block = blocks.get(b);
        int count = (int) Math.min(BLOCK, size - (long) b * BLOCK);
        System.arraycopy(block.starts, 0, all.starts, at, count);
        System.arraycopy(block.ends, 0, all.ends, at, count);
        System.arraycopy(block.names, 0, all.names, at, count);
        System.arraycopy(block.places, 0, all.places, at, count);
        at += count;
      }
      blocks.clear();
      size = 0;
      return at;
    }
  }
}

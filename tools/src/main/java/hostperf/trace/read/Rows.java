package hostperf.trace.read;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Timed rows of one kind, in the order in which they came.
///
/// A trace has millions, so a row is sixteen bytes: its start, its length, and small numbers
/// whose meaning the owner keeps (a name, a track or thread, a link to the call that launched it).
/// They lie in blocks, so that nothing is copied while more come.
public final class Rows {
  private static final int BITS = 12;
  private static final int SIZE = 1 << BITS;

  /// Lengths from here on stand in a list of their own; this is two seconds.
  private static final long LONG = Integer.MAX_VALUE;

  private final List<RowBlock> blocks = new ArrayList<>();
  private final List<Long> longLengths = new ArrayList<>();
  private int size;
  private boolean isOrdered = true;

  /// Of the row that came last.
  private long lastStart = Long.MIN_VALUE;

  private long lastEnd = Long.MAX_VALUE;

  public int size() {
    return size;
  }

  /// Whether every row goes after the one that came before it, or may.
  public boolean isOrdered() {
    return isOrdered;
  }

  /// When the last row starts, of rows in order; the earliest time where there is none.
  long latestStart() {
    return size == 0 ? Long.MIN_VALUE : start(size - 1);
  }

  /// Leaves out the rows that start at an instant or later; the others keep their order.
  void keepBefore(long instant) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (start(i) < instant) {
        copy(i, kept++);
      }
    }
    size = kept;
    while (blocks.size() > (size + SIZE - 1) >> BITS) {
      blocks.removeLast();
    }
  }

  private RowBlock block(int i) {
    return blocks.get(i >> BITS);
  }

  private static int at(int i) {
    return i & (SIZE - 1);
  }

  long start(int i) {
    return block(i).start(at(i));
  }

  long end(int i) {
    return end(block(i), at(i));
  }

  private long end(RowBlock block, int at) {
    int length = block.length(at);
    return block.start(at) + (length >= 0 ? length : longLengths.get(-1 - length));
  }

  int name(int i) {
    return block(i).name(at(i));
  }

  int place(int i) {
    return block(i).place(at(i));
  }

  int link(int i) {
    return block(i).link(at(i));
  }

  /// Whether a row goes before another: by start, at equal starts the longer one first.
  boolean goesBefore(int i, int other) {
    return goesBefore(i, start(other), end(other));
  }

  private boolean goesBefore(int i, long otherStart, long otherEnd) {
    long start = start(i);
    return start < otherStart || (start == otherStart && end(i) > otherEnd);
  }

  public void add(long start, long end, int name, int place) {
    add(start, end, name, place, 0);
  }

  /// @param place at most 65,535
  /// @param link the correlation id of a call and what it launched; 0 for none
  public void add(long start, long end, int name, int place, int link) {
    int i = size;
    if (at(i) == 0) {
      blocks.add(new RowBlock(SIZE));
    }
    size = Math.incrementExact(i);
    blocks.getLast().put(at(i), start, length(end - start), name, place, link);
    isOrdered = isOrdered && (start > lastStart || (start == lastStart && end <= lastEnd));
    lastStart = start;
    lastEnd = end;
  }

  private int length(long length) {
    if (length < LONG) {
      return (int) length;
    }
    longLengths.add(length);
    return -longLengths.size();
  }

  /// Takes one row after the other.
  public interface Sink {
    void take(long start, long end, int name, int place);
  }

  /// Takes one row after the other, with its link.
  public interface LinkedSink {
    void take(long start, long end, int name, int place, int link);
  }

  public void forEach(Sink sink) {
    forEachLinked((start, end, name, place, _) -> sink.take(start, end, name, place));
  }

  void forEachLinked(LinkedSink sink) {
    int left = size;
    for (RowBlock block : blocks) {
      int count = Math.min(left, SIZE);
      for (int at = 0; at < count; at++) {
        sink.take(block.start(at), end(block, at), block.name(at), block.place(at), block.link(at));
      }
      left -= SIZE;
    }
  }

  /// Takes the rows of another, which is empty afterwards.
  void append(Rows others) {
    boolean fits =
        others.size == 0 || size == 0 || !others.goesBefore(0, start(size - 1), end(size - 1));
    isOrdered = isOrdered && others.isOrdered && fits;
    int left = others.size;
    for (RowBlock block : others.blocks) {
      int count = Math.min(left, SIZE);
      takeLongLengths(block, count, others);
      append(block, count);
      left -= count;
    }
    others.blocks.clear();
    others.size = 0;
  }

  private void takeLongLengths(RowBlock block, int count, Rows others) {
    for (int at = 0; at < count && !others.longLengths.isEmpty(); at++) {
      if (block.length(at) < 0) {
        block.length(at, length(others.longLengths.get(-1 - block.length(at))));
      }
    }
  }

  /// Fills up the last block, then goes on in the one the rows came from.
  private void append(RowBlock block, int count) {
    int room = -size & (SIZE - 1);
    int first = Math.min(room, count);
    if (first > 0) {
      block.copy(0, blocks.getLast(), at(size), first);
    }
    if (first < count) {
      block.copy(first, block, 0, count - first);
      blocks.add(block);
    }
    size = Math.addExact(size, count);
  }

  /// A stretch of rows that is held while others take its place.
  final class Held {
    private final RowBlock rows;

    Held(int from, int to) {
      rows = new RowBlock(to - from);
      for (int i = from; i < to; ) {
        int count = Math.min(to - i, SIZE - at(i));
        block(i).copy(at(i), rows, i - from, count);
        i += count;
      }
    }

    /// Whether row `i` goes before the held one.
    boolean isAfter(int i, int held) {
      return goesBefore(i, rows.start(held), end(rows, held));
    }

    void putTo(int i, int held) {
      rows.copy(held, block(i), at(i), 1);
    }
  }

  /// Overwrites a row with another.
  void copy(int from, int to) {
    block(from).copy(at(from), block(to), at(to), 1);
  }

  /// Gives every row the name and place that the functions make of what was read.
  void rename(IntUnaryOperator name, IntUnaryOperator place) {
    for (int i = 0; i < size; i++) {
      RowBlock block = block(i);
      block.name(at(i), name.applyAsInt(block.name(at(i))));
      block.place(at(i), place.applyAsInt(block.place(at(i))));
    }
  }
}

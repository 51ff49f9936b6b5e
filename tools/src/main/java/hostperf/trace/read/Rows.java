package hostperf.trace.read;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Timed rows of one kind, in the order in which they came.
///
/// A trace has millions, so a row is twelve bytes: its start, its length, and small numbers
/// whose meaning the owner keeps (a name, a track or thread, a link to the call that launched it).
/// They lie in blocks, so that nothing is copied while more come.
public final class Rows {
  private static final int BITS = RowBlock.BITS;
  private static final int SIZE = RowBlock.SIZE;

  /// Room for so many blocks is made at once: what is so large, the collector does not move.
  private static final int TOGETHER = 16;

  private RowBlock[] blocks = new RowBlock[8];
  private int size;
  private char[] room = {};
  private int taken;

  /// Where a row goes before the one that came before it.
  private int[] breaks = {};

  private int breakCount;

  /// Of the row that came last.
  private long lastStart = Long.MIN_VALUE;

  private long lastEnd = Long.MAX_VALUE;

  public int size() {
    return size;
  }

  /// Whether every row goes after the one that came before it, or may.
  public boolean isOrdered() {
    return breakCount == 0;
  }

  /// Where runs of rows in order begin, and where the last one ends.
  int[] runs() {
    var bounds = new int[breakCount + 2];
    System.arraycopy(breaks, 0, bounds, 1, breakCount);
    bounds[breakCount + 1] = size;
    return bounds;
  }

  /// When the last row starts, of rows in order; the earliest time where there is none.
  long latestStart() {
    return size == 0 ? Long.MIN_VALUE : start(size - 1);
  }

  /// Leaves out the rows that start at an instant or later; the others keep their order.
  void keepBefore(long instant) {
    var all = new Rows();
    all.append(this);
    all.forEachLinked(
        (start, end, name, place, link) -> {
          if (start < instant) {
            add(start, end, name, place, link);
          }
        });
  }

  private RowBlock block(int i) {
    return blocks[i >> BITS];
  }

  private static int at(int i) {
    return i & (SIZE - 1);
  }

  long start(int i) {
    return block(i).start(at(i));
  }

  long end(int i) {
    return block(i).end(at(i));
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
  boolean goesBefore(int i, long otherStart, long otherEnd) {
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
      add(newBlock());
    }
    size = Math.incrementExact(i);
    block(i).put(at(i), start, end - start, name, place, link);
    if (start < lastStart || (start == lastStart && end > lastEnd)) {
      addBreak(i);
    }
    lastStart = start;
    lastEnd = end;
  }

  private RowBlock newBlock() {
    if (taken == room.length) {
      room = new char[RowBlock.ROOM * Math.clamp(size >> BITS, 1, TOGETHER)];
      taken = 0;
    }
    taken += RowBlock.ROOM;
    return new RowBlock(room, taken - RowBlock.ROOM);
  }

  private void add(RowBlock block) {
    int count = size >> BITS;
    if (count == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * count);
    }
    blocks[count] = block;
  }

  private void addBreak(int i) {
    if (breakCount == breaks.length) {
      breaks = Arrays.copyOf(breaks, Math.max(16, 2 * breakCount));
    }
    breaks[breakCount++] = i;
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
    for (int first = 0; first < size; first += SIZE) {
      forEachOf(first, sink);
    }
  }

  private void forEachOf(int first, LinkedSink sink) {
    RowBlock block = block(first);
    int count = Math.min(size - first, SIZE);
    for (int at = 0; at < count; at++) {
      long start = block.start(at);
      sink.take(start, start + block.length(at), block.name(at), block.place(at), block.link(at));
    }
  }

  /// Of rows in order, hands over those that are in a stretch of time for a while.
  void forEachIn(long from, long to, Sink sink) {
    for (int first = 0; first < size && start(first) < to; first += SIZE) {
      if (block(first).latestEnd() > from) {
        forEachOf(
            first,
            (start, end, name, place, _) -> {
              if (start < to && end > from) {
                sink.take(start, end, name, place);
              }
            });
      }
    }
  }

  /// Takes the rows of another, which is empty afterwards.
  void append(Rows others) {
    if (others.size == 0) {
      return;
    }
    if (size > 0 && others.goesBefore(0, start(size - 1), end(size - 1))) {
      addBreak(size);
    }
    for (int i = 0; i < others.breakCount; i++) {
      addBreak(size + others.breaks[i]);
    }
    for (int first = 0; first < others.size; first += SIZE) {
      append(others.block(first), Math.min(others.size - first, SIZE));
    }
    lastStart = others.lastStart;
    lastEnd = others.lastEnd;
    others.clear();
  }

  private void clear() {
    blocks = new RowBlock[8];
    size = 0;
    breakCount = 0;
    lastStart = Long.MIN_VALUE;
    lastEnd = Long.MAX_VALUE;
  }

  /// Fills up the last block, then goes on in the one the rows came from.
  private void append(RowBlock block, int count) {
    int first = Math.min(-size & (SIZE - 1), count);
    if (first > 0) {
      block.copy(0, block(size), at(size), first);
      size = Math.addExact(size, first);
    }
    if (first < count) {
      block.copy(first, block, 0, count - first);
      add(block);
      size = Math.addExact(size, count - first);
    }
  }

  /// A stretch of rows by itself.
  Rows part(int from, int to) {
    var part = new Rows();
    for (int i = from; i < to; i++) {
      part.add(start(i), end(i), name(i), place(i), link(i));
    }
    return part;
  }

  /// Overwrites a row with one of `others`, which may be these.
  void put(int at, Rows others, int from) {
    others.block(from).copy(at(from), block(at), at(at), 1);
  }

  /// Says that the rows were put in order.
  void markOrdered() {
    breakCount = 0;
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

package hostperf.trace.read;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Timed rows of one kind, in the order in which they came.
///
/// A trace has millions, so a row is three numbers: its start, its end, and in the third two small
/// ones whose meaning the owner keeps (a name, and a track or thread). They lie in blocks, so that
/// nothing is copied while more come.
public final class Rows {
  private static final int WIDTH = 3;
  private static final int BITS = 14;
  private static final int BLOCK = 1 << BITS;

  private final List<long[]> blocks = new ArrayList<>();
  private int size;
  private boolean isOrdered = true;

  public int size() {
    return size;
  }

  /// Whether every row goes after the one that came before it, or may.
  public boolean isOrdered() {
    return isOrdered;
  }

  long start(int i) {
    return blocks.get(i >> BITS)[at(i)];
  }

  long end(int i) {
    return blocks.get(i >> BITS)[at(i) + 1];
  }

  int name(int i) {
    return (int) (blocks.get(i >> BITS)[at(i) + 2] >> Integer.SIZE);
  }

  int place(int i) {
    return (int) blocks.get(i >> BITS)[at(i) + 2];
  }

  /// Where a row stands in its block.
  private static int at(int i) {
    return (i & (BLOCK - 1)) * WIDTH;
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
    int i = size;
    if (at(i) == 0) {
      blocks.add(new long[BLOCK * WIDTH]);
    }
    size = Math.incrementExact(i);
    long[] block = blocks.getLast();
    block[at(i)] = start;
    block[at(i) + 1] = end;
    block[at(i) + 2] = together(name, place);
    isOrdered = isOrdered && (i == 0 || !goesBefore(i, i - 1));
  }

  private static long together(int name, int place) {
    return (long) name << Integer.SIZE | Integer.toUnsignedLong(place);
  }

  public interface Sink {
    void take(long start, long end, int name, int place);
  }

  public void forEach(Sink sink) {
    int left = size;
    for (long[] block : blocks) {
      int end = Math.min(left, BLOCK) * WIDTH;
      for (int at = 0; at < end; at += WIDTH) {
        long third = block[at + 2];
        sink.take(block[at], block[at + 1], (int) (third >> Integer.SIZE), (int) third);
      }
      left -= BLOCK;
    }
  }

  /// Takes the rows of another, which is empty afterwards.
  void append(Rows others) {
    boolean fits =
        others.size == 0 || size == 0 || !others.goesBefore(0, start(size - 1), end(size - 1));
    isOrdered = isOrdered && others.isOrdered && fits;
    int left = others.size;
    for (long[] block : others.blocks) {
      int count = Math.min(left, BLOCK);
      append(block, count);
      left -= count;
    }
    others.blocks.clear();
    others.size = 0;
  }

  /// Fills up the last block, then goes on in the one the rows came from.
  private void append(long[] block, int count) {
    int room = -size & (BLOCK - 1);
    int first = Math.min(room, count);
    if (first > 0) {
      System.arraycopy(block, 0, blocks.getLast(), at(size), first * WIDTH);
    }
    if (first < count) {
      System.arraycopy(block, first * WIDTH, block, 0, (count - first) * WIDTH);
      blocks.add(block);
    }
    size = Math.addExact(size, count);
  }

  /// A stretch of rows that is held while others take its place.
  public final class Held {
    private final long[] rows;

    Held(int from, int to) {
      rows = new long[(to - from) * WIDTH];
      for (int i = from; i < to; i++) {
        System.arraycopy(blocks.get(i >> BITS), at(i), rows, (i - from) * WIDTH, WIDTH);
      }
    }

    /// Whether row `i` goes before the held one.
    boolean isAfter(int i, int held) {
      return goesBefore(i, rows[held * WIDTH], rows[held * WIDTH + 1]);
    }

    void putTo(int i, int held) {
      System.arraycopy(rows, held * WIDTH, blocks.get(i >> BITS), at(i), WIDTH);
    }
  }

  /// Overwrites a row with another.
  void copy(int from, int to) {
    System.arraycopy(blocks.get(from >> BITS), at(from), blocks.get(to >> BITS), at(to), WIDTH);
  }

  /// Gives every row the name and place that the functions make of what was read.
  void rename(IntUnaryOperator name, IntUnaryOperator place) {
    for (int i = 0; i < size; i++) {
      blocks.get(i >> BITS)[at(i) + 2] =
          together(name.applyAsInt(name(i)), place.applyAsInt(place(i)));
    }
  }
}

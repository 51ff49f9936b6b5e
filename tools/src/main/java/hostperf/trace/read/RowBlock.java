package hostperf.trace.read;

import java.lang.reflect.Array;
import java.util.Arrays;

/// Some thousand rows.
///
/// Rows of a block mostly start within two seconds of its first, have links near each other and
/// short lengths, and a trace mostly has fewer names than a `char` counts: so a row is six of
/// those, side by side. A block in which that is not so takes wider columns beside them.
final class RowBlock {
  static final int BITS = 11;
  static final int SIZE = 1 << BITS;

  /// The cells of a row: the start takes two, after `base`.
  private static final int START = 0;

  private static final int LENGTH = 2;
  private static final int NAME = 3;
  private static final int PLACE = 4;
  private static final int LINK = 5;
  private static final int CELLS = 6;

  /// From here on, the cell of a length says where in `longLengths` it stands. Twice as many as
  /// rows: those of overwritten rows stay until there is no room for more.
  private static final int LONG = (Character.MAX_VALUE + 1) - 2 * SIZE;

  /// Links of rows in order may go back by so much.
  private static final int LINKS_BACK = 1 << 12;

  private static final long[] NO_LONGS = {};
  private static final int[] NO_INTS = {};

  /// How many characters a block takes.
  static final int ROOM = CELLS * SIZE;

  private final char[] cells;

  /// Where those of this block begin.
  private final int first;

  private long base = Long.MIN_VALUE;
  private int linkBase = -1;
  private long[] longLengths = NO_LONGS;
  private int longCount;
  private long latestEnd = Long.MIN_VALUE;

  /// In place of the cells, where these are too narrow.
  private long[] wideStarts = NO_LONGS;

  private int[] wideNames = NO_INTS;
  private int[] wideLinks = NO_INTS;

  RowBlock(char[] cells, int first) {
    this.cells = cells;
    this.first = first;
  }

  private int cell(int at, int column) {
    return cells[first + CELLS * at + column];
  }

  private void cell(int at, int column, int value) {
    cells[first + CELLS * at + column] = (char) value;
  }

  long start(int at) {
    return wideStarts.length == 0 ? narrowStart(at) : wideStarts[at];
  }

  private long narrowStart(int at) {
    return base + (cell(at, START) | cell(at, START + 1) << Character.SIZE);
  }

  long length(int at) {
    int length = cell(at, LENGTH);
    return length < LONG ? length : longLengths[length - LONG];
  }

  long end(int at) {
    return start(at) + length(at);
  }

  int name(int at) {
    return wideNames.length == 0 ? cell(at, NAME) : wideNames[at];
  }

  int place(int at) {
    return cell(at, PLACE);
  }

  int link(int at) {
    return wideLinks.length == 0 ? narrowLink(at) : wideLinks[at];
  }

  private int narrowLink(int at) {
    int link = cell(at, LINK);
    return link == 0 ? 0 : linkBase + link;
  }

  /// No row ends later.
  long latestEnd() {
    return latestEnd;
  }

  void put(int at, long start, long length, int name, int place, int link) {
    start(at, start);
    length(at, length);
    name(at, name);
    place(at, place);
    link(at, link);
    latestEnd = Math.max(latestEnd, start + length);
  }

  private void start(int at, long start) {
    if (base == Long.MIN_VALUE) {
      base = start;
    }
    int after = (int) (start - base);
    if (wideStarts.length == 0 && after == start - base) {
      cell(at, START, after);
      cell(at, START + 1, after >> Character.SIZE);
      return;
    }
    if (wideStarts.length == 0) {
      var wide = new long[SIZE];
      Arrays.setAll(wide, this::narrowStart);
      wideStarts = wide;
    }
    wideStarts[at] = start;
  }

  private void length(int at, long length) {
    if (length >= 0 && length < LONG) {
      cell(at, LENGTH, (int) length);
      return;
    }
    if (longCount == 2 * SIZE) {
      gatherLongLengths();
    }
    if (longCount == longLengths.length) {
      longLengths = Arrays.copyOf(longLengths, Math.max(8, 2 * longCount));
    }
    longLengths[longCount] = length;
    cell(at, LENGTH, LONG + longCount++);
  }

  private void gatherLongLengths() {
    var kept = new long[2 * SIZE];
    int count = 0;
    for (int at = 0; at < SIZE; at++) {
      if (cell(at, LENGTH) >= LONG) {
        kept[count] = length(at);
        cell(at, LENGTH, LONG + count++);
      }
    }
    longLengths = kept;
    longCount = count;
  }

  void name(int at, int name) {
    if (wideNames.length == 0 && (char) name == name) {
      cell(at, NAME, name);
      return;
    }
    if (wideNames.length == 0) {
      var wide = new int[SIZE];
      Arrays.setAll(wide, i -> cell(i, NAME));
      wideNames = wide;
    }
    wideNames[at] = name;
  }

  void place(int at, int place) {
    cell(at, PLACE, place);
  }

  private void link(int at, int link) {
    if (link > 0 && linkBase < 0) {
      linkBase = Math.max(0, link - LINKS_BACK);
    }
    int after = link == 0 ? 0 : link - linkBase;
    boolean fits = link == 0 || (after > 0 && after <= Character.MAX_VALUE);
    if (wideLinks.length == 0 && fits) {
      cell(at, LINK, after);
      return;
    }
    if (wideLinks.length == 0) {
      var wide = new int[SIZE];
      Arrays.setAll(wide, this::narrowLink);
      wideLinks = wide;
    }
    wideLinks[at] = link;
  }

  void copy(int from, RowBlock to, int at, int count) {
    if (to == this) {
      move(from, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = from + i;
      to.put(at + i, start(row), length(row), name(row), place(row), link(row));
    }
  }

  private void move(int from, int to, int count) {
    System.arraycopy(cells, first + CELLS * from, cells, first + CELLS * to, CELLS * count);
    move(wideStarts, from, to, count);
    move(wideNames, from, to, count);
    move(wideLinks, from, to, count);
  }

  /// @param column an array; an empty one has nothing to move
  private static void move(Object column, int from, int to, int count) {
    if (Array.getLength(column) > 0) {
      System.arraycopy(column, from, column, to, count);
    }
  }
}

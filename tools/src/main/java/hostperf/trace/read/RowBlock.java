package hostperf.trace.read;

/// Some thousand rows side by side.
///
/// Rows of a block mostly lie within two seconds of its first, and a trace mostly has fewer names
/// than a `char` counts; a block in which that is not so takes wider columns.
final class RowBlock {
  private static final long[] NO_STARTS = {};
  private static final int[] NO_NAMES = {};

  private final int[] lengths;
  private final char[] places;
  private final int[] links;

  /// Starts after `base`.
  private int[] after;

  private long base = Long.MIN_VALUE;
  private char[] names;

  /// In place of `after` and of `names`, where these are too narrow.
  private long[] starts = NO_STARTS;

  private int[] wideNames = NO_NAMES;

  RowBlock(int size) {
    after = new int[size];
    lengths = new int[size];
    names = new char[size];
    places = new char[size];
    links = new int[size];
  }

  long start(int at) {
    return starts.length == 0 ? base + after[at] : starts[at];
  }

  int length(int at) {
    return lengths[at];
  }

  int name(int at) {
    return wideNames.length == 0 ? names[at] : wideNames[at];
  }

  int place(int at) {
    return places[at];
  }

  int link(int at) {
    return links[at];
  }

  void put(int at, long start, int length, int name, int place, int link) {
    start(at, start);
    lengths[at] = length;
    name(at, name);
    places[at] = (char) place;
    links[at] = link;
  }

  private void start(int at, long start) {
    if (base == Long.MIN_VALUE) {
      base = start;
    }
    int offset = (int) (start - base);
    if (starts.length == 0 && offset == start - base) {
      after[at] = offset;
      return;
    }
    if (starts.length == 0) {
      starts = new long[after.length];
      for (int i = 0; i < after.length; i++) {
        starts[i] = base + after[i];
      }
      after = NO_NAMES;
    }
    starts[at] = start;
  }

  void name(int at, int name) {
    if (wideNames.length == 0 && (char) name == name) {
      names[at] = (char) name;
      return;
    }
    if (wideNames.length == 0) {
      wideNames = new int[names.length];
      for (int i = 0; i < names.length; i++) {
        wideNames[i] = names[i];
      }
      names = new char[0];
    }
    wideNames[at] = name;
  }

  void place(int at, int place) {
    places[at] = (char) place;
  }

  void length(int at, int length) {
    lengths[at] = length;
  }

  void copy(int from, RowBlock to, int at, int count) {
    if (to == this) {
      move(from, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = from + i;
      to.put(at + i, start(row), lengths[row], name(row), places[row], links[row]);
    }
  }

  private void move(int from, int to, int count) {
    if (starts.length == 0) {
      System.arraycopy(after, from, after, to, count);
    } else {
      System.arraycopy(starts, from, starts, to, count);
    }
    if (wideNames.length == 0) {
      System.arraycopy(names, from, names, to, count);
    } else {
      System.arraycopy(wideNames, from, wideNames, to, count);
    }
    System.arraycopy(lengths, from, lengths, to, count);
    System.arraycopy(places, from, places, to, count);
    System.arraycopy(links, from, links, to, count);
  }
}

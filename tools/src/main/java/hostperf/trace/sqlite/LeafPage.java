package hostperf.trace.sqlite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Decodes the rows of a leaf page of a SQLite table, only the wanted columns.
///
/// Numbers come as they are, floating point truncated; NULL, text, blobs and columns that the row
/// lacks come as `ABSENT`, and so does what a long row spills to other pages: the tables read here
/// hold numbers only, which always fit.
/// Format: https://www.sqlite.org/fileformat2.html#record_format.
final class LeafPage {
  static final long ABSENT = RowSink.ABSENT;

  /// Stands for the position of a column whose value is the number of the row.
  static final int ROW_NUMBER = -2;

  private static final int LEAF = 13;
  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int HEAD_BITS = 8;
  private static final int HEADS = 1 << HEAD_BITS;
  private static final int LONGEST_HEAD = 64;

  /// Stands for the unwanted bits of a value that its type tells.
  private static final int CONSTANT = -1;

  /// An odd number with many bits: the golden ratio.
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private static final int NULL = 0;
  private static final int FLOAT = 7;

  /// The serial types of the constants 0 and 1.
  private static final int ZERO = 8;

  private static final int ONE = 9;

  /// The first serial type of blobs and text.
  private static final int OTHER = 12;

  /// Bytes that a value takes, by those serial types that fit a byte.
  private static final int[] SIZES = sizes();

  private final int usable;

  /// Where the wanted columns stand in a row, ascending, and where their values go.
  private final int[] positions;

  private final int[] slots;

  /// Where the number of the row goes.
  private final int[] numberSlots;

  private final long[] values;
  private byte[] bytes = {};
  private int at;
  private int pageEnd;
  private int rowEnd;
  private boolean isSpilled;

  /// What is known of heads that were walked before: the sizes of a table's values recur.
  private final Head[] heads = new Head[HEADS];

  /// Where the wanted values of rows with one head stand.
  private static final class Head {
    private final long[] words = new long[LONGEST_HEAD / Long.BYTES];
    private int size;

    /// For each wanted column where the eight bytes begin that end with its value, counted from the
    /// end of the head, and how many bits of them are another's; `CONSTANT` for one that stands in
    /// the head itself.
    private final int[] offsets;

    private final int[] unwanted;
    private final long[] constants;

    /// Where the last of the values ends.
    private int end;

    private Head(int columns) {
      offsets = new int[columns];
      unwanted = new int[columns];
      constants = new long[columns];
    }

    private void learn(int column, int type, long position) {
      // A number that is no whole one is read as if its head were new.
      size = type == FLOAT ? 0 : size;
      boolean isConstant = type == NULL || type > FLOAT;
      unwanted[column] = isConstant ? CONSTANT : Long.SIZE - Byte.SIZE * SIZES[type];
      constants[column] = type == ZERO || type == ONE ? type - ZERO : ABSENT;
      offsets[column] = isConstant ? 0 : (int) position + SIZES[type] - Long.BYTES;
      end = isConstant ? end : (int) position + SIZES[type];
    }
  }

  /// @param positions where the wanted columns stand in a row; -1 for one that the table lacks,
  ///     `ROW_NUMBER` for one that stands for the number of the row
  LeafPage(int usable, int[] positions) {
    this.usable = usable;
    this.slots =
        IntStream.range(0, positions.length)
            .filter(slot -> positions[slot] >= 0)
            .boxed()
            .sorted((a, b) -> Integer.compare(positions[a], positions[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.numberSlots =
        IntStream.range(0, positions.length)
            .filter(slot -> positions[slot] == ROW_NUMBER)
            .toArray();
    this.positions = Arrays.stream(slots).map(slot -> positions[slot]).toArray();
    this.values = new long[positions.length];
    Arrays.setAll(heads, _ -> new Head(this.positions.length));
    Arrays.fill(values, ABSENT);
  }

  private static int[] sizes() {
    var sizes = new int[Byte.MAX_VALUE + 1];
    System.arraycopy(new int[] {0, 1, 2, 3, 4, 6, 8, 8}, 0, sizes, 0, ZERO);
    for (int type = OTHER; type < sizes.length; type++) {
      sizes[type] = (type - OTHER) / 2;
    }
    return sizes;
  }

  /// Hands over every row of the page that begins at `start`; the array is reused.
  ///
  /// @param header where the page's own header begins within it
  void rows(byte[] content, int start, int header, RowSink sink) throws DamagedFile {
    bytes = content;
    pageEnd = start + usable;
    int head = start + header;
    int cells = unsigned(head + 3) << 8 | unsigned(head + 4);
    int pointers = head + 8;
    int pointersEnd = pointers + 2 * cells;
    if (bytes[head] != LEAF || pointersEnd > pageEnd) {
      throw new DamagedFile("a page that should hold rows of a table does not");
    }
    for (int pointer = pointers; pointer < pointersEnd; pointer += 2) {
      at = start + (unsigned(pointer) << 8 | unsigned(pointer + 1));
      if (at < pointersEnd) {
        throw new DamagedFile("a row lies in the head of its page");
      }
      row();
      sink.take(values);
    }
  }

  private void row() throws DamagedFile {
    long payload = varint();
    long number = varint();
    int recordStart = at;
    isSpilled = payload > usable - 35;
    rowEnd = recordStart + (int) (isSpilled ? local(payload) : payload);
    long headerSize = varint();
    if (payload < 1 || rowEnd > pageEnd || headerSize < 1 || recordStart + headerSize > rowEnd) {
      throw new DamagedFile("a row is garbled");
    }
    int headEnd = recordStart + (int) headerSize;
    Head head = heads[headerSize > LONGEST_HEAD ? 0 : hash(recordStart, headEnd)];
    if (headerSize == head.size && headEnd + head.end <= rowEnd && isSame(head, headEnd)) {
      known(head, headEnd);
    } else {
      learn(head, recordStart, headEnd);
    }
    for (int slot : numberSlots) {
      values[slot] = number;
    }
  }

  /// Eight bytes at a time, from the end; the head of the page lies before every row.
  private int hash(int from, int to) {
    long hash = 0;
    int at = to - Long.BYTES;
    for (; at >= from; at -= Long.BYTES) {
      hash = (hash ^ (long) BIG_ENDIAN.get(bytes, at)) * MIX;
    }
    int unwanted = Byte.SIZE * (from - at);
    if (unwanted < Long.SIZE) {
      hash = (hash ^ (long) BIG_ENDIAN.get(bytes, at) << unwanted) * MIX;
    }
    return (int) (hash >>> Long.SIZE - HEAD_BITS);
  }

  /// By the words that the hash is made of.
  private boolean isSame(Head head, int to) {
    int at = to - Long.BYTES;
    int word = 0;
    for (int left = head.size; left >= Long.BYTES; left -= Long.BYTES, at -= Long.BYTES) {
      if ((long) BIG_ENDIAN.get(bytes, at) != head.words[word++]) {
        return false;
      }
    }
    int rest = head.size % Long.BYTES;
    return rest == 0 || rest(at, rest) == head.words[word];
  }

  private void learn(Head head, int from, int to) throws DamagedFile {
    head.size = to - from > LONGEST_HEAD ? 0 : to - from;
    head.end = 0;
    columns(to, head);
    if (head.size == 0) {
      return;
    }
    int at = to - Long.BYTES;
    int word = 0;
    for (; at >= from; at -= Long.BYTES) {
      head.words[word++] = (long) BIG_ENDIAN.get(bytes, at);
    }
    int rest = at + Long.BYTES - from;
    if (rest > 0) {
      head.words[word] = rest(at, rest);
    }
  }

  /// The last bytes of a word.
  private long rest(int at, int count) {
    return (long) BIG_ENDIAN.get(bytes, at) << Byte.SIZE * (Long.BYTES - count);
  }

  private void known(Head head, int headEnd) {
    long[] into = values;
    for (int i = 0; i < head.unwanted.length; i++) {
      int unwanted = head.unwanted[i];
      into[slots[i]] =
          unwanted == CONSTANT
              ? head.constants[i]
              : (long) BIG_ENDIAN.get(bytes, headEnd + head.offsets[i]) << unwanted >> unwanted;
    }
  }

  /// Walks the types at the head of the row, which tell where each value stands. Almost all are a
  /// byte long; reading a trace spends its time here.
  private void columns(int headerEnd, Head known) throws DamagedFile {
    byte[] content = bytes;
    int head = at;
    long position = headerEnd;
    int column = 0;
    for (int i = 0; i < positions.length; i++) {
      int type = NULL;
      long size = 0;
      for (; column <= positions[i]; column++) {
        position += size;
        type = head < headerEnd ? content[head] : NULL;
        if (type >= 0) {
          size = SIZES[type];
          head++;
        } else {
          at = head;
          size = longSize();
          type = OTHER;
          head = at;
        }
      }
      values[slots[i]] = value(type, position);
      known.learn(i, type, Math.min(position - headerEnd, Integer.MAX_VALUE / 2));
      position += size;
    }
  }

  /// The size behind a type that is longer than a byte. In a damaged row that can be any number:
  /// it is cut so that the sum of a page's worth of them does not overflow.
  private long longSize() throws DamagedFile {
    long size = (varint() - OTHER) / 2;
    return size < 0 ? Integer.MAX_VALUE : Math.min(size, Integer.MAX_VALUE);
  }

  /// How much of a row that does not fit a page stands in it; the rest is spilled to other pages.
  private long local(long payload) {
    long least = (usable - 12L) * 32 / 255 - 23;
    long kept = least + (payload - least) % (usable - 4L);
    return kept <= usable - 35 ? kept : least;
  }

  private long value(int type, long position) throws DamagedFile {
    if (type == NULL || type > ONE) {
      return ABSENT;
    }
    if (type >= ZERO) {
      return (long) type - ZERO;
    }
    int size = SIZES[type];
    if (position + size > rowEnd) {
      if (isSpilled) {
        return ABSENT;
      }
      throw new DamagedFile("a row runs over its end");
    }
    // The head of the page lies before every row, so eight bytes that end here are there.
    long whole = (long) BIG_ENDIAN.get(bytes, (int) position + size - Long.BYTES);
    int unwanted = Long.SIZE - Byte.SIZE * size;
    return type == FLOAT ? (long) Double.longBitsToDouble(whole) : whole << unwanted >> unwanted;
  }

  private long varint() throws DamagedFile {
    byte[] content = bytes;
    int position = at;
    long value = 0;
    for (int i = 0; i < 9; i++) {
      if (position >= pageEnd) {
        throw new DamagedFile("a row runs over the end of its page");
      }
      int next = content[position++];
      if (i == 8) {
        value = value << 8 | (next & 0xFF);
        break;
      }
      value = value << 7 | (next & 0x7F);
      if (next >= 0) {
        break;
      }
    }
    at = position;
    return value;
  }

  private int unsigned(int position) {
    return bytes[position] & 0xFF;
  }
}

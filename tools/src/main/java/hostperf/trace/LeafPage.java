package hostperf.trace;

import java.util.Arrays;

/// Decodes the rows of a leaf page of a SQLite table, only the wanted columns.
///
/// Numbers come as they are, floating point truncated; NULL, text, blobs and columns that the row
/// lacks come as `ABSENT`, and so does what a long row spills to other pages: the tables read here
/// hold numbers only, which always fit.
/// Format: https://www.sqlite.org/fileformat2.html#record_format.
final class LeafPage {
  static final long ABSENT = Long.MIN_VALUE;

  private static final int LEAF = 13;

  /// Bytes that a value takes, by its serial type, as far as a type fits one byte.
  private static final int[] SIZES = new int[128];

  static {
    int[] numbers = {0, 1, 2, 3, 4, 6, 8, 8};
    System.arraycopy(numbers, 0, SIZES, 0, numbers.length);
    for (int type = 12; type < SIZES.length; type++) {
      SIZES[type] = (type - 12) / 2;
    }
  }

  private final int usable;
  private final int[] slots;
  private final long[] values;
  private byte[] bytes = {};
  private int at;
  private int pageEnd;
  private int rowEnd;
  private boolean isSpilled;

  /// @param positions where the wanted columns stand in a row; -1 for one that the table lacks
  LeafPage(int usable, int[] positions) {
    this.usable = usable;
    this.values = new long[positions.length];
    int last = -1;
    for (int position : positions) {
      last = Math.max(last, position);
    }
    this.slots = new int[last + 1];
    Arrays.fill(slots, -1);
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] >= 0) {
        slots[positions[i]] = i;
      }
    }
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
    if (bytes[head] != LEAF || pointers + 2 * cells > pageEnd) {
      throw new DamagedFile("a page that should hold rows of a table does not");
    }
    for (int i = 0; i < cells; i++) {
      int pointer = pointers + 2 * i;
      at = start + (unsigned(pointer) << 8 | unsigned(pointer + 1));
      row();
      sink.take(values);
    }
  }

  private void row() throws DamagedFile {
    Arrays.fill(values, ABSENT);
    long payload = varint();
    varint();
    int recordStart = at;
    isSpilled = payload > usable - 35;
    rowEnd = recordStart + (int) (isSpilled ? local(payload) : payload);
    long headerSize = varint();
    if (payload < 1 || rowEnd > pageEnd || headerSize < 1 || recordStart + headerSize > rowEnd) {
      throw new DamagedFile("a row is garbled");
    }
    int headerEnd = recordStart + (int) headerSize;
    int body = headerEnd;
    byte[] content = bytes;
    int here = at;
    for (int column = 0; column < slots.length && here < headerEnd; column++) {
      int type = content[here++];
      if (type < 0) {
        // Long text or blobs: the type takes several bytes, and the row may go on elsewhere.
        at = here - 1;
        body = Math.clamp(body + (varint() - 12) / 2, body, pageEnd);
        here = at;
        continue;
      }
      if (slots[column] >= 0) {
        values[slots[column]] = value(type, body);
      }
      body += SIZES[type];
    }
  }

  /// How much of a row that does not fit a page stands in it; the rest is spilled to other pages.
  private long local(long payload) {
    long least = (usable - 12L) * 32 / 255 - 23;
    long kept = least + (payload - least) % (usable - 4L);
    return kept <= usable - 35 ? kept : least;
  }

  /// @param type a serial type of one byte
  private long value(int type, int position) throws DamagedFile {
    if (type == 0 || type > 9) {
      return ABSENT;
    }
    if (type > 7) {
      return type - 8L;
    }
    int end = position + SIZES[type];
    if (end > rowEnd) {
      if (isSpilled) {
        return ABSENT;
      }
      throw new DamagedFile("a row runs over its end");
    }
    byte[] content = bytes;
    long whole = content[position];
    for (int i = position + 1; i < end; i++) {
      whole = whole << 8 | (content[i] & 0xFF);
    }
    return type == 7 ? (long) Double.longBitsToDouble(whole) : whole;
  }

  private long varint() throws DamagedFile {
    long value = 0;
    for (int i = 0; i < 9; i++) {
      if (at >= pageEnd) {
        throw new DamagedFile("a row runs over the end of its page");
      }
      int next = bytes[at++];
      if (i == 8) {
        return value << 8 | (next & 0xFF);
      }
      value = value << 7 | (next & 0x7F);
      if (next >= 0) {
        return value;
      }
    }
    return value;
  }

  private int unsigned(int position) {
    return bytes[position] & 0xFF;
  }
}

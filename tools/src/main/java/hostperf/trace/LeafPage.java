package hostperf.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Decodes the rows of a leaf page of a SQLite table, only the wanted columns.
///
/// Numbers come as they are, floating point truncated; NULL, text, blobs and columns that the row
/// lacks come as `ABSENT`, and so does what a long row spills to other pages: the tables read here
/// hold numbers only, which always fit.
/// Format: https://www.sqlite.org/fileformat2.html#record_format.
final class LeafPage {
  static final long ABSENT = Long.MIN_VALUE;

  private static final int LEAF = 13;
  private static final int KEPT = 16;

  /// The first serial type of blobs and text.
  private static final int OTHER = 12;

  /// Bytes that a number takes, by its serial type.
  private static final int[] SIZES = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};

  private final int usable;
  private final int[] slots;
  private final long[] values;
  private final List<Shape> recent = new ArrayList<>();
  private byte[] bytes = {};
  private int at;
  private int pageEnd;
  private int rowEnd;
  private boolean isSpilled;
  private Shape last = new Shape(new byte[0], 0);

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
    Shape shape = shape(recordStart, headerEnd);
    for (int i = 0; i < values.length; i++) {
      values[i] = value(shape.types[i], headerEnd + shape.offsets[i]);
    }
  }

  /// What the types at the head of a row say about the wanted columns. Rows of a table have few
  /// different heads, so the latest are kept.
  private static final class Shape {
    private final byte[] head;
    private final int[] types;
    private final int[] offsets;

    Shape(byte[] head, int columns) {
      this.head = head;
      this.types = new int[columns];
      this.offsets = new int[columns];
    }

    boolean fits(byte[] content, int from, int to) {
      return Arrays.equals(content, from, to, head, 0, head.length);
    }
  }

  private Shape shape(int from, int to) throws DamagedFile {
    if (last.fits(bytes, from, to)) {
      return last;
    }
    for (Shape shape : recent) {
      if (shape.fits(bytes, from, to)) {
        last = shape;
        return shape;
      }
    }
    if (recent.size() == KEPT) {
      recent.clear();
    }
    last = readShape(from, to);
    recent.add(last);
    return last;
  }

  private Shape readShape(int from, int to) throws DamagedFile {
    var shape = new Shape(Arrays.copyOfRange(bytes, from, to), values.length);
    long offset = 0;
    for (int column = 0; column < slots.length && at < to; column++) {
      long type = varint();
      if (slots[column] >= 0) {
        shape.types[slots[column]] = (int) Math.min(type, OTHER);
        shape.offsets[slots[column]] = (int) Math.min(offset, pageEnd);
      }
      offset += type < SIZES.length ? SIZES[(int) type] : (type - OTHER) / 2;
    }
    return shape;
  }

  /// How much of a row that does not fit a page stands in it; the rest is spilled to other pages.
  private long local(long payload) {
    long least = (usable - 12L) * 32 / 255 - 23;
    long kept = least + (payload - least) % (usable - 4L);
    return kept <= usable - 35 ? kept : least;
  }

  /// @param type a serial type, `OTHER` for all blobs and text
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

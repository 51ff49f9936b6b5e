package hostperf.trace.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A stream of JSON events that can be read on behind a malformed one: it keeps what it read last,
/// and finds where the next event begins.
final class Salvage extends InputStream {
  /// No event is longer than this; the longest seen, a kernel with shapes, has some kilobytes.
  private static final int KEPT = 1 << 21;

  /// With one of these keys an event begins.
  private static final String[] FIRST = {"ph", "name", "cat", "pid", "tid", "ts"};

  private final InputStream from;
  private final byte[] kept = new byte[KEPT];

  /// Bytes read from the underlying stream, and of these how many were handed on.
  private long read;

  private long at;

  /// Lines that the last search went over, and where in its line it ended.
  private long lines;

  private long column;

  Salvage(InputStream from) {
    this.from = from;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (at < read) {
      int place = (int) (at % KEPT);
      int count = (int) Math.min(Math.min(length, read - at), KEPT - place);
      System.arraycopy(kept, place, into, offset, count);
      at += count;
      return count;
    }
    int count = from.read(into, offset, Math.min(length, KEPT));
    if (count > 0) {
      keep(into, offset, count);
      read += count;
      at = read;
    }
    return count;
  }

  private void keep(byte[] bytes, int offset, int count) {
    int place = (int) (read % KEPT);
    int first = Math.min(count, KEPT - place);
    System.arraycopy(bytes, offset, kept, place, first);
    System.arraycopy(bytes, offset + first, kept, 0, count - first);
  }

  /// Goes to the first event that begins behind `position`; what is read next begins with it.
  ///
  /// @return its position, or -1 where there is none and the document ends as it should
  long toEventAfter(long position) throws IOException {
    if (position < read - KEPT || position >= read) {
      throw new EOFException("no event can be found behind the malformed one");
    }
    at = position + 1;
    lines = 0;
    long lineStart = position;
    byte last = 0;
    var recent = new byte[16];
    for (int next = read(); next >= 0; next = read()) {
      last = Character.isWhitespace(next) ? last : (byte) next;
      System.arraycopy(recent, 1, recent, 0, recent.length - 1);
      recent[recent.length - 1] = (byte) next;
      if (next == '\n') {
        lines++;
        lineStart = at;
      }
      if (next == '{') {
        long start = at - 1;
        if (isBegin(recent) && startsEvent()) {
          at = start;
          column = start - lineStart;
          return start;
        }
        at = start + 1;
      }
    }
    if (last != '}' && last != ']') {
      throw new EOFException("the document ends in the middle");
    }
    return -1;
  }

  /// How many lines lie between the event that was left and the one that was found.
  long lines() {
    return lines;
  }

  /// How many bytes stand before the event that was found, in its line or behind the start of the
  /// event that was left.
  long column() {
    return column;
  }

  /// Whether the brace at the end follows another event: `}, {`.
  private static boolean isBegin(byte[] recent) {
    String text = new String(recent, 0, recent.length - 1, StandardCharsets.ISO_8859_1).strip();
    return text.endsWith(",") && text.substring(0, text.length() - 1).strip().endsWith("}");
  }

  private boolean startsEvent() throws IOException {
    var key = new StringBuilder();
    for (int next = read(); next >= 0 && key.length() < 8; next = read()) {
      if (next == ':') {
        break;
      }
      if (!Character.isWhitespace(next)) {
        key.append((char) next);
      }
    }
    return Arrays.stream(FIRST).anyMatch(first -> key.toString().equals('"' + first + '"'));
  }
}

package hostperf.server.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The lines of a stream. Memory is bounded: of a line that is too long only the id of its message
/// is kept, wherever it stands.
final class LineReader {
  /// Far above any call, and below what the heap holds.
  static final int LONGEST = 16 << 20;

  sealed interface Line {
    @SuppressWarnings("ArrayRecordComponent") // read once, by the one who gets it
    record Whole(byte[] bytes) implements Line {}

    record TooLong(@Nullable Object id) implements Line {}
  }

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;

  LineReader(InputStream in) {
    this.in = in;
  }

  /// The next line without its end; empty when the stream has ended. A last line counts without
  /// one, too.
  Optional<Line> next() throws IOException {
    var line = new ByteArrayOutputStream();
    while (at < end || fill()) {
      int newline = newline();
      line.write(buffer, at, newline - at);
      at = newline;
      if (at < end) {
        at++;
        return Optional.of(new Line.Whole(line.toByteArray()));
      }
      if (line.size() > LONGEST) {
        return Optional.of(tooLong(line.toByteArray()));
      }
    }
    return line.size() == 0 ? Optional.empty() : Optional.of(new Line.Whole(line.toByteArray()));
  }

  private Line tooLong(byte[] beginning) throws IOException {
    var rest = new RestOfLine();
    var whole = new SequenceInputStream(new ByteArrayInputStream(beginning), rest);
    var id = MessageId.of(whole);
    long _ = rest.transferTo(OutputStream.nullOutputStream());
    return new Line.TooLong(id.orElse(null));
  }

  /// Where the line in the buffer ends; the buffer's end where it goes on.
  private int newline() {
    int newline = at;
    while (newline < end && buffer[newline] != '\n') {
      newline++;
    }
    return newline;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  /// Up to the end of the line, which it takes off the stream too.
  private final class RestOfLine extends InputStream {
    private boolean ended;

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (ended || (at == end && !fill())) {
        ended = true;
        return -1;
      }
      int count = Math.min(length, newline() - at);
      if (count == 0) {
        at++;
        ended = true;
        return -1;
      }
      System.arraycopy(buffer, at, bytes, from, count);
      at += count;
      return count;
    }
  }
}

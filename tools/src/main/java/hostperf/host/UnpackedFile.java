package hostperf.host;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// A file's bytes, unpacked where gzip packed them.
///
/// However small the file is, no more than `MOST` bytes come out of it: more is a `TooLong`.
public final class UnpackedFile {
  /// The longest profile seen has a tenth of it.
  public static final long MOST = 2L << 30;

  private UnpackedFile() {}

  /// More came out than any file that we read has.
  public static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    TooLong() {
      super("it has more than 2 GiB");
    }
  }

  /// To be closed by the caller; it can be marked and reset.
  public static InputStream open(Path file) throws IOException {
    var bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      bytes.mark(2);
      boolean isPacked = bytes.read() == 0x1f && bytes.read() == 0x8b;
      bytes.reset();
      var unpacked = isPacked ? new GZIPInputStream(bytes, 1 << 16) : bytes;
      return new BufferedInputStream(new Bounded(unpacked), 1 << 16);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static final class Bounded extends FilterInputStream {
    private long left = MOST;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int got = super.read(into, from, length);
      count(got);
      return got;
    }

    private void count(int bytes) throws IOException {
      left -= Math.max(0, bytes);
      if (left < 0) {
        throw new TooLong();
      }
    }
  }
}

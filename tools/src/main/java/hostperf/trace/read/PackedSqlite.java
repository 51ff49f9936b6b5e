package hostperf.trace.read;

import hostperf.trace.read.Reading.Unreadable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A gzipped SQLite export: unpacked into a temporary file, which is deleted after reading.
final class PackedSqlite {
  /// Exports shrink to a fifth or a tenth; a file of zeros to a thousandth.
  private static final int MOST_RATIO = 50;

  /// A small export may shrink by more.
  private static final long ALWAYS = 64L << 20;

  private final Path path;

  PackedSqlite(Path path) {
    this.path = path;
  }

  Reading read(CallDetail detail) {
    try {
      Path unpacked = Files.createTempFile("hostperf-", ".sqlite");
      long most = ALWAYS + MOST_RATIO * Files.size(path);
      // A channel's stream ends when the job is cancelled; that of `Files` reads on.
      try (var channel = FileChannel.open(path);
          InputStream stream = new GZIPInputStream(Channels.newInputStream(channel), 1 << 16)) {
        if (!fits(stream, unpacked, most)) {
          return new Unreadable(
              "%s unpacks to more than %d MB, over %d times its size: that is not an export of nsys."
                  .formatted(path.getFileName(), most >> 20, MOST_RATIO),
              "a packed trace of the usual density",
              "Where it is one, unpack it with gunzip and name the .sqlite file.");
        }
        return new NsysSqliteReader(unpacked, path, detail).read();
      } catch (EOFException | ZipException e) {
        return new Unreadable(
            path.getFileName() + " ends or breaks in the middle of its compressed data.",
            "the rest of the file",
            "Copy the file again, or name the SQLite file it was made from.");
      } finally {
        Files.delete(unpacked);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean fits(InputStream from, Path to, long most) throws IOException {
    try (var out = Files.newOutputStream(to)) {
      var block = new byte[1 << 16];
      long written = 0;
      for (int n = from.read(block); n >= 0; n = from.read(block)) {
        written += n;
        if (written > most) {
          return false;
        }
        out.write(block, 0, n);
      }
      return true;
    }
  }
}

package hostperf.trace;

import hostperf.trace.Reading.Read;
import hostperf.trace.Reading.Unreadable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A gzipped SQLite export: unpacked into a temporary file, which is deleted after reading.
final class PackedSqlite {
  private final Path path;

  PackedSqlite(Path path) {
    this.path = path;
  }

  Reading read(CallDetail detail) {
    try {
      Path unpacked = Files.createTempFile("hostperf-", ".sqlite");
      try (InputStream stream = new GZIPInputStream(Files.newInputStream(path), 1 << 16)) {
        Files.copy(stream, unpacked, StandardCopyOption.REPLACE_EXISTING);
        return named(new NsysSqliteReader(unpacked, detail).read(), path);
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

  /// The reading of a temporary file, under the name of the file it was made from.
  static Reading named(Reading reading, Path path) {
    return switch (reading) {
      case Read(Trace trace) ->
          new Read(
              new Trace(
                  new Trace.Source(path, trace.source().format(), trace.source().notes()),
                  trace.tables(),
                  trace.names(),
                  trace.places()));
      case Unreadable unreadable -> unreadable;
    };
  }
}

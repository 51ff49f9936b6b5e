package hostperf.trace.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;

/// A SQLite file that is only read, and left as it is: no journal, no shared-memory file, no lock.
public final class SqliteFile {
  /// https://www.sqlite.org/fileformat2.html#the_database_header
  private static final int HEADER = 100;

  private static final String MAGIC = "SQLite format 3\0";

  private final Path path;

  public SqliteFile(Path path) {
    this.path = path;
  }

  /// Begins to load the driver's native code, which takes a tenth of a second, beside other work.
  public static void prepare() {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                SQLiteJDBCLoader.initialize();
              } catch (Exception _) {
                // Whoever opens a file is given the reason.
              }
            });
  }

  /// What the header says about the pages.
  ///
  /// @param size bytes of a page
  /// @param usable of these, bytes that hold content
  public record Pages(int size, int usable) {}

  public static boolean startsLikeOne(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1).startsWith(MAGIC);
  }

  Pages pages() throws IOException {
    ByteBuffer header = header();
    int size = pageSize(header);
    return new Pages(size, size - Byte.toUnsignedInt(header.get(20)));
  }

  /// How many bytes the header promises beyond those that are there; 0 for a whole file. A file
  /// shorter than the header itself counts as cut, too.
  public long missingBytes() throws IOException {
    ByteBuffer header = header();
    if (header.limit() < HEADER) {
      return (long) HEADER - header.limit();
    }
    // The size is valid only while the change counter (24) equals the version-valid-for number.
    boolean sizeIsValid = header.getInt(24) == header.getInt(92);
    long promised = Integer.toUnsignedLong(header.getInt(28)) * pageSize(header);
    return sizeIsValid ? Math.max(0, promised - Files.size(path)) : 0;
  }

  private ByteBuffer header() throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      var header = ByteBuffer.allocate(HEADER);
      return header.limit(Math.max(0, channel.read(header)));
    }
  }

  private static int pageSize(ByteBuffer header) {
    int size = Short.toUnsignedInt(header.getShort(16));
    return size == 1 ? 1 << 16 : size;
  }

  /// A write-ahead log or a journal beside the file holds changes that the file itself lacks.
  public Optional<Path> pendingChanges() throws IOException {
    for (String ending : Stream.of("-wal", "-journal").toList()) {
      Path beside = path.resolveSibling(path.getFileName() + ending);
      if (Files.exists(beside) && Files.size(beside) > 0) {
        return Optional.of(beside);
      }
    }
    return Optional.empty();
  }

  FileChannel channel() throws IOException {
    return FileChannel.open(path);
  }

  /// `immutable` keeps SQLite from making files beside the trace.
  public Connection open() throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    return config.createConnection(
        "jdbc:sqlite:file:" + path.toUri().getRawPath() + "?mode=ro&immutable=1");
  }
}

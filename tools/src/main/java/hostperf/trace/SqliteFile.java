package hostperf.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/// A SQLite file that is only read, and left as it is: no journal, no shared-memory file, no lock.
final class SqliteFile {
  private static final int HEADER = 100;
  private static final String MAGIC = "SQLite format 3\0";

  private final Path path;

  SqliteFile(Path path) {
    this.path = path;
  }

  /// How many bytes the header promises beyond those that are there; 0 for a whole file.
  /// A file shorter than the header itself counts as cut, too.
  long missingBytes() {
    try (FileChannel channel = FileChannel.open(path)) {
      var header = ByteBuffer.allocate(HEADER);
      int read = channel.read(header);
      if (read < HEADER) {
        return HEADER - Math.max(read, 0);
      }
      // https://www.sqlite.org/fileformat2.html#in_header_database_size: valid only while the
      // change counter (24) equals the version-valid-for number (92).
      int pageSize = Short.toUnsignedInt(header.getShort(16));
      long bytes = Integer.toUnsignedLong(header.getInt(28)) * (pageSize == 1 ? 65536 : pageSize);
      boolean sizeIsValid = header.getInt(24) == header.getInt(92);
      return sizeIsValid ? Math.max(0, bytes - channel.size()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean startsLikeOne(byte[] head) {
    return new String(head, java.nio.charset.StandardCharsets.ISO_8859_1).startsWith(MAGIC);
  }

  Connection open() throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    return config.createConnection("jdbc:sqlite:file:" + path.toUri().getRawPath() + mode());
  }

  /// `immutable` keeps SQLite from making files beside the trace; it would overlook a write-ahead
  /// log, so it is left out where there is one.
  private String mode() {
    boolean hasLog = Files.exists(path.resolveSibling(path.getFileName() + "-wal"));
    return hasLog ? "?mode=ro" : "?mode=ro&immutable=1";
  }

  /// The columns of a table, and whether they may be NULL; empty where there is no such table.
  static Optional<Map<String, Boolean>> columns(Connection connection, String table)
      throws SQLException {
    var columns = new HashMap<String, Boolean>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("pragma table_info(" + table + ")")) {
      while (rows.next()) {
        columns.put(rows.getString("name"), rows.getInt("notnull") == 0);
      }
    }
    return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
  }
}

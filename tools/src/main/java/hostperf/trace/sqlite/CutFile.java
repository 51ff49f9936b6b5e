package hostperf.trace.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A SQLite file that was cut: how much of its tables is there.
public final class CutFile {
  /// The schema stands at the beginning, since tables are made before they are filled.
  private static final long SCHEMA = 8L << 20;

  private static final int INTERIOR = 5;
  private static final int DEEPEST = 20;

  private final Path path;
  private final SqliteFile file;

  public CutFile(Path path) {
    this.path = path;
    this.file = new SqliteFile(path);
  }

  /// The part of each table's pages that is there, 0 to 1; empty where not even the schema can be
  /// read. Tables that the schema lacks are left out.
  public Optional<Map<String, Double>> readable(List<String> tables) throws IOException {
    Path head = Files.createTempFile("hostperf-", ".sqlite");
    try {
      copyHead(head);
      return Optional.of(parts(head, tables));
    } catch (SQLException | DamagedFile _) {
      return Optional.empty();
    } finally {
      Files.delete(head);
    }
  }

  /// SQLite opens no file that is shorter than its header says; holes cost no space.
  private void copyHead(Path head) throws IOException {
    try (FileChannel from = file.channel();
        FileChannel to = FileChannel.open(head, StandardOpenOption.WRITE)) {
      from.transferTo(0, Math.min(from.size(), SCHEMA), to);
      to.write(ByteBuffer.allocate(1), Math.max(1, from.size() + file.missingBytes()) - 1);
    }
  }

  private Map<String, Double> parts(Path head, List<String> tables)
      throws SQLException, IOException {
    var parts = new LinkedHashMap<String, Double>();
    try (var connection = new SqliteFile(head).open();
        FileChannel channel = FileChannel.open(path)) {
      for (String table : tables) {
        Optional<SqliteTable> found = SqliteTable.find(connection, table);
        if (found.isPresent() && found.get().hasOrdinaryPages()) {
          var pages = new Pages(channel, file.pages().size());
          pages.visit(found.get().rootPage(), 0);
          parts.put(table, (double) pages.present / (pages.present + pages.missing));
        }
      }
    }
    return parts;
  }

  /// Counts the pages of a table. What hangs on a page that is missing is not known.
  private static final class Pages {
    private final FileChannel channel;
    private final int size;
    private final long count;
    private long present;
    private long missing;

    Pages(FileChannel channel, int size) throws IOException {
      this.channel = channel;
      this.size = size;
      this.count = channel.size() / size;
    }

    void visit(int page, int depth) throws IOException {
      if (page < 1 || page > count || depth > DEEPEST) {
        missing++;
        return;
      }
      present++;
      var content = ByteBuffer.allocate(size);
      channel.read(content, (page - 1L) * size);
      int header = TableTree.header(page);
      if (content.get(header) != INTERIOR || present > count) {
        return;
      }
      int cells = Short.toUnsignedInt(content.getShort(header + 3));
      for (int cell = 0; cell < cells; cell++) {
        int pointer = header + 12 + 2 * cell;
        int at = pointer > size - 2 ? size : Short.toUnsignedInt(content.getShort(pointer));
        if (at > size - 4) {
          missing++;
          return;
        }
        visit(content.getInt(at), depth + 1);
      }
      visit(content.getInt(header + 8), depth + 1);
    }
  }
}

package hostperf.trace.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Makes large traces of the examples. From reading them, the launcher's start cache learns which
/// methods a large trace needs compiled; of small ones it learns the wrong ones.
public final class GrownTraces {
  private static final List<String> TABLES =
      List.of(
          "CUPTI_ACTIVITY_KIND_KERNEL",
          "CUPTI_ACTIVITY_KIND_RUNTIME",
          "CUPTI_ACTIVITY_KIND_MEMCPY",
          "CUPTI_ACTIVITY_KIND_GRAPH_TRACE",
          "NVTX_EVENTS");

  private static final int DOUBLINGS = 7;
  private static final int TIMES = 20;

  private GrownTraces() {}

  /// @param arguments the examples' folder, and one for `nsys.sqlite` and `torch.json`
  public static void main(String[] arguments) throws IOException, SQLException {
    Path examples = Path.of(arguments[0]);
    Path grown = Path.of(arguments[1]);
    try (var packed = unpacked(examples.resolve("nsys.sqlite.gz"))) {
      Files.copy(packed, grown.resolve("nsys.sqlite"));
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + grown + "/nsys.sqlite");
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      String span = text(statement, "select max(end) - min(start) + 1000000 from NVTX_EVENTS");
      for (int i = 0; i < DOUBLINGS; i++) {
        for (String table : TABLES) {
          doubled(statement, table, Long.parseLong(span) << i);
        }
      }
      connection.commit();
    }
    try (var packed = unpacked(examples.resolve("torch.json.gz"))) {
      var text = new String(packed.readAllBytes(), StandardCharsets.UTF_8);
      int begin = text.indexOf('[') + 1;
      int end = text.lastIndexOf(']');
      var events = Collections.nCopies(TIMES, text.substring(begin, end));
      Files.writeString(
          grown.resolve("torch.json"),
          text.substring(0, begin) + String.join(",", events) + text.substring(end));
    }
  }

  private static GZIPInputStream unpacked(Path file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file));
  }

  private static void doubled(Statement statement, String table, long shift) throws SQLException {
    String columns =
        text(
            statement,
            "select group_concat(iif(name in ('start', 'end'), name || '+%d', name)) from pragma_table_info('%s')"
                .formatted(shift, table));
    statement.execute("insert into %1$s select %2$s from %1$s".formatted(table, columns));
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.getString(1);
    }
  }
}

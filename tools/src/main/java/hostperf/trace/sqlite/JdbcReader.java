package hostperf.trace.sqlite;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Reads tables through the driver: slower than `PageReader`, but whatever SQLite can read.
final class JdbcReader implements TableReader {
  private final Connection connection;

  /// @param connection stays open
  JdbcReader(Connection connection) {
    this.connection = connection;
  }

  @Override
  public <T extends RowSink> List<T> start(
      SqliteTable table, List<String> columns, Supplier<T> sink) throws IOException {
    T part = sink.get();
    String wanted = columns.stream().map(c -> number(table, c)).collect(Collectors.joining(", "));
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select " + wanted + " from " + table.quoted())) {
      var values = new long[columns.size()];
      while (rows.next()) {
        for (int i = 0; i < values.length; i++) {
          long value = rows.getLong(i + 1);
          values[i] = rows.wasNull() ? RowSink.ABSENT : value;
        }
        part.take(values);
      }
    } catch (SQLException e) {
      throw new DamagedFile("its table " + table.name() + " cannot be read: " + e.getMessage());
    }
    return List.of(part);
  }

  /// In SQLite any column may hold any type.
  private static String number(SqliteTable table, String column) {
    String quoted = SqliteTable.quoted(column);
    return table.has(column)
        ? "case typeof(%1$s) when 'integer' then %1$s when 'real' then cast(%1$s as integer) end"
            .formatted(quoted)
        : "null";
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}

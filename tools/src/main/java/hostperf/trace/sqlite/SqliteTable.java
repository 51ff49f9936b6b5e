package hostperf.trace.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A table as this file's schema has it; columns are looked up, never assumed.
///
/// @param rootPage page at which its tree begins, from 1
/// @param columns where each column stands in a row
public record SqliteTable(String name, int rootPage, Map<String, Integer> columns) {
  public SqliteTable {
    columns = Map.copyOf(columns);
  }

  /// Empty where there is no such table, or it has no times.
  public static Optional<SqliteTable> find(Connection connection, String name) throws SQLException {
    int rootPage = rootPage(connection, name);
    var columns = new HashMap<String, Integer>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("pragma table_info(" + name + ")")) {
      while (rows.next()) {
        columns.put(rows.getString("name"), rows.getInt("cid"));
      }
    }
    return rootPage > 0 && columns.containsKey("start") && columns.containsKey("end")
        ? Optional.of(new SqliteTable(name, rootPage, columns))
        : Optional.empty();
  }

  /// 0 for views, and for tables that are kept as an index.
  private static int rootPage(Connection connection, String name) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "select rootpage, sql from sqlite_master where type = 'table' and name = ?")) {
      query.setString(1, name);
      try (var found = query.executeQuery()) {
        boolean isOrdinary =
            found.next() && !found.getString(2).toUpperCase(Locale.ROOT).contains("WITHOUT ROWID");
        return isOrdinary ? found.getInt(1) : 0;
      }
    }
  }

  public boolean has(String column) {
    return columns.containsKey(column);
  }

  /// Where a column stands in a row; -1 where this schema lacks it.
  int position(String column) {
    return columns.getOrDefault(column, -1);
  }
}

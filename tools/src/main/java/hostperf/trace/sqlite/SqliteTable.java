package hostperf.trace.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A table as this file's schema has it; columns are looked up, never assumed.
///
/// @param rootPage page at which its tree begins, from 1; 0 where its pages are not those of an
///     ordinary table: views, tables kept as an index, generated columns, defaults
/// @param columns where each column stands in a row
public record SqliteTable(String name, int rootPage, Map<String, Integer> columns) {
  private static final Pattern UNUSUAL =
      Pattern.compile("WITHOUT\\s+ROWID|PRIMARY\\s+KEY\\s+DESC|VIRTUAL\\s+TABLE");

  public SqliteTable {
    columns = Map.copyOf(columns);
  }

  /// The table of this name, or of this name with the suffix of a version (`_V3`), which some
  /// exports add. Empty where there is none that has times.
  public static Optional<SqliteTable> find(Connection connection, String name) throws SQLException {
    for (String found : versions(connection, name)) {
      SqliteTable table = read(connection, found);
      if (table.has("start") && table.has("end")) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }

  /// The exact name first, then the newest version.
  private static List<String> versions(Connection connection, String name) throws SQLException {
    var names = new ArrayList<String>();
    try (var query =
        connection.prepareStatement(
            "select name from sqlite_master where type in ('table', 'view') and name like ?"
                + " order by length(name) desc, name desc")) {
      query.setString(1, name + "%");
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          String found = rows.getString(1);
          if (found.equals(name)) {
            names.addFirst(found);
          } else if (found.substring(name.length()).matches("_?[Vv]?\\d+")) {
            names.add(found);
          }
        }
      }
    }
    return names;
  }

  private static SqliteTable read(Connection connection, String name) throws SQLException {
    var columns = new HashMap<String, Integer>();
    boolean isOrdinary = true;
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("pragma table_xinfo(" + quoted(name) + ")")) {
      int keys = 0;
      String key = "";
      while (rows.next()) {
        columns.put(rows.getString("name"), rows.getInt("cid"));
        isOrdinary &= rows.getInt("hidden") == 0 && rows.getString("dflt_value") == null;
        if (rows.getInt("pk") > 0) {
          keys++;
          key = isInteger(rows) ? rows.getString("name") : "";
        }
      }
      if (keys == 1 && !key.isEmpty()) {
        columns.put(key, LeafPage.ROW_NUMBER);
      }
    }
    return new SqliteTable(name, isOrdinary ? rootPage(connection, name) : 0, columns);
  }

  private static boolean isInteger(ResultSet column) throws SQLException {
    return "INTEGER".equalsIgnoreCase(column.getString("type"));
  }

  private static int rootPage(Connection connection, String name) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "select rootpage, sql from sqlite_master where type = 'table' and name = ?")) {
      query.setString(1, name);
      try (var found = query.executeQuery()) {
        boolean isOrdinary =
            found.next() && !UNUSUAL.matcher(found.getString(2).toUpperCase(Locale.ROOT)).find();
        return isOrdinary ? found.getInt(1) : 0;
      }
    }
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// The name as SQL takes it.
  public String quoted() {
    return quoted(name);
  }

  boolean hasOrdinaryPages() {
    return rootPage > 0;
  }

  public boolean has(String column) {
    return columns.containsKey(column);
  }

  /// Where a column stands in a row; -1 where this schema lacks it.
  int position(String column) {
    return columns.getOrDefault(column, -1);
  }
}

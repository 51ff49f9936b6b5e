package hostperf.trace;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table of timed rows, as this file's schema has it: columns are looked up, and what a schema
/// lacks or leaves NULL reads as 0.
record SqliteTable(String name, Map<String, Boolean> nullable, long firstRow, long lastRow) {
  SqliteTable {
    nullable = Map.copyOf(nullable);
  }

  /// The longest row that is believed: 2^39 ns are nine minutes. It leaves 24 bits beside the
  /// duration in one number.
  static final long LONGEST = (1L << 39) - 1;

  /// Empty where the table is missing, has no times or no rows.
  static Optional<SqliteTable> find(Connection connection, String name) throws SQLException {
    var columns = SqliteFile.columns(connection, name).orElse(Map.of());
    if (!columns.containsKey("start") || !columns.containsKey("end")) {
      return Optional.empty();
    }
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select (select min(rowid) from %1$s), (select max(rowid) from %1$s)"
                    .formatted(name))) {
      long first = rows.getLong(1);
      boolean isEmpty = rows.wasNull();
      return isEmpty
          ? Optional.empty()
          : Optional.of(new SqliteTable(name, columns, first, rows.getLong(2)));
    }
  }

  boolean has(String column) {
    return nullable.containsKey(column);
  }

  /// The column, or 0 where it is missing or NULL.
  String orZero(String column) {
    if (!has(column)) {
      return "0";
    }
    return nullable.getOrDefault(column, true) ? "ifnull(" + column + ",0)" : column;
  }

  /// Keeps rows whose times can be used. In SQLite any column may hold any type: text sorts after
  /// every number, so the first comparison drops it, and NULL fails every comparison.
  static String usableTimes() {
    return "start < 9223372036854775807 and end - start between 0 and " + LONGEST;
  }

  /// Row ranges that can be read side by side.
  List<String> parts(int count) {
    long rows = lastRow - firstRow + 1;
    // Below that a second connection costs more than it saves.
    long smallest = 50_000;
    long parts = Math.clamp(rows / smallest, 1, count);
    var ranges = new ArrayList<String>();
    for (long i = 0; i < parts; i++) {
      long from = firstRow + rows / parts * i;
      long to = i == parts - 1 ? lastRow : firstRow + rows / parts * (i + 1) - 1;
      ranges.add("rowid between %d and %d".formatted(from, to));
    }
    return ranges;
  }
}

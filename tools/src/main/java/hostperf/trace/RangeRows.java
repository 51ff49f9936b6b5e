package hostperf.trace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// The rows of the NVTX table.
///
/// A range's name stands in `text`, or, when the program registered it, behind `textId`.
final class RangeRows {
  /// `ENUM_NSYS_EVENT_TYPE`: push/pop and start/end ranges, also those of nsys' text format. Marks
  /// and domain records are rows of the same table.
  private static final String RANGE_TYPES = "(59,60,70,71)";

  private final Events.Builder rows = new Events.Builder();
  private final Dictionary<HostThread> threads = new Dictionary<>();
  private final Dictionary<String> texts = new Dictionary<>();

  RangeRows(Connection connection, SqliteTable table) throws SQLException {
    String types = table.has("eventType") ? " where eventType in " + RANGE_TYPES : "";
    try (var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select %s, %s, %s, %s, %s from %s%s"
                    .formatted(
                        number(table, "start"),
                        number(table, "end"),
                        number(table, "globalTid"),
                        number(table, "textId"),
                        table.has("text") ? "text" : "null",
                        table.name(),
                        types))) {
      while (row.next()) {
        take(row);
      }
    }
  }

  /// In SQLite any column may hold any type: what is no whole number reads as absent.
  private static String number(SqliteTable table, String column) {
    return table.has(column)
        ? "iif(typeof(%1$s) = 'integer', %1$s, %2$d)".formatted(column, Long.MIN_VALUE + 1)
        : "0";
  }

  /// A row without a usable end keeps its start, which is what a step's period needs.
  private void take(ResultSet row) throws SQLException {
    long start = row.getLong(1);
    long end = row.getLong(2);
    if (!Times.isUsable(start)) {
      return;
    }
    String text = row.getString(5);
    int name = text == null ? Times.small(row.getLong(4)) : -1 - texts.number(text);
    rows.add(
        start,
        Times.areUsable(start, end) ? end : start,
        name,
        threads.number(HostThread.ofGlobalTid(Math.max(row.getLong(3), 0))));
  }

  Events.Builder rows() {
    return rows;
  }

  /// @param byId what becomes of a name behind an id
  /// @param byText numbers the names that stood in the rows
  void rename(IntUnaryOperator byId, Dictionary<String> byText, Dictionary<HostThread> all) {
    int[] numbers = threads.values().stream().mapToInt(all::number).toArray();
    List<String> written = texts.values();
    int[] names = written.stream().mapToInt(byText::number).toArray();
    rows.rename(
        name -> name < 0 ? names[-1 - name] : byId.applyAsInt(name), place -> numbers[place]);
  }
}

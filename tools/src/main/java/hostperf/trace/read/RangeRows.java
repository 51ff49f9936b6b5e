package hostperf.trace.read;

import hostperf.trace.sqlite.SqliteTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The rows of the NVTX table.
///
/// A range's name stands in `text`, or, when the program registered it, behind `textId`.
final class RangeRows {
  /// `ENUM_NSYS_EVENT_TYPE`: push/pop and start/end ranges, also those of nsys' text format. Marks
  /// and domain records are rows of the same table.
  private static final String RANGE_TYPES = "(59,60,70,71)";

  private final Numbering numbering;
  private final Rows rows = new Rows();
  private final InlineNames texts;

  /// Of a trace without such a table.
  ///
  /// @param texts where names go that stand in the rows
  RangeRows(Numbering numbering, InlineNames texts) {
    this.numbering = numbering;
    this.texts = texts;
  }

  RangeRows(Connection connection, SqliteTable table, Numbering numbering, InlineNames texts)
      throws SQLException {
    this(numbering, texts);
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
                        table.quoted(),
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
    int name =
        text == null ? numbering.names().number(Times.small(row.getLong(4))) : texts.number(text);
    rows.add(
        start,
        Times.areUsable(start, end) ? end : start,
        name,
        numbering.threads().number(HostThread.ofGlobalTid(Math.max(row.getLong(3), 0))));
  }

  Rows rows() {
    return rows;
  }
}

package hostperf.trace;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// The NVTX table while it is being read.
///
/// A range's name stands in `text`, or, when the program registered it, behind `textId`.
final class RangeRows {
  /// `ENUM_NSYS_EVENT_TYPE`: push/pop and start/end ranges, also those of nsys' text format. Marks
  /// and domain records are rows of the same table.
  private static final String RANGE_TYPES = "(59,60,70,71)";

  private final SqliteTable table;
  private final Events.Builder rows = new Events.Builder();
  private final Dictionary<HostThread> threads = new Dictionary<>();
  private final Dictionary<String> texts = new Dictionary<>();

  RangeRows(SqliteTable table, ParallelScan scan) {
    this.table = table;
    String types = table.has("eventType") ? " and eventType in " + RANGE_TYPES : "";
    String text = table.has("text") ? "text" : "null";
    scan.start(
        "select start, case when typeof(end) = 'integer' then max(end, start) else start end,"
            + " %s, %s & 16777215, %s from %s where typeof(start) = 'integer'%s"
                .formatted(
                    table.orZero("globalTid"), table.orZero("textId"), text, table.name(), types),
        this::take);
  }

  /// A row without a usable end keeps its start, which is what a step's period needs.
  private void take(ResultSet row) throws SQLException {
    String text = row.getString(5);
    int name = text == null ? row.getInt(4) : -1 - texts.number(text);
    rows.add(
        row.getLong(1),
        row.getLong(2),
        name,
        threads.number(HostThread.ofGlobalTid(row.getLong(3))));
  }

  SqliteTable table() {
    return table;
  }

  Events.Builder rows() {
    return rows;
  }

  /// @param byId what becomes of a name behind an id
  /// @param byText what becomes of a name that stood in the row
  void rename(IntUnaryOperator byId, Dictionary<String> byText, Dictionary<HostThread> all) {
    int[] numbers = threads.values().stream().mapToInt(all::number).toArray();
    List<String> written = texts.values();
    int[] names = written.stream().mapToInt(byText::number).toArray();
    rows.rename(
        name -> name < 0 ? names[-1 - name] : byId.applyAsInt(name), place -> numbers[place]);
  }
}

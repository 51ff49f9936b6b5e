package hostperf.trace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/// One part of the table of CUDA calls while it is being read.
///
/// Names are chosen in SQL by their ids, so that calls nobody asks for never leave SQLite.
final class CallRows {
  private static final int NAME_BITS = 24;
  private static final int NAME_MASK = (1 << NAME_BITS) - 1;

  private final Events.Builder rows = new Events.Builder();
  private final Dictionary<HostThread> threads = new Dictionary<>();
  private long lastThread = Long.MIN_VALUE;
  private int lastNumber;

  private CallRows() {}

  static void of(
      SqliteTable table,
      Connection connection,
      CallDetail detail,
      ParallelScan scan,
      List<CallRows> parts)
      throws SQLException {
    String wanted = wanted(connection, detail);
    for (String part : table.parts(ParallelScan.THREADS)) {
      var rows = new CallRows();
      parts.add(rows);
      scan.start(
          "select start, ((end - start) << %d) | (%s & %d), %s from %s where %s%s and %s"
              .formatted(
                  NAME_BITS,
                  table.orZero("nameId"),
                  NAME_MASK,
                  table.orZero("globalTid"),
                  table.name(),
                  part,
                  wanted,
                  SqliteTable.usableTimes()),
          rows::take);
    }
  }

  private static String wanted(Connection connection, CallDetail detail) throws SQLException {
    if (detail == CallDetail.ALL) {
      return "";
    }
    var ids = new TreeSet<Long>();
    try (var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select id, value from StringIds where value glob 'cu*'")) {
      while (rows.next()) {
        if (ApiCall.of(rows.getString(2)) != ApiCall.OTHER) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids.stream()
        .map(String::valueOf)
        .collect(
            Collectors.joining(
                ",", " and (nameId in (", ") or end - start >= " + CallDetail.LONG_NS + ")"));
  }

  private void take(ResultSet row) throws SQLException {
    long start = row.getLong(1);
    long durationAndName = row.getLong(2);
    long thread = row.getLong(3);
    if (thread != lastThread) {
      lastThread = thread;
      lastNumber = threads.number(HostThread.ofGlobalTid(thread));
    }
    rows.add(
        start,
        start + (durationAndName >>> NAME_BITS),
        (int) durationAndName & NAME_MASK,
        lastNumber);
  }

  Events.Builder rows() {
    return rows;
  }

  void rename(IntUnaryOperator name, Dictionary<HostThread> all) {
    int[] numbers = threads.values().stream().mapToInt(all::number).toArray();
    rows.rename(name, place -> numbers[place]);
  }
}

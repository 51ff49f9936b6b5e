package hostperf.trace.read;

import hostperf.trace.sqlite.RowSink;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One part of the table of CUDA calls, as it is read. Calls nobody asks for are not kept.
final class CallRows implements RowSink {
  static final List<String> COLUMNS =
      List.of("start", "end", "nameId", "globalTid", "correlationId");

  private final CallDetail detail;
  private final BitSet decisive;
  private final Dictionary<HostThread> all;
  private final NameNumbers names;
  private final Map<HostThread, Integer> threads = new HashMap<>();
  private final Rows rows = new Rows();
  private long lastThread = RowSink.ABSENT;
  private int lastNumber = -1;

  /// @param decisive ids of the names that are kept whatever the calls took
  CallRows(CallDetail detail, BitSet decisive, Numbering numbering) {
    this.detail = detail;
    this.decisive = decisive;
    this.all = numbering.threads();
    this.names = new NameNumbers(numbering.names());
  }

  /// Ids of the names of launches and waits.
  static BitSet decisive(Connection connection) throws SQLException {
    var ids = new BitSet();
    try (var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select id, value from StringIds where value glob '[cuhz]*'")) {
      while (rows.next()) {
        if (ApiCall.of(rows.getString(2)) != ApiCall.OTHER) {
          ids.set(Times.small(rows.getLong(1)));
        }
      }
    }
    return ids;
  }

  @Override
  public void take(long[] row) {
    int name = Times.small(row[2]);
    boolean isWanted =
        detail == CallDetail.ALL || decisive.get(name) || row[1] - row[0] >= CallDetail.LONG_NS;
    if (!isWanted || !Times.areUsable(row[0], row[1])) {
      return;
    }
    if (row[3] != lastThread || lastNumber < 0) {
      lastThread = row[3];
      lastNumber =
          threads.computeIfAbsent(HostThread.ofGlobalTid(Math.max(row[3], 0)), all::number);
    }
    rows.add(row[0], row[1], names.of(name), lastNumber, Times.small(row[4]));
  }

  Rows rows() {
    return rows;
  }
}

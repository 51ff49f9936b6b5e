package hostperf.trace;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// One part of a table of GPU work while it is being read.
///
/// Every column that SQLite hands over costs about 60 ns, so a row comes as three numbers: the
/// start, the duration with the name's id, and the process with graph flag, device and stream.
final class GpuRows {
  private static final int NAME_BITS = 24;
  private static final int NAME_MASK = (1 << NAME_BITS) - 1;

  private final SqliteTable table;
  private final Track.Kind ungraphed;
  private final Events.Builder rows = new Events.Builder();
  private final Dictionary<Track> tracks = new Dictionary<>();
  private long lastPlace = Long.MIN_VALUE;
  private int lastTrack;

  private GpuRows(SqliteTable table, Track.Kind ungraphed) {
    this.table = table;
    this.ungraphed = ungraphed;
  }

  static void ofKernels(SqliteTable table, ParallelScan scan, List<GpuRows> parts) {
    start(table, Track.Kind.EAGER, table.orZero("shortName"), scan, parts);
  }

  static void ofReplays(SqliteTable table, ParallelScan scan, List<GpuRows> parts) {
    start(table, Track.Kind.REPLAY, "0", scan, parts);
  }

  private static void start(
      SqliteTable table, Track.Kind kind, String name, ParallelScan scan, List<GpuRows> parts) {
    String isNode = table.has("graphNodeId") ? "(graphNodeId is not null)" : "0";
    for (String part : table.parts(ParallelScan.THREADS)) {
      var rows = new GpuRows(table, kind);
      parts.add(rows);
      scan.start(
          "select start, ((end - start) << %d) | (%s & %d), %s from %s where %s and %s"
              .formatted(
                  NAME_BITS,
                  name,
                  NAME_MASK,
                  place(table, isNode),
                  table.name(),
                  part,
                  SqliteTable.usableTimes()),
          rows::take);
    }
  }

  /// The low 24 bits of a process id are free: 1 bit for graph nodes, 7 for the device, 16 for
  /// the stream.
  private static String place(SqliteTable table, String isNode) {
    return "(%s & ~16777215) | (%s << 23) | ((%s & 127) << 16) | (%s & 65535)"
        .formatted(
            table.orZero("globalPid"), isNode, table.orZero("deviceId"), table.orZero("streamId"));
  }

  private void take(ResultSet row) throws SQLException {
    long start = row.getLong(1);
    long durationAndName = row.getLong(2);
    long place = row.getLong(3);
    if (place != lastPlace) {
      lastPlace = place;
      lastTrack = tracks.number(track(place));
    }
    rows.add(
        start,
        start + (durationAndName >>> NAME_BITS),
        (int) durationAndName & NAME_MASK,
        lastTrack);
  }

  private Track track(long place) {
    boolean isNode = (place >> 23 & 1) == 1;
    return new Track(
        place & ~0xFFFFFFL,
        (int) (place >> 16 & 127),
        (int) (place & 65535),
        isNode ? Track.Kind.GRAPH_NODE : ungraphed);
  }

  SqliteTable table() {
    return table;
  }

  Events.Builder rows() {
    return rows;
  }

  List<Track> tracks() {
    return tracks.values();
  }

  boolean areReplays() {
    return ungraphed == Track.Kind.REPLAY;
  }

  void rename(IntUnaryOperator name, Dictionary<Track> all) {
    int[] numbers = tracks.values().stream().mapToInt(all::number).toArray();
    rows.rename(name, place -> numbers[place]);
  }
}

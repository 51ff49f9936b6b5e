package hostperf.trace;

import java.util.List;
import java.util.function.IntUnaryOperator;

/// One part of a table of GPU work, as it is read.
final class GpuRows implements RowSink {
  static final List<String> COLUMNS =
      List.of("start", "end", "deviceId", "streamId", "globalPid", "shortName", "graphNodeId");

  private final Track.Kind ungraphed;
  private final Events.Builder rows = new Events.Builder();
  private final Dictionary<Track> tracks = new Dictionary<>();
  private final long[] last = {-1, -1, -1, -1};
  private int lastTrack;
  private long dropped;

  private GpuRows(Track.Kind ungraphed) {
    this.ungraphed = ungraphed;
  }

  static GpuRows kernels() {
    return new GpuRows(Track.Kind.EAGER);
  }

  static GpuRows replays() {
    return new GpuRows(Track.Kind.REPLAY);
  }

  @Override
  public void take(long[] row) {
    if (!Times.areUsable(row[0], row[1])) {
      dropped++;
      return;
    }
    rows.add(row[0], row[1], Times.small(row[5]), track(row));
  }

  /// Rows in a row mostly share their track, so the last one is remembered.
  private int track(long[] row) {
    long isNode = row[6] == LeafPage.ABSENT ? 0 : 1;
    if (row[2] != last[0] || row[3] != last[1] || row[4] != last[2] || isNode != last[3]) {
      last[0] = row[2];
      last[1] = row[3];
      last[2] = row[4];
      last[3] = isNode;
      lastTrack =
          tracks.number(
              new Track(
                  Math.max(row[4], 0),
                  Times.small(row[2]),
                  Times.small(row[3]),
                  isNode == 1 ? Track.Kind.GRAPH_NODE : ungraphed));
    }
    return lastTrack;
  }

  Events.Builder rows() {
    return rows;
  }

  boolean areReplays() {
    return ungraphed == Track.Kind.REPLAY;
  }

  /// How many rows had no usable time.
  long dropped() {
    return dropped;
  }

  void rename(IntUnaryOperator name, Dictionary<Track> all) {
    int[] numbers = tracks.values().stream().mapToInt(all::number).toArray();
    rows.rename(name, place -> numbers[place]);
  }
}

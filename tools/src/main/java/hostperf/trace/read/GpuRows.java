package hostperf.trace.read;

import hostperf.trace.sqlite.RowSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One part of a table of GPU work, as it is read.
final class GpuRows implements RowSink {
  static final List<String> COLUMNS =
      List.of(
          "start",
          "end",
          "deviceId",
          "streamId",
          "globalPid",
          "shortName",
          "graphNodeId",
          "correlationId");

  private final Track.Kind ungraphed;
  private final Dictionary<Track> all;
  private final NameNumbers names;
  private final Map<Track, Integer> tracks = new HashMap<>();
  private final Rows rows = new Rows();
  private final long[] last = {-1, -1, -1, -1};
  private int lastTrack;
  private long dropped;

  private GpuRows(Track.Kind ungraphed, Numbering numbering) {
    this.ungraphed = ungraphed;
    this.all = numbering.tracks();
    this.names = new NameNumbers(numbering.names());
  }

  static GpuRows kernels(Numbering numbering) {
    return new GpuRows(Track.Kind.EAGER, numbering);
  }

  static GpuRows replays(Numbering numbering) {
    return new GpuRows(Track.Kind.REPLAY, numbering);
  }

  @Override
  public void take(long[] row) {
    if (!Times.areUsable(row[0], row[1])) {
      dropped++;
      return;
    }
    int name = ungraphed == Track.Kind.REPLAY ? Numbering.REPLAY : Times.small(row[5]);
    rows.add(row[0], row[1], names.of(name), track(row), Times.small(row[7]));
  }

  /// Rows in a row mostly share their track, so the last one is remembered.
  private int track(long[] row) {
    long isNode = row[6] == RowSink.ABSENT ? 0 : 1;
    if (row[2] != last[0] || row[3] != last[1] || row[4] != last[2] || isNode != last[3]) {
      last[0] = row[2];
      last[1] = row[3];
      last[2] = row[4];
      last[3] = isNode;
      lastTrack =
          tracks.computeIfAbsent(
              new Track(
                  Math.max(row[4], 0),
                  Times.small(row[2]),
                  Times.small(row[3]),
                  isNode == 1 ? Track.Kind.GRAPH_NODE : ungraphed),
              all::number);
    }
    return lastTrack;
  }

  Rows rows() {
    return rows;
  }

  /// How many rows had no usable time.
  long dropped() {
    return dropped;
  }
}

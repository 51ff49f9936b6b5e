package hostperf.trace.read;

import hostperf.trace.sqlite.RowSink;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One part of a table of copies or memsets, as it is read.
final class CopyRows implements RowSink {
  static final List<String> COLUMNS =
      List.of("start", "end", "deviceId", "streamId", "globalPid", "copyKind", "correlationId");

  private final boolean isMemset;
  private final Numbering numbering;
  private final Rows rows = new Rows();
  private final Map<Copy, Integer> names = new EnumMap<>(Copy.class);
  private long lastProcess = -1;
  private long lastDevice = -1;
  private long lastStream = -1;
  private int lastTrack;

  CopyRows(boolean isMemset, Numbering numbering) {
    this.isMemset = isMemset;
    this.numbering = numbering;
  }

  @Override
  public void take(long[] row) {
    if (!Times.areUsable(row[0], row[1])) {
      return;
    }
    Copy copy = isMemset ? Copy.MEMSET : Copy.ofNsys(row[5]);
    int name = names.computeIfAbsent(copy, c -> numbering.names().number(Numbering.of(c)));
    rows.add(row[0], row[1], name, track(row), Times.small(row[6]));
  }

  /// Rows in a row mostly share their track, so the last one is remembered.
  private int track(long[] row) {
    if (row[2] != lastDevice || row[3] != lastStream || row[4] != lastProcess) {
      lastDevice = row[2];
      lastStream = row[3];
      lastProcess = row[4];
      lastTrack =
          numbering
              .tracks()
              .number(
                  new Track(
                      Math.max(row[4], 0),
                      Times.small(row[2]),
                      Times.small(row[3]),
                      Track.Kind.EAGER));
    }
    return lastTrack;
  }

  Rows rows() {
    return rows;
  }
}

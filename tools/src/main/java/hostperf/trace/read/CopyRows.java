package hostperf.trace.read;

import hostperf.trace.sqlite.RowSink;
import java.util.List;

/// One part of a table of copies or memsets, as it is read.
final class CopyRows implements RowSink {
  static final List<String> COLUMNS =
      List.of("start", "end", "deviceId", "streamId", "globalPid", "copyKind", "correlationId");

  private final boolean isMemset;
  private final Numbering numbering;
  private final Rows rows = new Rows();

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
    var track =
        new Track(Math.max(row[4], 0), Times.small(row[2]), Times.small(row[3]), Track.Kind.EAGER);
    rows.add(
        row[0],
        row[1],
        numbering.names().number(Numbering.of(copy)),
        numbering.tracks().number(track),
        Times.small(row[6]));
  }

  Rows rows() {
    return rows;
  }
}

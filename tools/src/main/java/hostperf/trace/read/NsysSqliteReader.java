package hostperf.trace.read;

import hostperf.trace.read.Reading.Unreadable;
import hostperf.trace.sqlite.DamagedFile;
import hostperf.trace.sqlite.PageScan;
import hostperf.trace.sqlite.SqliteFile;
import hostperf.trace.sqlite.SqliteTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Optional;

/// Reads the SQLite export of nsys 2023 to 2026.
///
/// Tables and columns are looked up, since they come and go between versions: an export without
/// graph replays has no `CUPTI_ACTIVITY_KIND_GRAPH_TRACE`, older ones lack `graphNodeId`.
final class NsysSqliteReader {
  private static final String KERNELS = "CUPTI_ACTIVITY_KIND_KERNEL";
  private static final String REPLAYS = "CUPTI_ACTIVITY_KIND_GRAPH_TRACE";
  private static final String CALLS = "CUPTI_ACTIVITY_KIND_RUNTIME";
  private static final String RANGES = "NVTX_EVENTS";

  private final Path path;
  private final SqliteFile file;
  private final CallDetail detail;

  NsysSqliteReader(Path path, CallDetail detail) {
    this.path = path;
    this.file = new SqliteFile(path);
    this.detail = detail;
  }

  Reading read() {
    try {
      long missing = file.missingBytes();
      if (missing > 0) {
        return unreadable("is cut off: its header promises " + missing + " bytes more");
      }
      Optional<Path> pending = file.pendingChanges();
      return pending.isPresent() ? inUse(pending.get()) : content();
    } catch (DamagedFile | SQLException e) {
      return unreadable("cannot be read as a database: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Unreadable unreadable(String what) {
    return new Unreadable(
        path.getFileName() + " " + what + ".",
        "a whole, intact SQLite file",
        "Copy the file again, or export the report again: " + Capture.exportAgain(path));
  }

  private Unreadable inUse(Path pending) {
    return new Unreadable(
        pending.getFileName() + " holds changes that are not yet in " + path.getFileName() + ".",
        "a file that no program is writing",
        "Close the program that writes it, or run: sqlite3 "
            + path
            + " 'pragma wal_checkpoint(truncate)'");
  }

  private Reading content() throws SQLException, IOException {
    try (Connection connection = file.open()) {
      Optional<SqliteTable> kernels = SqliteTable.find(connection, KERNELS);
      Optional<SqliteTable> replays = SqliteTable.find(connection, REPLAYS);
      if (kernels.isEmpty() && replays.isEmpty()) {
        return TraceAssembly.withoutGpuWork(path);
      }
      Optional<SqliteTable> ranges = SqliteTable.find(connection, RANGES);
      if (ranges.isEmpty()) {
        return TraceAssembly.withoutRanges(path);
      }
      return scan(connection, kernels, replays, ranges.get());
    }
  }

  private Reading scan(
      Connection connection,
      Optional<SqliteTable> kernels,
      Optional<SqliteTable> replays,
      SqliteTable ranges)
      throws SQLException, IOException {
    var numbering = new Numbering();
    try (var scan = new PageScan(file)) {
      var gpu = new ArrayList<GpuRows>();
      var calls = new ArrayList<CallRows>();
      if (kernels.isPresent()) {
        gpu.addAll(scan.start(kernels.get(), GpuRows.COLUMNS, () -> GpuRows.kernels(numbering)));
      }
      if (replays.isPresent()) {
        gpu.addAll(scan.start(replays.get(), GpuRows.COLUMNS, () -> GpuRows.replays(numbering)));
      }
      Optional<SqliteTable> runtime = SqliteTable.find(connection, CALLS);
      if (runtime.isPresent()) {
        BitSet decisive = CallRows.decisive(connection);
        calls.addAll(
            scan.start(
                runtime.get(), CallRows.COLUMNS, () -> new CallRows(detail, decisive, numbering)));
      }
      var nvtx = new RangeRows(connection, ranges, numbering);
      scan.finish();
      return new TraceAssembly(path, connection, numbering).trace(gpu, calls, nvtx);
    }
  }
}

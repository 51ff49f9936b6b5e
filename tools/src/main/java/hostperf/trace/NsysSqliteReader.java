package hostperf.trace;

import hostperf.trace.Reading.Unreadable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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
    long missing = file.missingBytes();
    if (missing > 0) {
      return new Unreadable(
          path.getFileName() + " is cut off: its header promises " + missing + " bytes more.",
          "the end of the file",
          "Copy the file again, or export the report again: "
              + Capture.export(path.resolveSibling("REPORT.nsys-rep")));
    }
    try (Connection connection = file.open()) {
      return read(connection);
    } catch (SQLException e) {
      return new Unreadable(
          path.getFileName() + " cannot be read as a database: " + e.getMessage(),
          "an intact SQLite file",
          "Export the report again: " + Capture.export(path.resolveSibling("REPORT.nsys-rep")));
    }
  }

  private Reading read(Connection connection) throws SQLException {
    Optional<SqliteTable> kernels = SqliteTable.find(connection, KERNELS);
    Optional<SqliteTable> replays = SqliteTable.find(connection, REPLAYS);
    Optional<SqliteTable> calls = SqliteTable.find(connection, CALLS);
    Optional<SqliteTable> ranges = SqliteTable.find(connection, RANGES);
    if (kernels.isEmpty() && replays.isEmpty()) {
      return new Unreadable(
          path.getFileName() + " records no GPU work: it has neither kernels nor graph replays.",
          "CUDA activity (tables " + KERNELS + " and " + REPLAYS + ")",
          Capture.AGAIN);
    }
    if (ranges.isEmpty()) {
      return new Unreadable(
          path.getFileName() + " records no NVTX range, so no step can be told from another.",
          "NVTX ranges (table " + RANGES + ")",
          Capture.AGAIN);
    }
    try (var scan = new ParallelScan(file)) {
      var gpu = new ArrayList<GpuRows>();
      kernels.ifPresent(table -> GpuRows.ofKernels(table, scan, gpu));
      replays.ifPresent(table -> GpuRows.ofReplays(table, scan, gpu));
      var api = new ArrayList<CallRows>();
      if (calls.isPresent()) {
        CallRows.of(calls.get(), connection, detail, scan, api);
      }
      var nvtx = new RangeRows(ranges.get(), scan);
      scan.finish();
      return new TraceAssembly(path, connection).trace(gpu, api, nvtx);
    }
  }

  /// What was dropped, in words, where rows had no usable time.
  static Optional<String> dropped(Connection connection, SqliteTable table, long taken)
      throws SQLException {
    if (taken == table.lastRow() - table.firstRow() + 1) {
      return Optional.empty();
    }
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + table.name())) {
      long dropped = rows.getLong(1) - taken;
      return dropped <= 0
          ? Optional.empty()
          : Optional.of(
              dropped + " rows of " + table.name() + " have no usable time and are left out.");
    }
  }
}

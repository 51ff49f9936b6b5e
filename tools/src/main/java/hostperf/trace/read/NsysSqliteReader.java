package hostperf.trace.read;

import hostperf.trace.read.Reading.Unreadable;
import hostperf.trace.sqlite.CutFile;
import hostperf.trace.sqlite.DamagedFile;
import hostperf.trace.sqlite.SqliteDatabase;
import hostperf.trace.sqlite.SqliteFile;
import hostperf.trace.sqlite.SqliteTable;
import hostperf.trace.sqlite.TableReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads the SQLite export of nsys 2023 to 2026.
///
/// Tables and columns are looked up, since they come and go between versions: an export without
/// graph replays has no `CUPTI_ACTIVITY_KIND_GRAPH_TRACE`, older ones lack `graphNodeId`.
final class NsysSqliteReader {
  private static final String KERNELS = "CUPTI_ACTIVITY_KIND_KERNEL";
  private static final String REPLAYS = "CUPTI_ACTIVITY_KIND_GRAPH_TRACE";
  private static final String COPIES = "CUPTI_ACTIVITY_KIND_MEMCPY";
  private static final String MEMSETS = "CUPTI_ACTIVITY_KIND_MEMSET";
  private static final String CALLS = "CUPTI_ACTIVITY_KIND_RUNTIME";
  private static final String RANGES = "NVTX_EVENTS";

  private final Path path;
  private final Path export;
  private final SqliteFile file;
  private final CallDetail detail;

  NsysSqliteReader(Path path, CallDetail detail) {
    this(path, path, detail);
  }

  /// @param export the file to read
  /// @param path the one it was made from, which people know
  NsysSqliteReader(Path export, Path path, CallDetail detail) {
    this.path = path;
    this.export = export;
    this.file = new SqliteFile(export);
    this.detail = detail;
  }

  Reading read() {
    try {
      long missing = file.missingBytes();
      if (missing > 0) {
        return unreadable(
            "is cut off: its header promises %,d bytes more%s".formatted(missing, readable()));
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

  /// What is there of the tables that matter. A verdict from it would take what is missing for idle
  /// time.
  private String readable() throws IOException {
    Optional<Map<String, Double>> parts =
        new CutFile(export).readable(List.of(KERNELS, REPLAYS, COPIES, CALLS, RANGES));
    return parts
        .filter(tables -> !tables.isEmpty())
        .map(
            tables ->
                tables.entrySet().stream()
                    .map(t -> "%.0f%% of %s".formatted(Math.floor(t.getValue() * 100), t.getKey()))
                    .collect(Collectors.joining(", ", ". There are ", " by pages")))
        .orElse(", and not even its list of tables can be read");
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
    try (var database = new SqliteDatabase(file)) {
      Optional<SqliteTable> kernels = database.table(KERNELS);
      Optional<SqliteTable> replays = database.table(REPLAYS);
      if (kernels.isEmpty() && replays.isEmpty()) {
        return TraceAssembly.withoutGpuWork(path);
      }
      try (var reader = database.reader()) {
        return scan(database, reader, kernels, replays);
      } catch (DamagedFile _) {
        // SQLite decides what is damaged and what only the pages' reader does not know.
        try (var driver = database.driver()) {
          return scan(database, driver, kernels, replays);
        }
      }
    }
  }

  private Reading scan(
      SqliteDatabase database,
      TableReader reader,
      Optional<SqliteTable> kernels,
      Optional<SqliteTable> replays)
      throws SQLException, IOException {
    var numbering = new Numbering();
    Connection connection = database.connection();
    var absent = new ArrayList<Trace.Kind>();
    var gpu = new ArrayList<GpuRows>();
    if (kernels.isPresent()) {
      gpu.addAll(reader.start(kernels.get(), GpuRows.COLUMNS, () -> GpuRows.kernels(numbering)));
    }
    if (replays.isPresent()) {
      gpu.addAll(reader.start(replays.get(), GpuRows.COLUMNS, () -> GpuRows.replays(numbering)));
    }
    var copies = new ArrayList<CopyRows>();
    Optional<SqliteTable> memcpy = database.table(COPIES);
    if (memcpy.isPresent()) {
      copies.addAll(
          reader.start(memcpy.get(), CopyRows.COLUMNS, () -> new CopyRows(false, numbering)));
    } else {
      absent.add(Trace.Kind.COPIES);
    }
    Optional<SqliteTable> memset = database.table(MEMSETS);
    if (memset.isPresent()) {
      copies.addAll(
          reader.start(memset.get(), CopyRows.COLUMNS, () -> new CopyRows(true, numbering)));
    }
    var calls = new ArrayList<CallRows>();
    Optional<SqliteTable> runtime = database.table(CALLS);
    if (runtime.isPresent()) {
      BitSet decisive = CallRows.decisive(connection);
      calls.addAll(
          reader.start(
              runtime.get(), CallRows.COLUMNS, () -> new CallRows(detail, decisive, numbering)));
    } else {
      absent.add(Trace.Kind.CALLS);
    }
    Optional<SqliteTable> nvtx = database.table(RANGES);
    var texts = new InlineNames();
    var samples = new PythonSamples(connection, numbering, texts);
    var ranges = new RangeRows(numbering, texts);
    if (nvtx.isPresent()) {
      ranges = new RangeRows(connection, nvtx.get(), numbering, texts);
      samples.read(nvtx.get());
    }
    reader.finish();
    return new TraceAssembly(path, connection, numbering)
        .trace(new TraceAssembly.Parts(gpu, copies, calls, ranges, samples, texts), absent);
  }
}

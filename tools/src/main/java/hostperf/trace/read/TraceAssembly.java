package hostperf.trace.read;

import hostperf.trace.read.Reading.Read;
import hostperf.trace.read.Reading.Unreadable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Joins the parts that were read side by side into one trace, and puts names in place of ids.
final class TraceAssembly {
  private final Path path;
  private final Connection connection;
  private final Numbering numbering;

  TraceAssembly(Path path, Connection connection, Numbering numbering) {
    this.path = path;
    this.connection = connection;
    this.numbering = numbering;
  }

  /// The rows of an export.
  ///
  /// @param texts names that stand in ranges and samples
  record Parts(
      List<GpuRows> gpu,
      List<CopyRows> copies,
      List<CallRows> calls,
      RangeRows ranges,
      PythonSamples samples,
      InlineNames texts) {}

  /// @param absent kinds of rows for which the export has no table
  Reading trace(Parts parts, List<Trace.Kind> absent) throws SQLException {
    if (parts.gpu().stream().allMatch(part -> part.rows().size() == 0)) {
      return withoutGpuWork(path);
    }
    long dropped = parts.gpu().stream().mapToLong(GpuRows::dropped).sum();
    var notes = new ArrayList<>(parts.samples().notes(path.getFileName().toString()));
    if (dropped > 0) {
      notes.add(dropped + " rows of GPU work have no usable time and are left out.");
    }
    List<String> names = strings();
    Rows ranges = parts.ranges().rows();
    Rows frames = parts.samples().rows();
    parts.texts().join(names, List.of(ranges, frames));
    // Parts that do not fill their last block are copied.
    var calls =
        CompletableFuture.supplyAsync(
            () -> Events.of(parts.calls().stream().map(CallRows::rows).toList()));
    var tables =
        new Trace.Tables(
            Events.of(parts.gpu().stream().map(GpuRows::rows).toList()),
            Events.of(parts.copies().stream().map(CopyRows::rows).toList()),
            calls.join(),
            Events.of(List.of(ranges)),
            Events.of(List.of(frames)));
    return new Read(
        new Trace(
            new Trace.Source(path, Trace.Format.NSYS, Optional.empty(), origin(), absent, notes),
            tables,
            names,
            new Trace.Places(tracksWithProcess(), numbering.threads().values())));
  }

  /// Older exports lack one table or the other.
  private TraceOrigin origin() {
    long epoch = 0;
    var devices = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery("select utcEpochNs from TARGET_INFO_SESSION_START_TIME")) {
      epoch = rows.next() ? rows.getLong(1) : 0;
    } catch (SQLException _) {
      // Then the time is unknown.
    }
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select name from TARGET_INFO_GPU")) {
      while (rows.next()) {
        Optional.ofNullable(rows.getString(1)).ifPresent(devices::add);
      }
    } catch (SQLException _) {
      // Then the devices' names are unknown.
    }
    return TraceOrigin.of(epoch, devices);
  }

  /// Work whose process the export does not name belongs to the traced one, where there is one.
  private List<Track> tracksWithProcess() {
    List<Long> processes =
        numbering.threads().values().stream()
            .map(HostThread::process)
            .filter(id -> id > 0)
            .distinct()
            .toList();
    return numbering.tracks().values().stream()
        .map(
            track ->
                track.process() == 0 && processes.size() == 1
                    ? new Track(processes.getFirst(), track.device(), track.stream(), track.kind())
                    : track)
        .toList();
  }

  static Unreadable withoutGpuWork(Path path) {
    return new Unreadable(
        path.getFileName() + " records no GPU work: it has neither kernels nor graph replays.",
        "kernels or graph replays with their times",
        Capture.AGAIN);
  }

  /// The strings behind the numbered ids. Each is looked up by itself: a trace uses few of the
  /// strings that its export holds.
  private List<String> strings() throws SQLException {
    var found = new ArrayList<String>();
    try (var query = connection.prepareStatement("select value from StringIds where id = ?")) {
      for (int id : numbering.names().values()) {
        Optional<String> given = Numbering.given(id);
        found.add(given.isPresent() ? given.get() : string(query, id));
      }
    }
    return found;
  }

  private static String string(PreparedStatement query, int id) throws SQLException {
    query.setInt(1, id);
    try (var found = query.executeQuery()) {
      String value = found.next() ? found.getString(1) : null;
      return value == null ? "(unnamed " + id + ")" : value;
    }
  }
}

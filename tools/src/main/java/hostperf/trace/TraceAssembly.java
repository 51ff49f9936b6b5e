package hostperf.trace;

import hostperf.trace.Reading.Read;
import hostperf.trace.Reading.Unreadable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Joins the parts that were read side by side into one trace, and puts names in place of ids.
final class TraceAssembly {
  private static final String REPLAY = "CUDA graph replay";

  private final Path path;
  private final Connection connection;
  private final Dictionary<String> names = new Dictionary<>();
  private final Dictionary<Track> tracks = new Dictionary<>();
  private final Dictionary<HostThread> threads = new Dictionary<>();

  TraceAssembly(Path path, Connection connection) {
    this.path = path;
    this.connection = connection;
  }

  Reading trace(List<GpuRows> gpu, List<CallRows> calls, RangeRows ranges) throws SQLException {
    if (gpu.stream().allMatch(part -> part.rows().size() == 0)) {
      return withoutGpuWork(path);
    }
    if (ranges.rows().size() == 0) {
      return withoutRanges(path);
    }
    long dropped = gpu.stream().mapToLong(GpuRows::dropped).sum();
    List<String> notes =
        dropped == 0
            ? List.of()
            : List.of(dropped + " rows of GPU work have no usable time and are left out.");
    var used = new BitSet();
    gpu.stream().filter(part -> !part.areReplays()).forEach(part -> part.rows().markNames(used));
    calls.forEach(part -> part.rows().markNames(used));
    ranges.rows().markNames(used);
    IntUnaryOperator byId = namesById(used);
    int replay = names.number(REPLAY);
    gpu.forEach(part -> part.rename(part.areReplays() ? _ -> replay : byId, tracks));
    calls.forEach(part -> part.rename(byId, threads));
    ranges.rename(byId, names, threads);
    var tables =
        new Trace.Tables(
            Events.of(gpu.stream().map(GpuRows::rows).toList()),
            Events.of(calls.stream().map(CallRows::rows).toList()),
            Events.of(List.of(ranges.rows())));
    return new Read(
        new Trace(
            new Trace.Source(path, Trace.Format.NSYS, notes),
            tables,
            names.values(),
            new Trace.Places(tracksWithProcess(), threads.values())));
  }

  /// Work whose process the export does not name belongs to the traced one, where there is one.
  private List<Track> tracksWithProcess() {
    List<Long> processes =
        threads.values().stream().map(HostThread::process).filter(id -> id > 0).distinct().toList();
    return tracks.values().stream()
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

  static Unreadable withoutRanges(Path path) {
    return new Unreadable(
        path.getFileName() + " records no NVTX range, so no step can be told from another.",
        "NVTX ranges",
        Capture.AGAIN);
  }

  /// Each id in use is looked up once: a trace uses few of the strings that its export holds.
  private IntUnaryOperator namesById(BitSet used) throws SQLException {
    var numbers = new int[used.length()];
    try (var strings = connection.prepareStatement("select value from StringIds where id = ?")) {
      for (int id = used.nextSetBit(0); id >= 0; id = used.nextSetBit(id + 1)) {
        strings.setInt(1, id);
        try (var found = strings.executeQuery()) {
          String value = found.next() ? found.getString(1) : null;
          numbers[id] = names.number(value == null ? "(unnamed " + id + ")" : value);
        }
      }
    }
    return id -> numbers[id];
  }
}

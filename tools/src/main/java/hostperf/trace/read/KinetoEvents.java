package hostperf.trace.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The events of a torch-profiler trace that matter, as they come in.
///
/// A kernel's `pid` is its device. Which process launched it, and whether by a graph replay, is
/// known from the call with the same correlation id, which may come later in the file.
final class KinetoEvents {
  private final Rows kernels = new Rows();
  private final Rows calls = new Rows();
  private final Rows ranges = new Rows();
  private final Dictionary<String> names = new Dictionary<>();
  private final Dictionary<HostThread> threads = new Dictionary<>();
  private final Dictionary<Launched> launched = new Dictionary<>();
  private final Map<String, String> shortNames = new HashMap<>();
  private final Map<Long, Launch> launches = new HashMap<>();
  private long[] correlations = new long[1024];
  private long dropped;

  /// Where a kernel ran.
  private record Launched(int device, int stream) {}

  /// The call behind a correlation id.
  private record Launch(long process, boolean isGraph) {}

  void add(KinetoEvent event) {
    if (!event.phase.equals("X")) {
      return;
    }
    switch (event.category) {
      case "kernel" -> addKernel(event);
      case "user_annotation" -> addHost(event, ranges);
      case "cuda_runtime", "cuda_driver" -> addCall(event);
      default -> {}
    }
  }

  private void addKernel(KinetoEvent event) {
    if (!event.hasTimes()) {
      dropped++;
      return;
    }
    int at = kernels.size();
    if (at == correlations.length) {
      correlations = Arrays.copyOf(correlations, at * 2);
    }
    correlations[at] = event.correlation;
    String name = shortNames.computeIfAbsent(event.name, KernelName::shortened);
    // The place is the row's number until the launching call is known.
    kernels.add(event.startNs, event.startNs + event.durationNs, names.number(name), at);
    places.add(launched.number(where(event)));
  }

  private final List<Integer> places = new ArrayList<>();

  private static Launched where(KinetoEvent event) {
    long device = event.device == KinetoEvent.MISSING ? event.process : event.device;
    long stream = event.stream == KinetoEvent.MISSING ? event.thread : event.stream;
    return new Launched((int) Math.max(device, 0), (int) stream);
  }

  private void addCall(KinetoEvent event) {
    addHost(event, calls);
    if (event.correlation != KinetoEvent.MISSING) {
      boolean isGraph = ApiCall.of(event.name) == ApiCall.GRAPH_LAUNCH;
      launches.put(event.correlation, new Launch(event.process, isGraph));
    }
  }

  private void addHost(KinetoEvent event, Rows rows) {
    if (!event.hasTimes() || event.process == KinetoEvent.MISSING) {
      dropped++;
      return;
    }
    rows.add(
        event.startNs,
        event.startNs + event.durationNs,
        names.number(event.name),
        threads.number(new HostThread(event.process, event.thread)));
  }

  boolean hasKernels() {
    return kernels.size() > 0;
  }

  boolean hasRanges() {
    return ranges.size() > 0;
  }

  Trace trace(Path file) {
    var tracks = new Dictionary<Track>();
    List<Launched> where = launched.values();
    long only = onlyProcess();
    kernels.rename(
        name -> name,
        row -> tracks.number(track(where.get(places.get(row)), correlations[row], only)));
    List<String> notes =
        dropped == 0
            ? List.of()
            : List.of(dropped + " events have no usable time or process and are left out.");
    return new Trace(
        new Trace.Source(file, Trace.Format.KINETO, notes),
        new Trace.Tables(
            Events.of(List.of(kernels)), Events.of(List.of(calls)), Events.of(List.of(ranges))),
        names.values(),
        new Trace.Places(tracks.values(), threads.values()));
  }

  private Track track(Launched where, long correlation, long onlyProcess) {
    Launch launch = launches.getOrDefault(correlation, new Launch(onlyProcess, false));
    return new Track(
        launch.process(),
        where.device(),
        where.stream(),
        launch.isGraph() ? Track.Kind.GRAPH_NODE : Track.Kind.EAGER);
  }

  /// Kernels whose call was not recorded belong to the process of the trace, where there is one.
  private long onlyProcess() {
    List<Long> processes = threads.values().stream().map(HostThread::process).distinct().toList();
    return processes.size() == 1 ? processes.getFirst() : KinetoEvent.MISSING;
  }
}

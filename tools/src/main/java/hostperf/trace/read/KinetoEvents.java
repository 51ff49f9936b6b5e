package hostperf.trace.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/// The events of a torch-profiler trace that matter, as they come in.
///
/// A kernel's `pid` is its device. Which process launched it, and whether by a graph replay, is
/// known from the call with the same correlation id, which may come later in the file.
final class KinetoEvents {
  private final Work kernels = new Work();
  private final Work copies = new Work();
  private final Rows calls = new Rows();
  private final Rows ranges = new Rows();
  private final Rows frames = new Rows();
  private final Dictionary<String> names = new Dictionary<>();
  private final Dictionary<HostThread> threads = new Dictionary<>();
  private final Dictionary<Launched> launched = new Dictionary<>();
  private final Map<String, String> shortNames = new HashMap<>();
  private final Map<String, Boolean> isGraphLaunch = new HashMap<>();

  /// By the key of a call, the number of its launch.
  private final LongNumbers launchOf = new LongNumbers();

  private final Dictionary<Launch> launches = new Dictionary<>();
  private final Scopes processes = new Scopes();
  private final Scopes devices = new Scopes();
  private final List<String> notes = new ArrayList<>();
  private long dropped;
  private long count;

  /// Rows of work on the device; where each ran is known, by whom it was launched not yet: their
  /// places are numbers of `launched`, and `keys` those of their calls.
  private static final class Work {
    private final Rows rows = new Rows();
    private long[] keys = new long[1 << 10];

    private void add(KinetoEvent event, int name, int place, long key) {
      int i = rows.size();
      if (i == keys.length) {
        keys = Arrays.copyOf(keys, 2 * i);
      }
      keys[i] = key;
      rows.add(
          event.startNs, event.startNs + event.durationNs, name, place, link(event.correlation));
    }
  }

  /// Where a kernel ran.
  private record Launched(int device, int stream) {}

  /// The call behind a correlation id.
  private record Launch(long process, boolean isGraph) {}

  /// Numbers of ranks that a merged trace keeps apart by text: one number in two of them is two.
  private static final class Scopes {
    private final Dictionary<String> scopes = new Dictionary<>();
    private final Map<Long, String> owners = new HashMap<>();
    private final Map<String, Long> given = new HashMap<>();

    private long number(String scope, long number) {
      if (scope.isEmpty()) {
        return number;
      }
      return given.computeIfAbsent(
          scope + number,
          key -> {
            long free = number;
            while (!owners.getOrDefault(free, key).equals(key)) {
              free++;
            }
            owners.put(free, key);
            return free;
          });
    }

    private boolean areUsed() {
      return !scopes.values().isEmpty() || !given.isEmpty();
    }

    private long key(String scope, long correlation) {
      return scope.isEmpty() ? correlation : ((long) scopes.number(scope) + 1 << 40) + correlation;
    }
  }

  void add(KinetoEvent event) {
    count++;
    if (!event.phase.equals("X")) {
      return;
    }
    switch (event.category) {
      case KERNEL ->
          addWork(event, shortNames.computeIfAbsent(event.name, KernelName::shortened), kernels);
      case COPY -> addWork(event, Copy.ofName(event.name).label(), copies);
      case RANGE -> addHost(event, ranges);
      case FRAME -> addHost(event, frames);
      case CALL -> addCall(event);
      case UNWANTED -> {}
    }
  }

  private void addWork(KinetoEvent event, String name, Work work) {
    if (!event.hasTimes()) {
      dropped++;
      return;
    }
    work.add(
        event,
        names.number(name),
        launched.number(where(event)),
        processes.key(event.scope, event.correlation));
  }

  private static int link(long correlation) {
    return correlation > 0 && correlation <= Integer.MAX_VALUE ? (int) correlation : 0;
  }

  private Launched where(KinetoEvent event) {
    long device = event.device == KinetoEvent.MISSING ? event.process : event.device;
    long stream = event.stream == KinetoEvent.MISSING ? event.thread : event.stream;
    return new Launched((int) devices.number(event.scope, Math.max(device, 0)), (int) stream);
  }

  private void addCall(KinetoEvent event) {
    addHost(event, calls);
    if (event.correlation != KinetoEvent.MISSING && event.process != KinetoEvent.MISSING) {
      boolean isGraph =
          isGraphLaunch.computeIfAbsent(
              event.name, name -> ApiCall.of(name) == ApiCall.GRAPH_LAUNCH);
      launchOf.put(
          processes.key(event.scope, event.correlation),
          launches.number(new Launch(processes.number(event.scope, event.process), isGraph)));
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
        threads.number(new HostThread(processes.number(event.scope, event.process), event.thread)),
        link(event.correlation));
  }

  /// How many events were read, those of no interest included.
  long count() {
    return count;
  }

  /// Whether of a file that stops before its end a whole stretch of time was read: what the device
  /// did and what the host called stand in the order of time.
  boolean canBeCutShort() {
    return hasKernels()
        && calls.size() > 0
        && !processes.areUsed()
        && kernels.rows.isOrdered()
        && copies.rows.isOrdered()
        && calls.isOrdered();
  }

  boolean hasKernels() {
    return kernels.rows.size() > 0;
  }

  /// @param document what stands around the events
  Trace trace(Path file, KinetoDocument document) {
    var tracks = new Dictionary<Track>();
    settle(kernels, tracks);
    settle(copies, tracks);
    if (dropped > 0) {
      notes.add(dropped + " events have no usable time or process and are left out.");
    }
    long lost = document.lost();
    if (lost > 0) {
      notes.add(
          "%s is malformed in %d place%s%s: the event there is left out, the others are read."
              .formatted(
                  file.getFileName(),
                  lost,
                  lost == 1 ? "" : "s",
                  document
                      .firstLost()
                      .map(place -> (lost == 1 ? ", at " : ", the first at ") + place)
                      .orElse("")));
    }
    return new Trace(
        new Trace.Source(
            file,
            Trace.Format.KINETO,
            document.rank(),
            document.origin(kernels.rows.start(0)),
            calls.size() == 0 ? List.of(Trace.Kind.CALLS) : List.of(),
            notes),
        new Trace.Tables(
            Events.of(List.of(kernels.rows)),
            Events.of(List.of(copies.rows)),
            Events.of(List.of(calls)),
            Events.of(List.of(ranges)),
            Events.of(List.of(frames))),
        names.values(),
        new Trace.Places(tracks.values(), threads.values()));
  }

  /// Leaves out what lies behind the time up to which both sides were read, the device's and the
  /// host's: a launch without its kernel would look like an idle device.
  void cutShort(Path file, KinetoDocument.Cut cut) {
    long until = Math.min(kernels.rows.latestStart(), calls.latestStart());
    var worked = new LongNumbers();
    for (Work work : List.of(kernels, copies)) {
      for (int i = 0; i < work.rows.size(); i++) {
        worked.put(work.keys[i], i);
      }
    }
    long instant = Math.min(until, firstWithoutWork(worked));
    List<Rows> all = List.of(kernels.rows, copies.rows, calls, ranges, frames);
    long read = all.stream().mapToLong(Rows::size).sum();
    all.forEach(rows -> rows.keepBefore(instant));
    notes.add(
        ("%s %s, at %s, after %,d events. The verdict covers the time up to which both the device's work and"
                + " the host's calls were read: %,d later events are left out, and how many the"
                + " file lacks is unknown.")
            .formatted(
                file.getFileName(),
                cut.how(),
                cut.place(),
                count,
                read - all.stream().mapToLong(Rows::size).sum()));
  }

  /// When the first launch starts whose work was not read; the latest time where there is none.
  ///
  /// @param worked keys of the calls whose work was read
  private long firstWithoutWork(LongNumbers worked) {
    var first = new long[] {Long.MAX_VALUE};
    List<String> all = names.values();
    calls.forEachLinked(
        (start, _, name, _, link) -> {
          if (start < first[0]
              && link > 0
              && !worked.has(link)
              && ApiCall.of(all.get(name)).launches()) {
            first[0] = start;
          }
        });
    return first[0];
  }

  private void settle(Work work, Dictionary<Track> tracks) {
    List<Launched> where = launched.values();
    List<Launch> all = launches.values();
    var unknown = new Launch(onlyProcess(), false);
    work.rows.rename(
        name -> name,
        new IntUnaryOperator() {
          private int row;
          private int lastPlace = -1;
          private int lastLaunch;
          private int track;

          @Override
          public int applyAsInt(int place) {
            int launch = launchOf.get(work.keys[row++], -1);
            if (place != lastPlace || launch != lastLaunch) {
              lastPlace = place;
              lastLaunch = launch;
              track =
                  tracks.number(track(where.get(place), launch < 0 ? unknown : all.get(launch)));
            }
            return track;
          }
        });
  }

  private static Track track(Launched where, Launch launch) {
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

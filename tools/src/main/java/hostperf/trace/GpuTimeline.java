package hostperf.trace;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// What the GPUs of one process did in its window, in one pass over the trace's GPU work.
final class GpuTimeline {
  private final Trace trace;
  private final Periods periods;
  private final List<Integer> devices;
  private final Intervals active;
  private final Periods.Spread activePerPeriod;
  private final Periods.Spread ncclPerPeriod;
  private final Periods.Spread busyPerPeriod;
  private final int[] ncclKernels;
  private final GapStatistics gaps = new GapStatistics();
  private final GraphUse graphs;

  GpuTimeline(Trace trace, long process, Periods periods) {
    this.trace = trace;
    this.periods = periods;
    this.devices = devicesOf(trace, process);
    this.activePerPeriod = periods.new Spread();
    this.ncclPerPeriod = periods.new Spread();
    this.busyPerPeriod = periods.new Spread();
    this.ncclKernels = new int[periods.count()];
    this.graphs = new GraphUse(trace, periods);
    this.active = pass(process);
    for (int i = 0; i < active.size(); i++) {
      activePerPeriod.add(active.start(i), active.end(i));
    }
  }

  /// The devices a process ran work on, ascending.
  static List<Integer> devicesOf(Trace trace, long process) {
    var devices = new TreeSet<Integer>();
    for (Track track : trace.places().tracks()) {
      if (track.process() == process) {
        devices.add(track.device());
      }
    }
    return List.copyOf(devices);
  }

  private Intervals pass(long process) {
    boolean[] counts = tracks(track -> devices.contains(track.device()));
    boolean[] own = tracks(track -> track.process() == process);
    boolean[] nccl = ncclNames();
    int[] streams = streams();
    var streamEnds = new long[streams.length];
    Arrays.fill(streamEnds, Long.MIN_VALUE);
    var union = new Intervals.Union(periods.from(), periods.to());
    var cursor = periods.new Cursor();
    Events gpu = trace.gpu();
    for (int i = 0; i < gpu.size(); i++) {
      int track = gpu.place(i);
      if (!counts[track]) {
        continue;
      }
      long start = gpu.start(i);
      long end = gpu.end(i);
      union.add(start, end);
      if (!own[track]) {
        continue;
      }
      int stream = streams[track];
      if (periods.contains(start)) {
        addOwn(i, cursor.at(start), nccl[gpu.name(i)]);
        long previous = streamEnds[stream];
        if (previous >= periods.from() && start >= previous) {
          gaps.add(start - previous);
        }
      } else if (nccl[gpu.name(i)]) {
        ncclPerPeriod.add(start, end);
      }
      streamEnds[stream] = Math.max(streamEnds[stream], end);
    }
    return union.intervals();
  }

  private void addOwn(int event, int period, boolean isNccl) {
    Events gpu = trace.gpu();
    graphs.add(event, period);
    if (isNccl) {
      ncclPerPeriod.add(gpu.start(event), gpu.end(event));
      ncclKernels[period]++;
    } else {
      busyPerPeriod.add(gpu.start(event), gpu.end(event));
    }
  }

  private boolean[] tracks(Predicate<Track> wanted) {
    var flags = new boolean[trace.places().tracks().size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = wanted.test(trace.places().tracks().get(i));
    }
    return flags;
  }

  /// Numbers of the hardware queues behind the tracks: eager and graph work share them.
  private int[] streams() {
    record Stream(long process, int device, int stream) {}
    Map<Stream, Integer> numbers = new HashMap<>();
    var streams = new int[trace.places().tracks().size()];
    for (int i = 0; i < streams.length; i++) {
      Track track = trace.places().tracks().get(i);
      var stream = new Stream(track.process(), track.device(), track.stream());
      Integer number = numbers.computeIfAbsent(stream, _ -> numbers.size());
      streams[i] = number;
    }
    return streams;
  }

  private boolean[] ncclNames() {
    List<String> names = trace.names();
    var flags = new boolean[names.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = names.get(i).toLowerCase(Locale.ROOT).contains("nccl");
    }
    return flags;
  }

  List<Integer> devices() {
    return devices;
  }

  /// When any device of the process had work, within the window.
  Intervals active() {
    return active;
  }

  long activeIn(int period) {
    return activePerPeriod.in(period);
  }

  long ncclIn(int period) {
    return ncclPerPeriod.in(period);
  }

  int ncclKernelsIn(int period) {
    return ncclKernels[period];
  }

  /// Summed time of this process's work outside collectives.
  long busyIn(int period) {
    return busyPerPeriod.in(period);
  }

  double kernelsPerStep() {
    return IntStream.range(0, periods.count()).map(graphs::kernelsIn).average().orElse(0);
  }

  GapStatistics gaps() {
    return gaps;
  }

  GraphUse graphs() {
    return graphs;
  }

  /// Time within `[from, to)`, cut to the window, in which no device had work.
  long idle(long from, long to) {
    long start = Math.max(from, periods.from());
    long end = Math.min(to, periods.to());
    return start >= end ? 0 : end - start - active.covered(start, end);
  }
}

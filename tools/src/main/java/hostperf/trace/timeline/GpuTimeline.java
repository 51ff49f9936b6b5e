package hostperf.trace.timeline;

import hostperf.trace.read.Rows;
import hostperf.trace.read.Trace;
import hostperf.trace.read.Track;
import hostperf.trace.steps.Periods;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// What the GPUs of one process did in its window, in one pass over the trace's GPU work.
public final class GpuTimeline {
  private final Trace trace;
  private final Periods periods;
  private final List<Integer> devices;
  private final ActiveTime active;
  private final LongestIdle idle;
  private final Periods.Spread ncclPerPeriod;
  private final Periods.Spread busyPerPeriod;
  private final int[] ncclKernels;
  private final GapStatistics gaps = new GapStatistics();
  private final GraphUse graphs;

  public GpuTimeline(Trace trace, long process, Periods periods) {
    this.trace = trace;
    this.periods = periods;
    this.devices = devicesOf(trace, process);
    this.ncclPerPeriod = periods.new Spread();
    this.busyPerPeriod = periods.new Spread();
    this.ncclKernels = new int[periods.count()];
    this.graphs = new GraphUse(trace, periods);
    this.active = new ActiveTime(instants(trace, process, periods));
    this.idle = new LongestIdle(periods.from(), periods.to());
    var pass = new Pass(process);
    trace.gpu().forEach(pass);
    pass.finish();
  }

  /// When a step or a host range of the process begins or ends within the window: activity is
  /// asked for between these.
  private static long[] instants(Trace trace, long process, Periods periods) {
    var instants = LongStream.builder();
    periods.bounds().forEach(instants);
    trace
        .ranges()
        .forEach(
            (start, end, _, thread) -> {
              if (trace.processOfThread(thread) == process) {
                instants.add(Math.clamp(start, periods.from(), periods.to()));
                instants.add(Math.clamp(end, periods.from(), periods.to()));
              }
            });
    return instants.build().toArray();
  }

  /// The devices a process ran work on, ascending.
  public static List<Integer> devicesOf(Trace trace, long process) {
    var devices = new TreeSet<Integer>();
    for (Track track : trace.places().tracks()) {
      if (track.process() == process) {
        devices.add(track.device());
      }
    }
    return List.copyOf(devices);
  }

  /// One pass over the trace's GPU work.
  private final class Pass implements Rows.Sink {
    private final boolean[] counts = trace.tracks(track -> devices.contains(track.device()));
    private final boolean[] own;
    private final boolean[] nccl = ncclNames();
    private final int[] streams = streams();
    private final long[] streamEnds = new long[streams.length];
    private final Periods.Cursor cursor = periods.new Cursor();
    private final Union union =
        new Union(
            periods.from(),
            periods.to(),
            (start, end) -> {
              active.take(start, end);
              idle.take(start, end);
            });

    Pass(long process) {
      own = trace.tracks(track -> track.process() == process);
      Arrays.fill(streamEnds, Long.MIN_VALUE);
    }

    @Override
    public void take(long start, long end, int name, int track) {
      if (!counts[track]) {
        return;
      }
      union.add(start, end);
      if (own[track]) {
        if (periods.contains(start)) {
          begun(start, end, track, nccl[name]);
        } else if (nccl[name]) {
          ncclPerPeriod.add(start, end);
        }
        int stream = streams[track];
        streamEnds[stream] = Math.max(streamEnds[stream], end);
      }
    }

    /// The process's own work that begins in the window.
    private void begun(long start, long end, int track, boolean isNccl) {
      int period = cursor.at(start);
      graphs.add(end - start, track, period);
      if (isNccl) {
        ncclPerPeriod.add(start, end);
        ncclKernels[period]++;
      } else {
        busyPerPeriod.add(start, end);
      }
      long previous = streamEnds[streams[track]];
      if (previous >= periods.from() && start >= previous) {
        gaps.add(start - previous);
      }
    }

    void finish() {
      union.finish();
      active.finish();
      idle.finish();
    }
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

  public List<Integer> devices() {
    return devices;
  }

  /// The longest stretches of the window in which no device of the process had work.
  public List<LongestIdle.Stretch> longestIdle() {
    return idle.list();
  }

  public long activeIn(int period) {
    return active.within(periods.start(period), periods.end(period));
  }

  public long ncclIn(int period) {
    return ncclPerPeriod.in(period);
  }

  public int ncclKernelsIn(int period) {
    return ncclKernels[period];
  }

  /// Summed time of this process's work outside collectives.
  public long busyIn(int period) {
    return busyPerPeriod.in(period);
  }

  public double kernelsPerStep() {
    return IntStream.range(0, periods.count()).map(graphs::kernelsIn).average().orElse(0);
  }

  public GapStatistics gaps() {
    return gaps;
  }

  public GraphUse graphs() {
    return graphs;
  }

  /// Time within `[from, to)`, cut to the window, in which no device had work. Both are bounds of
  /// a step or of a host range of this process.
  public long idle(long from, long to) {
    long start = Math.max(from, periods.from());
    long end = Math.min(to, periods.to());
    return start >= end ? 0 : end - start - active.within(start, end);
  }
}

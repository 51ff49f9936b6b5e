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
import java.util.function.Predicate;
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

  /// Takes the stretches of the window in which no device had work, in order.
  public interface Gaps {
    /// @param start when the work that ends it starts
    /// @param link of that work; -1 where it is not the process's own or lies behind the trace
    void take(long from, long to, long start, int link);
  }

  public GpuTimeline(Trace trace, long process, Periods periods) {
    this(trace, process, periods, (_, _, _, _) -> {});
  }

  public GpuTimeline(Trace trace, long process, Periods periods, Gaps stretches) {
    this.trace = trace;
    this.periods = periods;
    this.devices = devicesOf(trace, process);
    this.ncclPerPeriod = periods.new Spread();
    this.busyPerPeriod = periods.new Spread();
    this.ncclKernels = new int[periods.count()];
    this.graphs = new GraphUse(trace, periods);
    this.active = new ActiveTime(instants(trace, process, periods));
    this.idle = new LongestIdle(periods.from(), periods.to());
    var pass = new Pass(process, stretches);
    trace.gpu().forEachLinked(pass);
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
  private final class Pass implements Rows.LinkedSink {
    private final boolean[] counts = tracks(track -> devices.contains(track.device()));
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

    private final Gaps stretches;
    private long reached = Long.MIN_VALUE;

    Pass(long process, Gaps stretches) {
      this.stretches = stretches;
      own = tracks(track -> track.process() == process);
      Arrays.fill(streamEnds, Long.MIN_VALUE);
    }

    @Override
    public void take(long start, long end, int name, int track, int link) {
      if (!counts[track]) {
        return;
      }
      long idleFrom = Math.max(union.end(), reached);
      long idleTo = Math.min(start, periods.to());
      if (idleFrom < idleTo) {
        stretches.take(idleFrom, idleTo, start, own[track] ? link : -1);
        reached = idleTo;
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
      long from = Math.max(union.end(), reached);
      if (from < periods.to()) {
        stretches.take(from, periods.to(), periods.to(), -1);
      }
      union.finish();
      active.finish();
      idle.finish();
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

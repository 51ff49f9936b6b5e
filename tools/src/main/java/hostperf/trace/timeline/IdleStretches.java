package hostperf.trace.timeline;

import hostperf.trace.read.Rows;
import hostperf.trace.read.Trace;
import hostperf.trace.steps.Periods;
import java.util.List;

/// Finds the stretches of a window in which no device of the process had work.
public final class IdleStretches implements Rows.LinkedSink {
  /// Takes one stretch after the other, in order.
  public interface Sink {
    /// @param start when the work that ends it starts
    /// @param link of that work; -1 where it is not the process's own or lies behind the trace
    void take(long from, long to, long start, int link);
  }

  private final long to;
  private final boolean[] counts;
  private final boolean[] own;
  private final Sink sink;
  private long reached;

  private IdleStretches(Trace trace, long process, Periods periods, Sink sink) {
    List<Integer> devices = GpuTimeline.devicesOf(trace, process);
    this.to = periods.to();
    this.counts = trace.tracks(track -> devices.contains(track.device()));
    this.own = trace.tracks(track -> track.process() == process);
    this.sink = sink;
    this.reached = periods.from();
  }

  public static void find(Trace trace, long process, Periods periods, Sink sink) {
    var stretches = new IdleStretches(trace, process, periods, sink);
    trace.gpu().forEachLinked(stretches);
    stretches.pass(periods.to(), -1);
  }

  @Override
  public void take(long start, long end, int name, int track, int link) {
    if (counts[track]) {
      pass(start, own[track] ? link : -1);
      reached = Math.max(reached, Math.min(end, to));
    }
  }

  private void pass(long start, int link) {
    if (reached < Math.min(start, to)) {
      sink.take(reached, Math.min(start, to), start, link);
    }
  }
}

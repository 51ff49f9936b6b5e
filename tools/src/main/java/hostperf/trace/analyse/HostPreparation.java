package hostperf.trace.analyse;

import hostperf.trace.read.Trace;
import hostperf.trace.steps.Periods;
import hostperf.trace.timeline.GpuTimeline;
import hostperf.trace.timeline.Union;

/// The time in which the host prepares a step's inputs, and how much of it the GPU is idle.
final class HostPreparation {
  /// The older name first. Names match exactly.
  private static final String[] NAMES = {"_prepare_tp_inputs", "_prepare_inputs"};

  private final Periods periods;
  private final GpuTimeline gpu;
  private final Periods.Spread all;
  private final Periods.Spread exposed;
  private boolean isFound;

  HostPreparation(Trace trace, long process, Periods periods, GpuTimeline gpu) {
    this.periods = periods;
    this.gpu = gpu;
    this.all = periods.new Spread();
    this.exposed = periods.new Spread();
    for (String name : NAMES) {
      if (!isFound) {
        unite(name, trace, process);
      }
    }
  }

  private void unite(String name, Trace trace, long process) {
    var union = new Union(periods.from(), periods.to(), this::add);
    int wanted = trace.names().indexOf(name);
    trace
        .ranges()
        .forEach(
            (start, end, number, thread) -> {
              if (number == wanted && trace.processOfThread(thread) == process) {
                union.add(start, end);
              }
            });
    union.finish();
  }

  private void add(long start, long end) {
    isFound = true;
    all.add(start, end);
    periods.cut(start, end, (period, from, to) -> exposed.addTo(period, gpu.idle(from, to)));
  }

  long in(int period) {
    return all.in(period);
  }

  long exposedIn(int period) {
    return exposed.in(period);
  }
}

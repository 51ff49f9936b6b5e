package hostperf.trace;

/// The time in which the host prepares a step's inputs, and how much of it the GPU is idle.
final class HostPreparation {
  /// The older name first. Names match exactly.
  private static final String[] NAMES = {"_prepare_tp_inputs", "_prepare_inputs"};

  private final Periods.Spread all;
  private final Periods.Spread exposed;

  HostPreparation(Trace trace, long process, Periods periods, GpuTimeline gpu) {
    this.all = periods.new Spread();
    this.exposed = periods.new Spread();
    Intervals ranges = ranges(trace, process, periods);
    for (int i = 0; i < ranges.size(); i++) {
      all.add(ranges.start(i), ranges.end(i));
      periods.cut(
          ranges.start(i),
          ranges.end(i),
          (period, from, to) -> exposed.addTo(period, gpu.idle(from, to)));
    }
  }

  private static Intervals ranges(Trace trace, long process, Periods periods) {
    var found = new Intervals.Union(periods.from(), periods.to()).intervals();
    for (String name : NAMES) {
      int number = trace.names().indexOf(name);
      if (found.size() == 0 && number >= 0) {
        found = named(number, trace, process, periods);
      }
    }
    return found;
  }

  private static Intervals named(int name, Trace trace, long process, Periods periods) {
    var union = new Intervals.Union(periods.from(), periods.to());
    Events ranges = trace.ranges();
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.name(i) == name && trace.processOfThread(ranges.place(i)) == process) {
        union.add(ranges.start(i), ranges.end(i));
      }
    }
    return union.intervals();
  }

  long in(int period) {
    return all.in(period);
  }

  long exposedIn(int period) {
    return exposed.in(period);
  }
}

package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.Rows;
import hostperf.trace.read.Trace;
import hostperf.trace.steps.Periods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The CUDA calls of one process in its window: launching, waiting, and how many.
final class HostCalls {
  private final Trace trace;
  private final Periods periods;
  private final ApiCall[] kinds;
  private final Periods.Spread launching;
  private final int[] callsPerPeriod;
  private final long[] countByName;
  private final long[] timeByName;
  private long replays;

  HostCalls(Trace trace, long process, Periods periods) {
    this.trace = trace;
    this.periods = periods;
    this.kinds = new ApiCall[trace.names().size()];
    this.launching = periods.new Spread();
    this.callsPerPeriod = new int[periods.count()];
    this.countByName = new long[kinds.length];
    this.timeByName = new long[kinds.length];
    trace.calls().forEach(new Pass(process));
  }

  /// One pass over the trace's calls.
  private final class Pass implements Rows.Sink {
    private final boolean[] own;
    private final long[] launchedUntil;
    private final Periods.Cursor cursor = periods.new Cursor();

    Pass(long process) {
      int threads = trace.places().threads().size();
      own = new boolean[threads];
      launchedUntil = new long[threads];
      for (int i = 0; i < threads; i++) {
        own[i] = trace.processOfThread(i) == process;
        launchedUntil[i] = Long.MIN_VALUE;
      }
    }

    @Override
    public void take(long start, long end, int name, int thread) {
      if (!own[thread]) {
        return;
      }
      ApiCall kind = kind(name);
      if (kind.launches()) {
        // A runtime call may be recorded together with the driver call inside it.
        launching.add(Math.max(start, launchedUntil[thread]), end);
        launchedUntil[thread] = Math.max(launchedUntil[thread], end);
      }
      if (periods.contains(start)) {
        callsPerPeriod[cursor.at(start)]++;
        countByName[name]++;
        timeByName[name] += end - start;
        replays += kind == ApiCall.GRAPH_LAUNCH ? 1 : 0;
      }
    }
  }

  private ApiCall kind(int name) {
    if (kinds[name] == null) {
      kinds[name] = ApiCall.of(trace.names().get(name));
    }
    return kinds[name];
  }

  long launchingIn(int period) {
    return launching.in(period);
  }

  /// Calls that start in the period, of those that were read.
  int callsIn(int period) {
    return callsPerPeriod[period];
  }

  /// Whether the trace records calls at all.
  boolean areRecorded() {
    return trace.records(Trace.Kind.CALLS);
  }

  long replays() {
    return replays;
  }

  /// The calls in which the host waited; absent where the trace records none.
  Optional<SyncCalls> waits(Optional<Integer> layers, List<SyncCalls.InRange> inRanges) {
    if (!areRecorded()) {
      return Optional.empty();
    }
    Map<String, long[]> byName = new TreeMap<>();
    for (int name = 0; name < countByName.length; name++) {
      if (countByName[name] > 0 && kind(name) == ApiCall.WAIT) {
        long[] sums =
            byName.computeIfAbsent(ApiCall.bare(trace.names().get(name)), _ -> new long[2]);
        sums[0] += countByName[name];
        sums[1] += timeByName[name];
      }
    }
    double steps = periods.count();
    var calls = new ArrayList<SyncCalls.ByName>();
    byName.forEach(
        (name, sums) ->
            calls.add(new SyncCalls.ByName(name, sums[0] / steps, sums[1] / 1e3 / steps)));
    calls.sort(Comparator.comparingDouble(SyncCalls.ByName::usPerStep).reversed());
    double perStep = calls.stream().mapToDouble(SyncCalls.ByName::perStep).sum();
    return Optional.of(
        new SyncCalls(
            perStep,
            calls.stream().mapToDouble(SyncCalls.ByName::usPerStep).sum(),
            layers.map(count -> perStep / count),
            List.copyOf(calls),
            inRanges));
  }
}

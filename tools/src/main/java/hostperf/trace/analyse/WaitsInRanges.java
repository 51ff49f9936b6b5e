package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.Trace;
import hostperf.trace.steps.Periods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// Counts the waits of a process by the innermost range around them; in a trace without ranges, by
/// the innermost Python function of one's own.
final class WaitsInRanges {
  private static final int LISTED = 8;

  private record Key(int place, int call) {}

  private record Named(String place, String call) {}

  private final Trace trace;
  private final Periods periods;
  private final boolean hasRanges;

  /// By the numbers of the names; waits mostly follow one of their own kind.
  private final Map<Key, long[]> sums = new HashMap<>();

  private Key last = new Key(-1, -1);
  private long[] lastSum = new long[2];

  WaitsInRanges(Trace trace, long process, Periods periods) {
    this.trace = trace;
    this.periods = periods;
    this.hasRanges = trace.ranges().size() > 0;
    if (hasRanges || trace.frames().size() > 0) {
      count(process, hasRanges ? ranges() : functions());
    }
  }

  private void count(long process, Innermost places) {
    var isWait = new boolean[trace.names().size()];
    for (int name = 0; name < isWait.length; name++) {
      isWait[name] = ApiCall.of(trace.names().get(name)) == ApiCall.WAIT;
    }
    trace
        .calls()
        .forEach(
            (start, end, call, thread) -> {
              if (isWait[call]
                  && periods.contains(start)
                  && trace.processOfThread(thread) == process) {
                places.at(thread, start);
                add(places.name(), call, end - start);
              }
            });
  }

  private void add(int place, int call, long nanos) {
    if (last.place != place || last.call != call) {
      last = new Key(place, call);
      lastSum = sums.computeIfAbsent(last, _ -> new long[2]);
    }
    lastSum[0]++;
    lastSum[1] += nanos;
  }

  private Innermost ranges() {
    return new Innermost(trace.ranges(), trace.places().threads().size(), _ -> true);
  }

  private Innermost functions() {
    var isOwn = new boolean[trace.names().size()];
    for (int name = 0; name < isOwn.length; name++) {
      isOwn[name] = TracedFunction.isOwn(trace.names().get(name));
    }
    return new Innermost(trace.frames(), trace.places().threads().size(), name -> isOwn[name]);
  }

  /// The most frequent first.
  ///
  /// @param rangeName what ranges are called in tables
  List<SyncCalls.InRange> list(IntFunction<String> rangeName) {
    IntFunction<String> placeName = hasRanges ? rangeName : this::function;
    Map<Named, long[]> byName = new HashMap<>();
    sums.forEach(
        (key, sum) -> {
          if (key.place() >= 0) {
            var named =
                new Named(
                    placeName.apply(key.place()), ApiCall.bare(trace.names().get(key.call())));
            long[] all = byName.computeIfAbsent(named, _ -> new long[2]);
            all[0] += sum[0];
            all[1] += sum[1];
          }
        });
    var list = new ArrayList<SyncCalls.InRange>();
    double steps = periods.count();
    byName.forEach(
        (named, sum) ->
            list.add(
                new SyncCalls.InRange(
                    named.place(), named.call(), sum[0] / steps, sum[1] / 1e3 / steps)));
    list.sort(
        Comparator.comparingDouble(SyncCalls.InRange::perStep)
            .reversed()
            .thenComparing(SyncCalls.InRange::range)
            .thenComparing(SyncCalls.InRange::call));
    return List.copyOf(list.subList(0, Math.min(LISTED, list.size())));
  }

  private String function(int number) {
    String frame = trace.names().get(number);
    return TracedFunction.of(frame, Optional.empty()).map(TracedFunction::name).orElse(frame);
  }
}

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

  /// Sums by the numbers of the names; waits mostly follow one of their own kind.
  private static final class Numbers {
    private record Key(int range, int call) {}

    private final Map<Key, long[]> sums = new HashMap<>();
    private Key last = new Key(-1, -1);
    private long[] lastSum = new long[2];

    private void add(int range, int call, long nanos) {
      if (last.range != range || last.call != call) {
        last = new Key(range, call);
        lastSum = sums.computeIfAbsent(last, _ -> new long[2]);
      }
      lastSum[0]++;
      lastSum[1] += nanos;
    }
  }

  private WaitsInRanges() {}

  /// The most frequent first.
  ///
  /// @param rangeName what ranges are called in tables
  static List<SyncCalls.InRange> list(
      Trace trace, long process, Periods periods, IntFunction<String> rangeName) {
    record Place(String range, String call) {}
    boolean hasRanges = trace.ranges().size() > 0;
    if (!hasRanges && trace.frames().size() == 0) {
      return List.of();
    }
    IntFunction<String> placeName = hasRanges ? rangeName : number -> function(trace, number);
    Innermost ranges = hasRanges ? ranges(trace) : functions(trace);
    var isWait = new boolean[trace.names().size()];
    for (int name = 0; name < isWait.length; name++) {
      isWait[name] = ApiCall.of(trace.names().get(name)) == ApiCall.WAIT;
    }
    var numbers = new Numbers();
    trace
        .calls()
        .forEach(
            (start, end, call, thread) -> {
              if (isWait[call]
                  && periods.contains(start)
                  && trace.processOfThread(thread) == process) {
                ranges.cut(
                    thread,
                    start,
                    start + 1,
                    (range, _, _, _) -> numbers.add(range, call, end - start));
              }
            });
    Map<Place, long[]> sums = new HashMap<>();
    numbers.sums.forEach(
        (key, sum) -> {
          if (key.range() >= 0) {
            var place =
                new Place(
                    placeName.apply(key.range()), ApiCall.bare(trace.names().get(key.call())));
            long[] all = sums.computeIfAbsent(place, _ -> new long[2]);
            all[0] += sum[0];
            all[1] += sum[1];
          }
        });
    var list = new ArrayList<SyncCalls.InRange>();
    double steps = periods.count();
    sums.forEach(
        (place, sum) ->
            list.add(
                new SyncCalls.InRange(
                    place.range(), place.call(), sum[0] / steps, sum[1] / 1e3 / steps)));
    list.sort(
        Comparator.comparingDouble(SyncCalls.InRange::perStep)
            .reversed()
            .thenComparing(SyncCalls.InRange::range)
            .thenComparing(SyncCalls.InRange::call));
    return List.copyOf(list.subList(0, Math.min(LISTED, list.size())));
  }

  private static Innermost ranges(Trace trace) {
    return new Innermost(trace.ranges(), trace.places().threads().size(), _ -> true);
  }

  private static Innermost functions(Trace trace) {
    var isOwn = new boolean[trace.names().size()];
    for (int name = 0; name < isOwn.length; name++) {
      isOwn[name] = TracedFunction.isOwn(trace.names().get(name));
    }
    return new Innermost(trace.frames(), trace.places().threads().size(), name -> isOwn[name]);
  }

  private static String function(Trace trace, int number) {
    String frame = trace.names().get(number);
    return TracedFunction.of(frame, Optional.empty()).map(TracedFunction::name).orElse(frame);
  }
}

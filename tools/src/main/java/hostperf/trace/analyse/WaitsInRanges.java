package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Counts the waits of a process by the innermost range around them.
final class WaitsInRanges {
  private static final int LISTED = 8;

  private WaitsInRanges() {}

  /// The most frequent first.
  ///
  /// @param rangeName what ranges are called in tables
  static List<SyncCalls.InRange> list(
      Trace trace, long process, Periods periods, IntFunction<String> rangeName) {
    record Place(String range, String call) {}
    if (trace.ranges().size() == 0) {
      return List.of();
    }
    var ranges = new Innermost(trace.ranges(), trace.places().threads().size(), _ -> true);
    var isWait = new boolean[trace.names().size()];
    for (int name = 0; name < isWait.length; name++) {
      isWait[name] = ApiCall.of(trace.names().get(name)) == ApiCall.WAIT;
    }
    Map<Place, long[]> sums = new HashMap<>();
    trace
        .calls()
        .forEach(
            (start, end, name, thread) -> {
              if (isWait[name]
                  && periods.contains(start)
                  && trace.processOfThread(thread) == process) {
                ranges.cut(
                    thread,
                    start,
                    start + 1,
                    (range, _, _, _) -> {
                      if (range >= 0) {
                        String call = ApiCall.bare(trace.names().get(name));
                        long[] sum =
                            sums.computeIfAbsent(
                                new Place(rangeName.apply(range), call), _ -> new long[2]);
                        sum[0]++;
                        sum[1] += end - start;
                      }
                    });
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
}

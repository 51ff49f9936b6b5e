package hostperf.trace.analyse;

import hostperf.catalog.NvtxRanges;
import hostperf.trace.read.Trace;
import hostperf.trace.steps.Periods;
import hostperf.trace.steps.RangeName;
import hostperf.trace.timeline.GpuTimeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What the host ranges of one process cost per step.
public final class HostOperations {
  /// Host time on the step's thread that no range names.
  public static final String UNNAMED = "(outside any range)";

  private static final String GARBAGE = "Python GC";

  private final Trace trace;
  private final Periods periods;
  private final GpuTimeline gpu;
  private final Map<Integer, String> common = new HashMap<>();
  private final Map<String, Sums> byName = new HashMap<>();
  private final Sums outermost = new Sums();
  private final Sums garbage = new Sums();
  private final int stepThread;
  private final NvtxRanges ranges;
  private long longestCollection;

  private static final class Sums {
    private long count;
    private long total;
    private long idle;
    private long selfIdle;

    void add(RangeSweep.Span span) {
      count++;
      selfIdle += span.selfIdle();
      if (span.isOutermostOfItsName()) {
        total += span.total();
        idle += span.idle();
      }
    }
  }

  /// @param stepThread the thread whose time between ranges counts as unnamed, or -1
  HostOperations(Trace trace, Periods periods, GpuTimeline gpu, int stepThread, NvtxRanges ranges) {
    this.ranges = ranges;
    this.trace = trace;
    this.periods = periods;
    this.gpu = gpu;
    this.stepThread = stepThread;
  }

  void add(RangeSweep.Span span) {
    String name = name(span.name());
    byName.computeIfAbsent(name, _ -> new Sums()).add(span);
    if (span.thread() == stepThread && span.isOutermost()) {
      outermost.add(span);
    }
    if (name.contains(GARBAGE)) {
      garbage.add(span);
      longestCollection = Math.max(longestCollection, span.total());
    }
  }

  String name(int number) {
    return common.computeIfAbsent(number, n -> RangeName.common(trace.names().get(n), ranges));
  }

  /// Every operation, that which keeps the GPU waiting longest first.
  List<HostOperation> list() {
    var operations = new ArrayList<HostOperation>();
    byName.forEach((name, sums) -> operations.add(operation(name, sums, ranges.sourceOf(name))));
    unnamed().ifPresent(sums -> operations.add(operation(UNNAMED, sums, Optional.empty())));
    operations.sort(
        Comparator.comparingDouble(HostOperation::selfExposedUsPerStep)
            .reversed()
            .thenComparing(HostOperation::name));
    return operations;
  }

  private HostOperation operation(String name, Sums sums, Optional<String> source) {
    double steps = periods.count() * 1e3;
    return new HostOperation(
        name,
        (double) sums.count / periods.count(),
        sums.total / steps,
        sums.idle / steps,
        (sums.total - sums.idle) / steps,
        sums.selfIdle / steps,
        source);
  }

  private Optional<Sums> unnamed() {
    if (stepThread < 0) {
      return Optional.empty();
    }
    var rest = new Sums();
    rest.count = periods.count();
    rest.total = Math.max(0, periods.to() - periods.from() - outermost.total);
    rest.idle = Math.max(0, gpu.idle(periods.from(), periods.to()) - outermost.idle);
    rest.selfIdle = rest.idle;
    return Optional.of(rest);
  }

  GarbageCollection garbageCollection() {
    return new GarbageCollection(
        garbage.count, garbage.total / 1e3, garbage.idle / 1e3, longestCollection / 1e3);
  }

  /// How many layers the ranges name; absent where they name none.
  Optional<Integer> layers() {
    var layers = new TreeSet<Integer>();
    for (int number : common.keySet()) {
      int layer = RangeName.layer(trace.names().get(number));
      if (layer >= 0) {
        layers.add(layer);
      }
    }
    return layers.isEmpty() ? Optional.empty() : Optional.of(layers.size());
  }
}

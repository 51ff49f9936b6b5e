package hostperf.trace.analyse;

import hostperf.trace.read.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// What the host ranges of one process cost per step.
public final class HostOperations {
  /// Host time on the step's thread that no range names.
  public static final String UNNAMED = "(outside any range)";

  private static final String GARBAGE = "Python GC";

  /// The executor blocks here while it has no request. With requests it passes through in well
  /// under a millisecond.
  private static final String FETCH = "_fetch_new_requests";

  private static final long WAITING_FOR_REQUESTS_NS = 1_000_000;

  private final Trace trace;
  private final Periods periods;
  private final GpuTimeline gpu;
  private final Map<Integer, String> common = new HashMap<>();
  private final Map<String, Sums> byName = new HashMap<>();
  private final Sums outermost = new Sums();
  private final Sums garbage = new Sums();
  private final int stepThread;
  private long longestCollection;
  private long waitingForRequests;

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
  HostOperations(Trace trace, Periods periods, GpuTimeline gpu, int stepThread) {
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
    if (name.equals(FETCH) && span.idle() >= WAITING_FOR_REQUESTS_NS && hasWork(span.start())) {
      waitingForRequests += span.idle();
    }
  }

  private boolean hasWork(long time) {
    return periods
        .step(periods.at(time))
        .filter(step -> step.phase() != Step.Phase.NO_WORK)
        .isPresent();
  }

  String name(int number) {
    return common.computeIfAbsent(number, n -> RangeName.common(trace.names().get(n)));
  }

  /// Every operation, that which keeps the GPU waiting longest first.
  List<HostOperation> list(Function<String, Optional<String>> sourceOf) {
    var operations = new ArrayList<HostOperation>();
    byName.forEach((name, sums) -> operations.add(operation(name, sums, sourceOf.apply(name))));
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

  /// Idle time in periods without a request, and while the executor waited for one.
  double noWorkUs() {
    long idle = waitingForRequests;
    for (int period = 0; period < periods.count(); period++) {
      if (periods.step(period).filter(s -> s.phase() == Step.Phase.NO_WORK).isPresent()) {
        idle += periods.length(period) - gpu.activeIn(period);
      }
    }
    return idle / 1e3;
  }

  /// Whether the GPU had nothing to do in a gap, because no request was there to be scheduled.
  static boolean isWithoutWork(Optional<Step> step, Optional<String> range, long nanos) {
    return step.filter(s -> s.phase() == Step.Phase.NO_WORK).isPresent()
        || (range.filter(FETCH::equals).isPresent() && nanos >= WAITING_FOR_REQUESTS_NS);
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

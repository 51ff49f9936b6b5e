package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.Events;
import hostperf.trace.read.Trace;
import hostperf.trace.read.Trace.Kind;
import hostperf.trace.read.Track;
import hostperf.trace.steps.Periods;
import hostperf.trace.timeline.GpuTimeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/// Divides the idle stretches of a process by what they are, period by period.
///
/// Copies come first: while the device copies, it is not the host that is late. What is left of a
/// stretch without a request is that. The rest is the host's until the call that launched the next
/// work has returned, and of that work from there on.
final class IdleParts {
  /// Takes the pieces with what the host did meanwhile, in order.
  interface HostPieces {
    /// @param thread the thread that launches next, or -1
    /// @param call the number of the name of the call it waited in, or -1
    void take(IdlePart part, int thread, int call, long from, long to);

    /// A piece in which work was enqueued already.
    ///
    /// @param launched when it was
    void takeEnqueued(int thread, long launched, long from, long to);
  }

  private final Trace trace;
  private final Events copies;
  private final Periods periods;
  private final int mainThread;
  private final boolean hasCalls;
  private final Waits waits;
  private final LaunchMatcher launches;
  private final NoRequests noRequests;
  private final HostPieces sink;
  private final Map<IdlePart, Periods.Spread> nanos = new EnumMap<>(IdlePart.class);

  /// By the number of the name of a kind of copy or of a call.
  private final Map<Integer, Periods.Spread> byCopy = new HashMap<>();

  private final Map<Integer, Periods.Spread> byWait = new HashMap<>();
  private final boolean[] isOurs;

  /// The first copy that ends behind the last stretch, and its bounds.
  private int nextCopy = -1;

  private long copyStart;
  private long copyEnd = Long.MIN_VALUE;

  IdleParts(Trace trace, long process, ProcessAnalysis.Window window, HostPieces sink) {
    this.trace = trace;
    this.copies = trace.copies();
    this.periods = window.periods();
    this.mainThread = window.thread();
    this.hasCalls = trace.records(Kind.CALLS) && trace.calls().size() > 0;
    this.waits = new Waits(trace);
    this.launches = new LaunchMatcher(trace, process);
    this.noRequests = new NoRequests(trace, process, periods);
    this.sink = sink;
    for (IdlePart part : IdlePart.values()) {
      nanos.put(part, periods.new Spread());
    }
    List<Integer> devices = GpuTimeline.devicesOf(trace, process);
    List<Track> tracks = trace.places().tracks();
    this.isOurs = new boolean[tracks.size()];
    for (int i = 0; i < isOurs.length; i++) {
      isOurs[i] = devices.contains(tracks.get(i).device());
    }
  }

  /// Takes a stretch in which no kernel ran; stretches come in order.
  ///
  /// @param start when the work that ends it starts, the same as `to` except at the window's end
  /// @param link of that work; -1 where nothing ends the stretch within the window
  void take(long from, long to, long start, int link) {
    int call = link < 0 || !hasCalls ? -1 : launches.of(start, link);
    long enqueued = enqueued(from, to, link, call);
    int thread = call < 0 ? mainThread : trace.calls().place(call);
    long launched = call < 0 ? from : trace.calls().start(call);
    long at = from;
    while (copyEnd <= from) {
      passCopy();
    }
    if (copyStart < to) {
      at = copying(from, to, enqueued, thread, launched);
    }
    withoutCopies(at, to, enqueued, thread, launched);
  }

  private void passCopy() {
    nextCopy++;
    boolean isThere = nextCopy < copies.size();
    copyStart = isThere ? copies.start(nextCopy) : Long.MAX_VALUE;
    copyEnd = isThere ? copies.end(nextCopy) : Long.MAX_VALUE;
  }

  /// Takes the copies within a stretch and what lies before them; says where the last one ends.
  private long copying(long from, long to, long enqueued, int thread, long launched) {
    long at = from;
    for (int i = nextCopy; i < copies.size() && copies.start(i) < to; i++) {
      long begin = Math.max(copies.start(i), at);
      long end = Math.min(copies.end(i), to);
      if (begin < end && isOurs[copies.place(i)]) {
        withoutCopies(at, begin, enqueued, thread, launched);
        add(IdlePart.COPYING, begin, end);
        waits.cut(
            thread, begin, end, (name, a, b) -> sink.take(IdlePart.COPYING, thread, name, a, b));
        addTo(byCopy, copies.name(i), begin, end);
        at = end;
      }
    }
    return at;
  }

  /// Until when the host had not enqueued the work that ends a stretch.
  private long enqueued(long from, long to, int link, int call) {
    if (call >= 0) {
      return Math.clamp(trace.calls().end(call), from, to);
    }
    // A launch that cannot be found is so long ago that the host was far ahead.
    return link > 0 ? from : to;
  }

  private void withoutCopies(long from, long to, long enqueued, int thread, long launched) {
    if (from >= to) {
      return;
    }
    if (noRequests.hasNone(from, to)) {
      withRequests(from, to, enqueued, thread, launched);
    } else {
      noRequests.cut(
          from,
          to,
          (isNone, begin, end) -> {
            if (isNone) {
              add(IdlePart.NO_REQUEST, begin, end);
            } else {
              withRequests(begin, end, enqueued, thread, launched);
            }
          });
    }
  }

  private void withRequests(long from, long to, long enqueued, int thread, long launched) {
    if (!hasCalls) {
      add(IdlePart.UNKNOWN, from, to);
      return;
    }
    long since = Math.clamp(enqueued, from, to);
    if (from < since) {
      host(from, since, thread);
    }
    if (since < to) {
      add(IdlePart.ENQUEUED, since, to);
      sink.takeEnqueued(thread, launched, since, to);
    }
  }

  private void host(long from, long to, int thread) {
    if (waits.isFree(thread, from, to)) {
      host(-1, from, to, thread);
    } else {
      waits.cut(thread, from, to, (name, begin, end) -> host(name, begin, end, thread));
    }
  }

  private void host(int wait, long from, long to, int thread) {
    IdlePart part = wait < 0 ? IdlePart.HOST_BUSY : IdlePart.HOST_WAITING;
    add(part, from, to);
    if (wait >= 0) {
      addTo(byWait, wait, from, to);
    }
    sink.take(part, thread, wait, from, to);
  }

  private void add(IdlePart part, long from, long to) {
    of(part).add(from, to);
  }

  private void addTo(Map<Integer, Periods.Spread> sums, int name, long from, long to) {
    Periods.Spread sum = sums.get(name);
    if (sum == null) {
      sum = periods.new Spread();
      sums.put(name, sum);
    }
    sum.add(from, to);
  }

  /// The split of the chosen periods.
  IdleSplit split(IntPredicate chosen) {
    return new IdleSplit(
        trace.records(Kind.COPIES) ? Optional.of(us(IdlePart.COPYING, chosen)) : Optional.empty(),
        us(IdlePart.NO_REQUEST, chosen),
        us(IdlePart.HOST_BUSY, chosen),
        us(IdlePart.HOST_WAITING, chosen),
        us(IdlePart.ENQUEUED, chosen),
        us(IdlePart.UNKNOWN, chosen),
        shares(byCopy, chosen),
        shares(byWait, chosen));
  }

  private double us(IdlePart part, IntPredicate chosen) {
    return sum(chosen, of(part)::in);
  }

  private Periods.Spread of(IdlePart part) {
    return Objects.requireNonNull(nanos.get(part));
  }

  private List<IdleSplit.Share> shares(Map<Integer, Periods.Spread> sums, IntPredicate chosen) {
    // Forms of one call have one name.
    Map<String, Double> byName = new TreeMap<>();
    sums.forEach(
        (name, spread) ->
            byName.merge(
                ApiCall.bare(trace.names().get(name)), sum(chosen, spread::in), Double::sum));
    var shares = new ArrayList<IdleSplit.Share>();
    byName.forEach(
        (name, us) -> {
          if (us > 0) {
            shares.add(new IdleSplit.Share(name, us));
          }
        });
    shares.sort(Comparator.comparingDouble(IdleSplit.Share::us).reversed());
    return shares;
  }

  private double sum(IntPredicate chosen, IntToLongFunction value) {
    long sum = 0;
    for (int period = 0; period < periods.count(); period++) {
      sum += chosen.test(period) ? value.applyAsLong(period) : 0;
    }
    return sum / 1e3;
  }
}

package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.Events;
import hostperf.trace.read.Trace;
import hostperf.trace.read.Trace.Kind;
import hostperf.trace.steps.Periods;
import hostperf.trace.timeline.GpuTimeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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
  private final Trace trace;
  private final Events copies;
  private final Periods periods;
  private final int mainThread;
  private final boolean hasCalls;
  private final LaunchMatcher launches;
  private final RowAt nextCopy;
  private final RowAt noRequests;

  /// By the numbers of the threads.
  private final RowAt[] waits;

  private final IdleCauses causes;

  private final Map<IdlePart, Periods.Spread> nanos = new EnumMap<>(IdlePart.class);

  /// By the number of the name of a kind of copy or of a call.
  private final Periods.Spread[] byCopy;

  private final Periods.Spread[] byWait;

  IdleParts(Trace trace, long process, ProcessAnalysis.Window window, IdleCauses causes) {
    this.trace = trace;
    this.copies = trace.copies();
    this.periods = window.periods();
    this.mainThread = window.thread();
    this.hasCalls = trace.records(Kind.CALLS) && trace.calls().size() > 0;
    this.launches = new LaunchMatcher(trace, process);
    this.nextCopy = new RowAt(copies);
    this.noRequests = NoRequests.of(trace, process, periods);
    this.waits = Waits.byThread(trace);
    this.causes = causes;
    this.byCopy = new Periods.Spread[trace.names().size()];
    this.byWait = new Periods.Spread[trace.names().size()];
    for (var part : IdlePart.values()) {
      nanos.put(part, periods.new Spread());
    }
    List<Integer> devices = GpuTimeline.devicesOf(trace, process);
    boolean[] isOurs = trace.tracks(track -> devices.contains(track.device()));
    for (int copy = 0; copy < copies.size(); copy++) {
      if (isOurs[copies.place(copy)]) {
        nextCopy.add(copy);
      }
    }
  }

  /// Takes a stretch in which no kernel ran; stretches come in order.
  ///
  /// @param start when the work that ends it starts, the same as `to` except at the window's end
  /// @param link of that work; -1 where nothing ends the stretch within the window
  void take(long from, long to, long start, int link) {
    int call = link < 0 || !hasCalls ? -1 : launches.of(start, link);
    long enqueued = enqueued(link, call);
    int thread = call < 0 ? mainThread : trace.calls().place(call);
    long launched = call < 0 ? from : trace.calls().start(call);
    long at = from;
    while (at < to) {
      at = piece(at, to, enqueued, thread, launched);
    }
  }

  /// Takes as much of a stretch as is of one kind; says where that ends.
  private long piece(long at, long to, long enqueued, int thread, long launched) {
    int copy = nextCopy.at(at);
    boolean hasRequest = noRequests.at(at) < 0;
    long until = Math.min(to, Math.min(nextCopy.until(at), noRequests.until(at)));
    IdlePart part = IdlePart.COPYING;
    if (copy < 0) {
      part = withoutCopy(hasRequest, at < enqueued);
      until = at < enqueued ? Math.min(until, enqueued) : until;
    }
    int wait = -1;
    if (thread >= 0 && (part == IdlePart.COPYING || part == IdlePart.HOST_BUSY)) {
      wait = waits[thread].at(at);
      until = Math.min(until, waits[thread].until(at));
    }
    if (copy >= 0) {
      addTo(byCopy, copies.name(copy), at, until);
    } else if (wait >= 0) {
      part = IdlePart.HOST_WAITING;
      addTo(byWait, trace.calls().name(wait), at, until);
    }
    of(part).add(at, until);
    if (part != IdlePart.NO_REQUEST && part != IdlePart.UNKNOWN) {
      causes.take(part, thread, wait < 0 ? -1 : trace.calls().name(wait), launched, at, until);
    }
    return until;
  }

  private IdlePart withoutCopy(boolean hasRequest, boolean isLate) {
    if (!hasRequest) {
      return IdlePart.NO_REQUEST;
    }
    if (!hasCalls) {
      return IdlePart.UNKNOWN;
    }
    return isLate ? IdlePart.HOST_BUSY : IdlePart.ENQUEUED;
  }

  /// Until when the host had not enqueued the work that ends a stretch.
  private long enqueued(int link, int call) {
    if (call >= 0) {
      return trace.calls().end(call);
    }
    // A launch that cannot be found is so long ago that the host was far ahead.
    return link > 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  private void addTo(Periods.Spread[] sums, int name, long from, long to) {
    if (sums[name] == null) {
      sums[name] = periods.new Spread();
    }
    sums[name].add(from, to);
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

  private List<IdleSplit.Share> shares(Periods.Spread[] sums, IntPredicate chosen) {
    // Forms of one call have one name.
    Map<String, Double> byName = new TreeMap<>();
    for (int name = 0; name < sums.length; name++) {
      if (sums[name] != null) {
        byName.merge(
            ApiCall.bare(trace.names().get(name)), sum(chosen, sums[name]::in), Double::sum);
      }
    }
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

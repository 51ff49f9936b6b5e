package hostperf.trace.analyse;

import hostperf.trace.read.Trace;
import hostperf.trace.steps.Periods;
import hostperf.trace.steps.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// When a process had no request to work on: steps without any, and the wait for the next one.
final class NoRequests {
  /// The executor blocks here while it has no request. With requests it passes through in well
  /// under a millisecond.
  private static final String FETCH = "_fetch_new_requests";

  private static final long WAITING_NS = 1_000_000;

  /// Takes the pieces of a stretch.
  interface Pieces {
    void take(boolean isWithoutRequest, long from, long to);
  }

  private record Stretch(long from, long to) {}

  private final List<Stretch> stretches = new ArrayList<>();
  private int next;

  NoRequests(Trace trace, long process, Periods periods) {
    for (int period = 0; period < periods.count(); period++) {
      if (isNoWork(periods.step(period))) {
        stretches.add(new Stretch(periods.start(period), periods.end(period)));
      }
    }
    int fetch = trace.names().indexOf(FETCH);
    trace
        .ranges()
        .forEach(
            (start, end, name, thread) -> {
              if (name == fetch
                  && end - start >= WAITING_NS
                  && trace.processOfThread(thread) == process) {
                stretches.add(new Stretch(start, end));
              }
            });
    stretches.sort(Comparator.comparingLong(Stretch::from));
  }

  static boolean isNoWork(Optional<Step> step) {
    return step.filter(s -> s.phase() == Step.Phase.NO_WORK).isPresent();
  }

  /// Whether a gap in this range is one without a request.
  static boolean isWaiting(Optional<String> range, long nanos) {
    return range.filter(FETCH::equals).isPresent() && nanos >= WAITING_NS;
  }

  /// Whether requests are there all the time of an idle stretch; stretches come in order.
  boolean hasNone(long from, long to) {
    while (next < stretches.size() && stretches.get(next).to() <= from) {
      next++;
    }
    return next == stretches.size() || stretches.get(next).from() >= to;
  }

  /// Cuts an idle stretch; stretches come in order. Idle time shorter than a wait for requests
  /// inside the fetch is the host's.
  void cut(long from, long to, Pieces pieces) {
    long at = from;
    while (next < stretches.size() && stretches.get(next).to() <= from) {
      next++;
    }
    for (int i = next; i < stretches.size() && stretches.get(i).from() < to; i++) {
      long begin = Math.max(at, stretches.get(i).from());
      long end = Math.min(to, stretches.get(i).to());
      if (begin < end) {
        if (at < begin) {
          pieces.take(false, at, begin);
        }
        pieces.take(true, begin, end);
        at = end;
      }
    }
    if (at < to) {
      pieces.take(false, at, to);
    }
  }
}

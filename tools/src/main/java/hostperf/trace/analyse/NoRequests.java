package hostperf.trace.analyse;

import hostperf.trace.read.Events;
import hostperf.trace.read.Rows;
import hostperf.trace.read.Trace;
import hostperf.trace.steps.Periods;
import hostperf.trace.steps.Step;
import java.util.List;
import java.util.Optional;

/// When a process had no request to work on: steps without any, and the wait for the next one.
final class NoRequests {
  /// The executor blocks here while it has no request. With requests it passes through in well
  /// under a millisecond; idle time shorter than a wait for requests is the host's.
  private static final String FETCH = "_fetch_new_requests";

  private static final long WAITING_NS = 1_000_000;

  private NoRequests() {}

  static RowAt of(Trace trace, long process, Periods periods) {
    var stretches = new Rows();
    for (int period = 0; period < periods.count(); period++) {
      if (isNoWork(periods.step(period))) {
        stretches.add(periods.start(period), periods.end(period), 0, 0);
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
                stretches.add(start, end, 0, 0);
              }
            });
    Events ordered = Events.of(List.of(stretches));
    var at = new RowAt(ordered);
    for (int row = 0; row < ordered.size(); row++) {
      at.add(row);
    }
    return at;
  }

  static boolean isNoWork(Optional<Step> step) {
    return step.filter(s -> s.phase() == Step.Phase.NO_WORK).isPresent();
  }

  /// Whether a gap in this range is one without a request.
  static boolean isWaiting(Optional<String> range, long nanos) {
    return range.filter(FETCH::equals).isPresent() && nanos >= WAITING_NS;
  }
}

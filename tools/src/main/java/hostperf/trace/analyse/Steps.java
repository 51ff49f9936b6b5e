package hostperf.trace.analyse;

import hostperf.trace.read.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The steps of every process in a trace, in order.
final class Steps {
  /// @param thread number of the thread that ran the first of them
  public record OfProcess(List<Step> steps, int thread) {}

  private Steps() {}

  /// By process id, ascending; processes without steps are left out.
  static Map<Long, OfProcess> byProcess(Trace trace) {
    Map<Long, OfProcess> found = new TreeMap<>();
    trace
        .ranges()
        .forEach(
            (start, _, name, thread) ->
                Step.of(trace.names().get(name), start)
                    .ifPresent(
                        step ->
                            found
                                .computeIfAbsent(
                                    trace.processOfThread(thread),
                                    _ -> new OfProcess(new ArrayList<>(), thread))
                                .steps()
                                .add(step)));
    return found;
  }
}

package hostperf.trace.steps;

import hostperf.catalog.NvtxRanges;
import hostperf.catalog.StepRange;
import hostperf.trace.read.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The steps of every process in a trace as their ranges name them, in order.
public final class Steps {
  /// @param thread number of the thread that ran the first of them
  public record OfProcess(List<Step> steps, int thread, StepSource source) {
    public OfProcess {
      steps = List.copyOf(steps);
    }
  }

  /// Ranges of one kind in one process.
  private static final class Kind {
    private final List<Step> steps = new ArrayList<>();
    private final StepRange first;
    private final int thread;

    private Kind(StepRange first, int thread) {
      this.first = first;
      this.thread = thread;
    }
  }

  private Steps() {}

  /// By process id, ascending; processes without steps are left out.
  public static Map<Long, OfProcess> byProcess(Trace trace, NvtxRanges ranges) {
    Map<Integer, Optional<StepRange>> known = new HashMap<>();
    Map<Long, Map<Integer, Kind>> found = new TreeMap<>();
    trace
        .ranges()
        .forEach(
            (start, _, name, thread) ->
                known
                    .computeIfAbsent(name, n -> ranges.step(trace.names().get(n)))
                    .ifPresent(
                        range -> {
                          Kind kind =
                              found
                                  .computeIfAbsent(
                                      trace.processOfThread(thread), _ -> new TreeMap<>())
                                  .computeIfAbsent(range.rank(), _ -> new Kind(range, thread));
                          if (kind.thread == thread) {
                            kind.steps.add(step(range, kind.steps.size(), start));
                          }
                        }));
    var byProcess = new TreeMap<Long, OfProcess>();
    found.forEach(
        (process, kinds) -> {
          Kind kind = kinds.values().iterator().next();
          byProcess.put(
              process,
              new OfProcess(
                  kind.steps,
                  kind.thread,
                  new StepSource(StepSource.How.RANGES, Optional.of(kind.first.engine()))));
        });
    return byProcess;
  }

  private static Step step(StepRange range, int place, long start) {
    StepRange.Counts counts = range.counts();
    long number = counts.step().orElse((long) place);
    if (counts.contextRequests().isEmpty() || counts.generationRequests().isEmpty()) {
      return new Step(number, Step.Phase.UNKNOWN, MakeUp.named(range.named()), start);
    }
    long context = counts.contextRequests().get();
    long generation = counts.generationRequests().get();
    return new Step(
        number, phase(context, generation), MakeUp.ofRequests(context, generation), start);
  }

  private static Step.Phase phase(long context, long generation) {
    if (context > 0) {
      return Step.Phase.CONTEXT;
    }
    return generation > 0 ? Step.Phase.GENERATION : Step.Phase.NO_WORK;
  }
}

package hostperf.trace.analyse;

import hostperf.catalog.NvtxRanges;
import hostperf.trace.read.Reading.Unreadable;
import hostperf.trace.read.Trace;
import hostperf.trace.steps.FoundSteps;
import hostperf.trace.steps.LaunchingThread;
import hostperf.trace.steps.Periods;
import hostperf.trace.steps.StepSource;
import hostperf.trace.steps.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which processes of a trace can be judged, over which window, and what to say about the others.
public final class Windows {
  /// Less work than this on the device is no workload, and its idle time means nothing.
  private static final long LEAST_WORK_NS = 100_000;

  private final Trace trace;
  private final Optional<Integer> warmup;
  private final int warmupOfRanges;
  private final NvtxRanges ranges;
  private final Map<Long, Steps.OfProcess> steps;
  private final Map<Long, ProcessAnalysis.Window> windows = new TreeMap<>();
  private final List<String> notes;
  private final Map<Long, Span> spans = new TreeMap<>();

  /// A process's work on its devices.
  private static final class Span {
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private long work;
    private long pieces;

    private void add(long start, long end) {
      from = Math.min(from, start);
      to = Math.max(to, end);
      work += end - start;
      pieces++;
    }
  }

  private Windows(Trace trace, Optional<Integer> warmup, int warmupOfRanges, NvtxRanges ranges) {
    this.trace = trace;
    this.warmup = warmup;
    this.warmupOfRanges = warmupOfRanges;
    this.ranges = ranges;
    this.steps = Steps.byProcess(trace, ranges);
    this.notes = new ArrayList<>(trace.source().notes());
  }

  /// @param warmup steps left out at the beginning, where the caller says so
  /// @param warmupOfRanges the same by default, where ranges name the steps. Steps that are found
  ///     in the device's work are all kept: nothing shows that they are the program's first
  public static Windows of(
      Trace trace, Optional<Integer> warmup, int warmupOfRanges, NvtxRanges ranges) {
    var windows = new Windows(trace, warmup, warmupOfRanges, ranges);
    windows.measureSpans();
    windows.takeAll();
    return windows;
  }

  public Map<Long, ProcessAnalysis.Window> byProcess() {
    return windows;
  }

  public List<String> notes() {
    return List.copyOf(notes);
  }

  private void measureSpans() {
    Span[] byTrack =
        trace.places().tracks().stream()
            .map(track -> spans.computeIfAbsent(track.process(), _ -> new Span()))
            .toArray(Span[]::new);
    trace.gpu().forEach((start, end, _, track) -> byTrack[track].add(start, end));
    spans.values().removeIf(span -> span.pieces == 0);
  }

  private void takeAll() {
    steps.forEach(
        (process, found) -> {
          if (!spans.containsKey(process)) {
            notes.add("Process " + process + " has steps but no GPU work; it is left out.");
          } else {
            takeRanges(process, found);
          }
        });
    boolean anyRanges = spans.keySet().stream().anyMatch(steps::containsKey);
    spans.forEach(
        (process, span) -> {
          if (!anyRanges) {
            takeWork(process, span);
          }
        });
  }

  private void takeRanges(long process, Steps.OfProcess found) {
    int left = warmup.orElse(warmupOfRanges);
    Optional<Periods> periods = Periods.of(found.steps(), left);
    if (periods.filter(p -> p.to() > p.from()).isEmpty()) {
      notes.add(
          "Process %d has %d steps, too few for %d of warm-up and a last one; it is left out."
              .formatted(process, found.steps().size(), left));
    } else {
      windows.put(
          process, new ProcessAnalysis.Window(periods.get(), found.thread(), found.source()));
    }
  }

  private void takeWork(long process, Span span) {
    if (span.work < LEAST_WORK_NS || span.from >= span.to) {
      return;
    }
    int thread = LaunchingThread.of(trace, process);
    Optional<FoundSteps.Found> found = FoundSteps.of(trace, process);
    Optional<Periods> periods =
        found.flatMap(f -> Periods.of(f.steps(), warmup.orElse(0), f.end()));
    if (found.isPresent() && periods.filter(p -> p.to() > p.from()).isPresent()) {
      StepSource source = StepSource.found(found.get().how());
      windows.put(process, new ProcessAnalysis.Window(periods.get(), thread, source));
      notes.add(note(process, source.how(), periods.get()));
    } else {
      windows.put(
          process,
          new ProcessAnalysis.Window(
              Periods.withoutSteps(span.from, span.to),
              thread,
              StepSource.found(StepSource.How.WHOLE_WINDOW)));
      notes.add(
          "%s has no step ranges of process %d, and its work on the device shows no period: the"
                  .formatted(trace.source().file().getFileName(), process)
              + " window runs from the first kernel to the last, start-up and warm-up are in it,"
              + " there are no phases, and figures per step are those of the whole window.");
    }
  }

  private static String note(long process, StepSource.How how, Periods periods) {
    return "Process %d has no step ranges: its %d steps are found in the device's work (%s). %s"
        .formatted(
            process,
            periods.count(),
            how == StepSource.How.READ_BACKS
                ? "each ends with a copy to the host"
                : "each begins with the same kernels",
            "Prefill and decode are distinguished by graph replays and device time, not by requests.");
  }

  /// Why no process could be judged.
  public Unreadable whyNone() {
    String file = trace.source().file().getFileName().toString();
    String again = Recapture.again(trace.source().format(), engine(), ranges);
    boolean anyGpu = steps.keySet().stream().anyMatch(spans::containsKey);
    if (!steps.isEmpty() && !anyGpu) {
      return new Unreadable(
          file + " records no GPU work of the processes that run the steps.",
          "kernels or graph replays of these processes",
          again);
    }
    if (steps.isEmpty()) {
      long work = spans.values().stream().mapToLong(s -> s.work).sum();
      long pieces = spans.values().stream().mapToLong(s -> s.pieces).sum();
      return new Unreadable(
          "%s records %d piece%s of GPU work that take %.1f us in all, less than the %.0f us that a verdict needs."
              .formatted(file, pieces, pieces == 1 ? "" : "s", work / 1e3, LEAST_WORK_NS / 1e3),
          "a window in which the engine works",
          "Start the capture while requests run. " + again);
    }
    long most = steps.values().stream().mapToInt(s -> s.steps().size()).max().orElse(0);
    int left = warmup.orElse(warmupOfRanges);
    return new Unreadable(
        "%s holds only warm-up: at most %d steps in a process, and the first %d and the last are left out."
            .formatted(file, most, left),
        "at least " + (left + 2) + " steps",
        Recapture.longer(engine(), ranges));
  }

  private Optional<String> engine() {
    return steps.values().stream().flatMap(s -> s.source().engine().stream()).findFirst();
  }
}

package hostperf.trace.analyse;

import hostperf.trace.read.Capture;
import hostperf.trace.read.Reading.Unreadable;
import hostperf.trace.read.Trace;
import hostperf.trace.read.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which processes of a trace can be judged, over which window, and what to say about the others.
public final class Windows {
  private final Trace trace;
  private final int warmup;
  private final Map<Long, Steps.OfProcess> steps;
  private final Map<Long, ProcessAnalysis.Window> windows = new TreeMap<>();
  private final List<String> notes;

  private Windows(Trace trace, int warmup) {
    this.trace = trace;
    this.warmup = warmup;
    this.steps = Steps.byProcess(trace);
    this.notes = new ArrayList<>(trace.source().notes());
  }

  public static Windows of(Trace trace, int warmup) {
    var windows = new Windows(trace, warmup);
    if (windows.steps.isEmpty()) {
      windows.takeWholeTrace();
    } else {
      windows.takeSteps();
    }
    return windows;
  }

  public Map<Long, ProcessAnalysis.Window> byProcess() {
    return windows;
  }

  public List<String> notes() {
    return List.copyOf(notes);
  }

  private void takeSteps() {
    steps.forEach(
        (process, found) -> {
          Optional<Periods> periods = Periods.of(found.steps(), warmup);
          if (GpuTimeline.devicesOf(trace, process).isEmpty()) {
            notes.add("Process " + process + " has steps but no GPU work; it is left out.");
          } else if (periods.filter(p -> p.to() > p.from()).isEmpty()) {
            notes.add(
                "Process %d has %d steps, too few for %d of warm-up and a last one; it is left out."
                    .formatted(process, found.steps().size(), warmup));
          } else {
            windows.put(process, new ProcessAnalysis.Window(periods.get(), found.thread()));
          }
        });
  }

  private void takeWholeTrace() {
    Map<Long, long[]> spans = new TreeMap<>();
    List<Track> tracks = trace.places().tracks();
    trace
        .gpu()
        .forEach(
            (start, end, _, track) -> {
              long[] span =
                  spans.computeIfAbsent(
                      tracks.get(track).process(),
                      _ -> new long[] {Long.MAX_VALUE, Long.MIN_VALUE});
              span[0] = Math.min(span[0], start);
              span[1] = Math.max(span[1], end);
            });
    spans.forEach(
        (process, span) -> {
          if (span[0] < span[1]) {
            var periods = Periods.withoutSteps(span[0], span[1]);
            windows.put(process, new ProcessAnalysis.Window(periods, -1));
          }
        });
    notes.add(
        "%s has no step ranges (\"%s N: …\"): the window runs from the first kernel to the last, so"
                .formatted(trace.source().file().getFileName(), Step.RANGE)
            + " start-up and warm-up are in it, there are no phases, and figures per step are those"
            + " of the whole window.");
  }

  /// Why no process could be judged.
  public Unreadable whyNone() {
    String file = trace.source().file().getFileName().toString();
    boolean anyGpu =
        steps.keySet().stream().anyMatch(p -> !GpuTimeline.devicesOf(trace, p).isEmpty());
    if (steps.isEmpty() || !anyGpu) {
      return new Unreadable(
          file + " records no GPU work of the processes that run the steps.",
          "kernels or graph replays of these processes",
          Capture.again(trace.source().format()));
    }
    long most = steps.values().stream().mapToInt(s -> s.steps().size()).max().orElse(0);
    return new Unreadable(
        "%s holds only warm-up: at most %d steps in a process, and the first %d and the last are left out."
            .formatted(file, most, warmup),
        "at least " + (warmup + 2) + " steps",
        Capture.LONGER);
  }
}

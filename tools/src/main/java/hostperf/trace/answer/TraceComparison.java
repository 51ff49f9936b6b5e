package hostperf.trace.answer;

import hostperf.catalog.NvtxRanges;
import hostperf.host.Processes;
import hostperf.trace.analyse.ProcessAnalysis;
import hostperf.trace.analyse.Recapture;
import hostperf.trace.analyse.SteadySteps;
import hostperf.trace.analyse.Windows;
import hostperf.trace.answer.Comparison.CannotCompare;
import hostperf.trace.answer.Comparison.Change;
import hostperf.trace.answer.Comparison.Compared;
import hostperf.trace.answer.Comparison.SteadyState;
import hostperf.trace.read.CallDetail;
import hostperf.trace.read.Capture;
import hostperf.trace.read.Reading.Read;
import hostperf.trace.read.Reading.Unreadable;
import hostperf.trace.read.Trace;
import hostperf.trace.read.TraceFiles;
import hostperf.trace.steps.MakeUp;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tells which host operations changed between two traces, in steps of the same make-up.
///
/// Steps are comparable when they schedule the same number of context and of generation requests.
/// Of the make-ups that both sides have, the one with the most steps is compared.
public final class TraceComparison {
  /// A mean over fewer steps says nothing about the spread.
  private static final int FEWEST_STEPS = 3;

  private final TraceFiles files;

  /// @param processes starts nsys, where a report has to be exported first
  public TraceComparison(Processes processes) {
    this.files = new TraceFiles(processes);
  }

  /// @param baseline a trace file; of several processes in it, the one with the most steps counts
  /// @param ranges what ranges stand for
  public Comparison compare(Path baseline, Path target, Settings settings, NvtxRanges ranges) {
    return switch (side(baseline, settings, ranges)) {
      case Unusable(CannotCompare why) -> why;
      case Usable before ->
          switch (side(target, settings, ranges)) {
            case Unusable(CannotCompare why) -> why;
            case Usable after -> compare(before, after, ranges);
          };
    };
  }

  private sealed interface Side {}

  /// @param makeUps the periods of each make-up
  private record Usable(
      Trace.Source source,
      SteadySteps steps,
      Map<MakeUp, List<Integer>> makeUps,
      ProcessAnalysis analysis)
      implements Side {
    String file() {
      return source.file().getFileName().toString();
    }

    int count(MakeUp makeUp) {
      return makeUps.getOrDefault(makeUp, List.of()).size();
    }

    SteadySteps.Figures figures(MakeUp makeUp) {
      return steps.figures(makeUps.getOrDefault(makeUp, List.of()));
    }
  }

  private record Unusable(CannotCompare why) implements Side {}

  private Side side(Path path, Settings settings, NvtxRanges ranges) {
    Path file = files.named(List.of(path)).getFirst().path();
    return switch (files.read(file, CallDetail.ALL)) {
      case Unreadable(String reason, String missing, String next) ->
          new Unusable(new CannotCompare(reason, missing, next));
      case Read(Trace trace) -> side(trace, settings, ranges);
    };
  }

  private static Side side(Trace trace, Settings settings, NvtxRanges ranges) {
    Windows windows = Windows.of(trace, settings.warmup(), Settings.WARMUP, ranges);
    Optional<Map.Entry<Long, ProcessAnalysis.Window>> longest =
        windows.byProcess().entrySet().stream()
            .filter(process -> process.getValue().periods().hasSteps())
            .max(Comparator.comparingInt(process -> process.getValue().periods().count()));
    if (longest.isEmpty()) {
      var why = windows.byProcess().isEmpty() ? windows.whyNone() : withoutSteps(trace);
      return new Unusable(new CannotCompare(why.reason(), why.missing(), why.next()));
    }
    long process = longest.get().getKey();
    ProcessAnalysis.Window window = longest.get().getValue();
    var steps = new SteadySteps(trace, process, window, ranges);
    return new Usable(
        trace.source(),
        steps,
        steps.makeUps(),
        ProcessAnalysis.of(trace, process, window, settings.thresholds(), ranges));
  }

  private static Unreadable withoutSteps(Trace trace) {
    return new Unreadable(
        trace.source().file().getFileName()
            + " has no step ranges and its work on the device shows no period, so steps cannot be"
            + " compared.",
        "ranges around the steps",
        Capture.again(trace.source().format()));
  }

  private static Comparison compare(Usable before, Usable after, NvtxRanges ranges) {
    Optional<MakeUp> shared =
        before.makeUps().keySet().stream()
            .filter(makeUp -> fewer(before, after, makeUp) >= FEWEST_STEPS)
            .max(Comparator.comparingInt(makeUp -> fewer(before, after, makeUp)));
    if (shared.isEmpty()) {
      return notComparable(before, after, ranges);
    }
    MakeUp makeUp = shared.get();
    SteadySteps.Figures baseline = before.figures(makeUp);
    SteadySteps.Figures target = after.figures(makeUp);
    var table = new ChangeTable(baseline.operations(), target.operations(), ranges::sourceOf);
    return new Compared(
        new SteadyState(
            makeUp.label(),
            makeUp.contextRequests(),
            makeUp.generationRequests(),
            before.count(makeUp),
            after.count(makeUp)),
        table.operations(),
        Change.of(baseline.wallUs(), target.wallUs()),
        Change.of(baseline.kernels(), target.kernels()),
        Change.of(baseline.apiCalls(), target.apiCalls()),
        table.handoff(
            AnswerAssembly.handoff(after.analysis(), after.analysis().report().verdict())),
        leftOut(before, after, makeUp));
  }

  private static int fewer(Usable before, Usable after, MakeUp makeUp) {
    return Math.min(before.count(makeUp), after.count(makeUp));
  }

  private static CannotCompare notComparable(Usable before, Usable after, NvtxRanges ranges) {
    return new CannotCompare(
        "No batch composition occurs at least %d times on both sides: %s has %s; %s has %s."
            .formatted(
                FEWEST_STEPS,
                before.file(),
                described(before.makeUps()),
                after.file(),
                described(after.makeUps())),
        "steps with the same number of context and generation requests on both sides",
        "Capture both with the same workload and concurrency, over the same steps. "
            + Recapture.again(
                before.source().format(), before.analysis().report().steps().engine(), ranges));
  }

  private static String described(Map<MakeUp, List<Integer>> makeUps) {
    return makeUps.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<MakeUp, List<Integer>> entry) -> entry.getValue().size())
                .reversed())
        .limit(3)
        .map(entry -> entry.getValue().size() + " of " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static List<String> leftOut(Usable before, Usable after, MakeUp makeUp) {
    int compared = before.count(makeUp) + after.count(makeUp);
    int all = total(before) + total(after);
    return compared == all
        ? List.of()
        : List.of(
            "The steps of %s were compared: %d of %d; the others have no counterpart."
                .formatted(makeUp, compared, all));
  }

  private static int total(Usable side) {
    return side.makeUps().values().stream().mapToInt(List::size).sum();
  }
}

package hostperf.trace.answer;

import hostperf.host.Processes;
import hostperf.trace.analyse.ProcessAnalysis;
import hostperf.trace.analyse.Windows;
import hostperf.trace.answer.Detection.CannotTell;
import hostperf.trace.read.CallDetail;
import hostperf.trace.read.Capture;
import hostperf.trace.read.Reading.Read;
import hostperf.trace.read.Reading.Unreadable;
import hostperf.trace.read.Trace;
import hostperf.trace.read.TraceFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Answers whether the host keeps the GPU waiting, from one trace or from one a rank.
///
/// Traces are read one after the other and only their figures are kept, so memory is that of the
/// largest. A file that cannot be judged makes the whole answer `CannotTell`: a verdict on the
/// other ranks alone could be wrong.
public final class TraceDetector {
  private final TraceFiles files;

  /// @param processes starts nsys, where a report has to be exported first
  public TraceDetector(Processes processes) {
    this.files = new TraceFiles(processes);
  }

  /// @param traces files, or folders that hold one file a rank
  /// @param sourceOf the source function that opens an NVTX range, where known
  public Detection detect(
      List<Path> traces, Settings settings, Function<String, Optional<String>> sourceOf) {
    var analyses = new ArrayList<ProcessAnalysis>();
    var notes = new ArrayList<String>();
    for (Path path : TraceFiles.named(traces)) {
      switch (files.read(path, CallDetail.DECISIVE)) {
        case Unreadable(String reason, String missing, String next) -> {
          return new CannotTell(reason, missing, next);
        }
        case Read(Trace trace) -> {
          switch (judged(trace, settings, sourceOf)) {
            case NotJudged(CannotTell why) -> {
              return why;
            }
            case Judged(List<ProcessAnalysis> found, List<String> remarks) -> {
              analyses.addAll(found);
              notes.addAll(remarks);
            }
          }
        }
      }
    }
    return new AnswerAssembly(analyses, settings, notes).found();
  }

  /// What one file gave.
  private sealed interface Judgement {}

  private record Judged(List<ProcessAnalysis> found, List<String> notes) implements Judgement {}

  private record NotJudged(CannotTell why) implements Judgement {}

  private static Judgement judged(
      Trace trace, Settings settings, Function<String, Optional<String>> sourceOf) {
    Windows windows = Windows.of(trace, settings.warmup());
    var found = new ArrayList<ProcessAnalysis>();
    for (Map.Entry<Long, ProcessAnalysis.Window> process : windows.byProcess().entrySet()) {
      var analysis =
          ProcessAnalysis.of(
              trace, process.getKey(), process.getValue(), settings.thresholds(), sourceOf);
      if (analysis.gpu().hasUntimedReplays()) {
        return new NotJudged(untimedReplays(trace));
      }
      found.add(analysis);
    }
    return found.isEmpty()
        ? new NotJudged(cannotTell(windows.whyNone()))
        : new Judged(List.copyOf(found), windows.notes());
  }

  private static CannotTell untimedReplays(Trace trace) {
    return new CannotTell(
        trace.source().file().getFileName()
            + " records graph launches but no graph replay with a duration, so the time in which"
            + " the GPU was busy is unknown.",
        "durations of CUDA-graph replays",
        "Capture with --cuda-graph-trace=graph (or node). "
            + Capture.again(trace.source().format()));
  }

  private static CannotTell cannotTell(Unreadable why) {
    return new CannotTell(why.reason(), why.missing(), why.next());
  }
}

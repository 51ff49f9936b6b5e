package hostperf.trace.answer;

import hostperf.catalog.NvtxRanges;
import hostperf.host.Processes;
import hostperf.trace.analyse.ProcessAnalysis;
import hostperf.trace.analyse.Recapture;
import hostperf.trace.analyse.Windows;
import hostperf.trace.answer.Detection.CannotTell;
import hostperf.trace.read.CallDetail;
import hostperf.trace.read.Reading;
import hostperf.trace.read.Reading.Read;
import hostperf.trace.read.Reading.Unreadable;
import hostperf.trace.read.Trace;
import hostperf.trace.read.TraceFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Answers whether the host keeps the GPU waiting, from one trace or from one a rank.
///
/// Traces are read one after the other and only their figures are kept, so memory is that of the
/// largest. A named file that cannot be judged makes the whole answer `CannotTell`: a verdict on
/// the other ranks alone could be wrong. In a folder, what is no trace is named and passed over.
public final class TraceDetector {
  private final TraceFiles files;

  /// @param processes starts nsys, where a report has to be exported first
  public TraceDetector(Processes processes) {
    this.files = new TraceFiles(processes);
  }

  /// @param traces files, or folders that hold one file a rank
  /// @param ranges what ranges stand for
  public Detection detect(List<Path> traces, Settings settings, NvtxRanges ranges) {
    var analyses = new ArrayList<ProcessAnalysis>();
    var notes = new ArrayList<String>();
    var passedOver = new ArrayList<CannotTell>();
    for (TraceFiles.Named file : files.named(traces)) {
      switch (judged(files.read(file.path(), CallDetail.DECISIVE), settings, ranges)) {
        case Judged(List<ProcessAnalysis> found, List<String> remarks) -> {
          analyses.addAll(found);
          notes.addAll(remarks);
        }
        case NotJudged(CannotTell why) -> {
          if (!file.isFromFolder()) {
            return why;
          }
          passedOver.add(why);
        }
      }
    }
    notes.addAll(files.remarks());
    notes.addAll(missingRanks(analyses));
    if (analyses.isEmpty()) {
      return nothing(passedOver);
    }
    passedOver.forEach(why -> notes.add("Passed over: " + why.reason()));
    return new AnswerAssembly(analyses, settings, ranges, notes).found();
  }

  /// Ranks below the highest of which there is no trace. Where most are, the traces are of some
  /// ranks on purpose, such as those of one node.
  private static List<String> missingRanks(List<ProcessAnalysis> analyses) {
    var ranks = new TreeSet<Integer>();
    analyses.forEach(analysis -> analysis.report().rank().ifPresent(ranks::add));
    if (ranks.size() < 2) {
      return List.of();
    }
    var missing =
        IntStream.range(0, ranks.last())
            .filter(rank -> !ranks.contains(rank))
            .limit(ranks.size())
            .mapToObj(String::valueOf)
            .toList();
    return missing.isEmpty() || missing.size() == ranks.size()
        ? List.of()
        : List.of(
            "There is no trace of rank%s %s, while there are traces of ranks up to %d: whether the host holds the GPU up there is unknown."
                .formatted(
                    missing.size() == 1 ? "" : "s", String.join(", ", missing), ranks.last()));
  }

  /// Of a folder without a usable trace, the first reason stands for all.
  private static CannotTell nothing(List<CannotTell> passedOver) {
    CannotTell first = passedOver.getFirst();
    return passedOver.size() == 1
        ? first
        : new CannotTell(
            "None of the folder's %d files can be judged. %s"
                .formatted(
                    passedOver.size(),
                    String.join(" ", passedOver.stream().map(CannotTell::reason).toList())),
            first.missing(),
            first.next());
  }

  /// What one file gave.
  private sealed interface Judgement {}

  private record Judged(List<ProcessAnalysis> found, List<String> notes) implements Judgement {}

  private record NotJudged(CannotTell why) implements Judgement {}

  private static Judgement judged(Reading reading, Settings settings, NvtxRanges ranges) {
    return switch (reading) {
      case Unreadable why -> new NotJudged(cannotTell(why));
      case Read(Trace trace) -> judged(trace, settings, ranges);
    };
  }

  private static Judgement judged(Trace trace, Settings settings, NvtxRanges ranges) {
    Windows windows = Windows.of(trace, settings.warmup(), Settings.WARMUP, ranges);
    var found = new ArrayList<ProcessAnalysis>();
    for (Map.Entry<Long, ProcessAnalysis.Window> process : windows.byProcess().entrySet()) {
      var analysis =
          ProcessAnalysis.of(
              trace, process.getKey(), process.getValue(), settings.thresholds(), ranges);
      if (analysis.gpu().hasUntimedReplays()) {
        return new NotJudged(untimedReplays(trace, process.getValue().source().engine(), ranges));
      }
      found.add(analysis);
    }
    if (found.isEmpty()) {
      return new NotJudged(withNotes(cannotTell(windows.whyNone()), trace.source().notes()));
    }
    var notes = new ArrayList<>(windows.notes());
    trace
        .source()
        .absent()
        .forEach(
            kind ->
                notes.add(
                    "%s records no %s: what they would show is unknown."
                        .formatted(trace.source().file().getFileName(), kind.label())));
    return new Judged(List.copyOf(found), notes);
  }

  private static CannotTell cannotTell(Unreadable why) {
    return new CannotTell(why.reason(), why.missing(), why.next());
  }

  /// What a reader left out may be why.
  private static CannotTell withNotes(CannotTell why, List<String> notes) {
    return new CannotTell(
        Stream.concat(Stream.of(why.reason()), notes.stream()).collect(Collectors.joining(" ")),
        why.missing(),
        why.next());
  }

  private static CannotTell untimedReplays(
      Trace trace, Optional<String> engine, NvtxRanges ranges) {
    return new CannotTell(
        trace.source().file().getFileName()
            + " records graph launches but no graph replay with a duration, so the time in which"
            + " the GPU was busy is unknown.",
        "durations of CUDA-graph replays",
        "Capture with --cuda-graph-trace=graph (or node). "
            + Recapture.again(trace.source().format(), engine, ranges));
  }
}

package hostperf.lines;

import hostperf.Refusal;
import hostperf.source.Sources;
import hostperf.stacks.CallGraph;
import hostperf.stacks.FunctionNames;
import hostperf.stacks.Ranking;
import hostperf.stacks.StackFiles;
import hostperf.stacks.StackProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Profiles that other profilers wrote, taken together.
///
/// Files of one kind are added up. A line profiler's counts go with stacks: these say where time
/// goes, those how often lines ran. A call graph goes with nothing else: its times are stretched
/// otherwise than a line profiler's and cannot be laid over stacks.
///
/// @param stacks of sampling profilers
/// @param calls of tracing profilers
/// @param lines of line profilers
public record ExistingProfiles(
    Optional<StackProfile> stacks, Optional<CallGraph> calls, Optional<ProfileReport> lines) {

  /// Refused where a file is unknown or damaged, or where files do not go together.
  public static ExistingProfiles read(List<Path> files) {
    List<StackProfile> stacks = new ArrayList<>();
    List<CallGraph> calls = new ArrayList<>();
    var merge = new ProfileMerge();
    for (Path file : files) {
      switch (StackFiles.kind(file)) {
        case JSON -> stacks.add(StackFiles.read(file));
        case PSTATS -> calls.add(StackFiles.callGraph(file));
        case LINES -> LineProfileReader.read(file, merge);
        case TEXT -> text(file, stacks, merge);
      }
    }
    var lines = merge.report();
    boolean hasLines = !lines.functions().isEmpty() || !lines.timers().isEmpty();
    if (!calls.isEmpty() && (hasLines || !stacks.isEmpty())) {
      throw new Refusal(
          "The pstats files cannot be combined with the others: cProfile slows each call, and has"
              + " neither stacks nor lines that could be added to theirs.",
          "Pass the pstats files in a separate call.");
    }
    return new ExistingProfiles(
        stacks.isEmpty() ? Optional.empty() : Optional.of(StackFiles.sum(stacks)),
        calls.isEmpty() ? Optional.empty() : Optional.of(CallGraph.sum(calls)),
        hasLines ? Optional.of(lines) : Optional.empty());
  }

  /// A log may have a line profiler's report anywhere.
  private static void text(Path file, List<StackProfile> stacks, ProfileMerge lines) {
    try {
      stacks.add(StackFiles.read(file));
    } catch (Refusal noStacks) {
      var inLog = new ProfileMerge();
      try {
        LineProfileReader.read(file, inLog);
      } catch (Refusal _) {
        throw noStacks;
      }
      if (inLog.report().functions().isEmpty()) {
        throw noStacks;
      }
      inLog.report().functions().forEach(lines::function);
      inLog.report().timers().forEach(lines::timer);
    }
  }

  /// How often lines ran, under qualified names and with their text.
  public Optional<ProfileReport> hits(Sources sources) {
    return lines.map(report -> QualifiedNames.in(SourceText.in(report, sources), sources));
  }

  /// Of a call graph, which has no stacks.
  public Optional<Ranking> ranking(Sources sources) {
    return calls.map(graph -> Ranking.of(new FunctionNames(sources).in(graph)));
  }

  /// What these files cannot tell.
  public List<String> remarks(Optional<String> root) {
    List<String> remarks = new ArrayList<>();
    if (calls.isPresent()) {
      remarks.add(
          "cProfile's results cannot tell which lines take the time, which thread or process did,"
              + " what was warm-up, or what waits; and its overhead for each call makes functions"
              + " that are called often look more expensive than they are.");
      root.ifPresent(
          name ->
              remarks.add(
                  "Without stacks, shares of %s's time cannot be computed: shares are of the whole profile."
                      .formatted(name)));
    } else if (stacks.isEmpty()) {
      remarks.add(
          "A line profiler counts what a line calls as the line's time, and sees only the functions"
              + " that it was put on. Take samples before acting on the order; the hits are exact.");
    }
    return remarks;
  }
}

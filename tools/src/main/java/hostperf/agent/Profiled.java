package hostperf.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the time of a workload's steps goes: the answer of the tool `profile` and of the command.
/// Shares are of the root's steady time, 0 to 1, unless said otherwise; `_s` are seconds.
///
/// @param profileId and `suffix` are absent for a command's profile, which no run keeps
/// @param root absent where no samples were taken: then functions are ranked by the line profiler
///     alone
/// @param tree functions from the root down, those that take little left out
/// @param treeHidden what it leaves out; absent where that is nothing
/// @param functions of the engine's own code: most own time first, then those with most time in all
/// @param linesTotal how many of their statements took time; `functions` have the first of all
/// @param callees what is called, with the lines that call it, most time first
/// @param facts what lines did, those of the lines that take most first
/// @param outside what the root's threads did between its calls
/// @param ranks shares by process, where several ran the root: the slowest, the one nearest to the
///     median, those that differ, then others
/// @param rankDifferences lines at which a process spends more than the median one does, the
///     largest difference first
/// @param rankFacts what a process does more often or for longer in a step than the median one
///     does, or less: the largest of each kind
/// @param drillDown calls that take much and whose inside the pass `lines` did not look at
/// @param coverage how much of the root's own time the line profiler was put on; absent without it
/// @param metrics of a launch without any pass
/// @param distortion by pass: how many times slower it made the workload, where that is known: by
///     the primary metric, of a command by the mean time of the root's calls
/// @param notLookedFor collectors of facts that did not work, each with the reason
/// @param files the profiles
public record Profiled(
    Optional<String> profileId,
    Optional<String> suffix,
    Optional<RootRow> root,
    List<TreeRow> tree,
    Optional<HiddenRow> treeHidden,
    List<FunctionRow> functions,
    int functionsTotal,
    int linesTotal,
    List<CalleeRow> callees,
    int calleesTotal,
    List<FactRow> facts,
    int factsTotal,
    Optional<OutsideRow> outside,
    List<ThreadRow> threads,
    int threadsTotal,
    List<RankRow> ranks,
    int ranksTotal,
    List<DifferenceRow> rankDifferences,
    List<RankFactRow> rankFacts,
    List<DrilldownRow> drillDown,
    Optional<Double> coverage,
    List<MetricRow> metrics,
    Map<String, Double> distortion,
    Map<String, String> notLookedFor,
    List<String> warnings,
    List<String> files,
    List<Next> next)
    implements Outcome {

  /// The function whose calls are the steps.
  ///
  /// @param function empty where `how` is `whole`: without stacks, shares are of everything
  /// @param how `configured`, `target_map`, `found` or `whole`
  /// @param timeS absent where samples tell no seconds
  /// @param samples 0 where the profile counts none
  /// @param worthSamples as many of one weight tell as much; absent where they have one
  /// @param warmUp the part of its time that differs at the beginning and is left out
  public record RootRow(
      String function,
      String file,
      String how,
      Optional<Double> timeS,
      long samples,
      Optional<Long> worthSamples,
      double warmUp) {
    /// Those that chance goes by.
    public long telling() {
      return worthSamples.orElse(samples);
    }
  }

  /// A function, once, below the caller that spends most in it; callers that only pass the call on
  /// are left out.
  ///
  /// @param line of its definition, where the source was found
  /// @param totalShare with what it calls, summed over all its callers
  /// @param calls by the pass `lines`, where the root ran once: then no call of it is a step
  /// @param callsPerStep by the pass `lines`, where the root ran more often
  /// @param holdsLock how much of its own time it held the interpreter lock
  /// @param callers how many functions call it, where that is more than one
  /// @param fromCaller what the caller above spends in it, where there are others
  /// @param recursive true where it calls itself, directly or through others
  public record TreeRow(
      int depth,
      String name,
      String file,
      Optional<Integer> line,
      double selfShare,
      double totalShare,
      Optional<Long> calls,
      Optional<Double> callsPerStep,
      Optional<Double> holdsLock,
      Optional<Integer> callers,
      Optional<Double> fromCaller,
      Optional<Boolean> recursive) {}

  /// @param selfShare the sum of what these have of their own
  /// @param mostTotalShare no function left out for being small takes more
  public record HiddenRow(int functions, double selfShare, double mostTotalShare) {}

  /// @param line of its definition, where the source was found
  /// @param selfShare without the engine's other functions that it calls; libraries count as the
  ///     line that calls them
  /// @param calls counted by the pass `lines`
  /// @param totalS undistorted where there are samples, else the line profiler's
  /// @param by `own` or `total`: the share that it is shown for; absent without samples
  /// @param topLines those of the first statements of all that are its own
  public record FunctionRow(
      String name,
      String file,
      Optional<Integer> line,
      Optional<Double> selfShare,
      Optional<Double> totalShare,
      Optional<Long> calls,
      Optional<Double> totalS,
      Optional<String> by,
      List<LineRow> topLines) {
    /// Whether it is here for what it takes with what it calls.
    boolean takesMuchInAll() {
      return by.filter("total"::equals).isPresent();
    }

    FunctionRow with(List<LineRow> lines) {
      return new FunctionRow(name, file, line, selfShare, totalShare, calls, totalS, by, lines);
    }
  }

  /// @param line the first of its statement
  /// @param standsOut whether its share is large and no chance; absent without samples
  /// @param hits how often it ran, by the pass `lines`
  /// @param perHitUs the line profiler's own figure; given where there are no samples
  public record LineRow(
      int line,
      Optional<Double> selfShare,
      Optional<Double> totalShare,
      Optional<Boolean> standsOut,
      Optional<Long> hits,
      Optional<Double> perHitUs,
      String source) {
    LineRow withSource(int most) {
      return source.length() <= most
          ? this
          : new LineRow(
              line,
              selfShare,
              totalShare,
              standsOut,
              hits,
              perHitUs,
              source.substring(0, most - 1) + "…");
    }
  }

  /// @param totalShare summed over all its callers
  /// @param callers the first of them
  public record CalleeRow(
      String name, String file, double totalShare, List<CallerRow> callers, int callersTotal) {}

  public record CallerRow(String function, int line, double share) {}

  /// One thing that a line did, with counts.
  ///
  /// @param source `measured`: a pass saw it
  public record FactRow(String file, int line, String function, String fact, String source) {}

  /// @param share of the thread's time between the root's first and last call
  public record OutsideRow(double share, List<PlaceRow> places) {}

  public record PlaceRow(String file, int line, String function, double share) {}

  /// @param place where it was most of its time, with the share of that time
  public record ThreadRow(long process, String thread, PlaceRow place) {}

  /// @param rank as its launcher numbered it; empty where it did not
  /// @param node where it ran; absent where all ran on one
  /// @param role `slowest`, `median`, or absent
  public record RankRow(
      long process,
      String rank,
      Optional<String> node,
      Optional<String> role,
      List<PlaceRow> shares) {}

  /// @param place with the share of that process, as a share of the median process's time
  /// @param median the same of the median process
  /// @param waits whether the pass `facts` saw waiting there
  public record DifferenceRow(
      long process, String rank, PlaceRow place, double median, boolean waits) {}

  /// @param file empty for garbage collection, which begins on any line
  public record RankFactRow(
      long process, String rank, String file, int line, String function, String fact) {}

  /// @param target the name the profiler takes; empty when the callee could not be resolved
  public record DrilldownRow(
      String function, int line, double share, String callee, String target) {}

  public record MetricRow(String name, double value, String unit) {}

  /// First half of what stands around tree and statements, then the tree and the text of
  /// statements, then more of each; the first ten statements stay to the end.
  @Override
  public Optional<Outcome> shorter() {
    int half = callees.size() / 2;
    return Stream.of(
            with(half, Math.max(6, facts.size() / 2), threads.size() / 2),
            with(statements().to(15)),
            with(cut(16)),
            with(half, Math.max(4, facts.size() / 2), 0),
            with(statements().withSource(60)),
            with(cut(12)),
            with(half, Math.max(2, facts.size() / 2), 0),
            with(cut(8)),
            with(folders()),
            with(statements().to(12)),
            with(0, 0, 0),
            with(statements().to(10)),
            with(statements().withSource(40)),
            with(cut(4)))
        .filter(form -> !form.equals(this))
        .<Outcome>map(form -> form)
        .findFirst();
  }

  @Override
  public boolean keepsItsTextShort() {
    return true;
  }

  private List<String> folders() {
    return files.stream()
        .map(file -> file.endsWith("/") ? file : Path.of(file).resolveSibling("") + "/")
        .distinct()
        .toList();
  }

  private TreeCut cut(int least) {
    return whole().to(Math.max(least, tree.size() * 3 / 4));
  }

  private StatementCut statements() {
    return new StatementCut(functions);
  }

  private Profiled with(TreeCut cut) {
    return with(cut, statements(), callees.size(), facts.size(), threads.size(), files);
  }

  private Profiled with(StatementCut cut) {
    return with(whole(), cut, callees.size(), facts.size(), threads.size(), files);
  }

  private Profiled with(int mostCallees, int mostFacts, int mostThreads) {
    return with(whole(), statements(), mostCallees, mostFacts, mostThreads, files);
  }

  private Profiled with(List<String> names) {
    return with(whole(), statements(), callees.size(), facts.size(), threads.size(), names);
  }

  private TreeCut whole() {
    return new TreeCut(tree, treeHidden);
  }

  private Profiled with(
      TreeCut cut,
      StatementCut statements,
      int mostCallees,
      int mostFacts,
      int mostThreads,
      List<String> names) {
    return new Profiled(
        profileId,
        suffix,
        root,
        cut.rows(),
        cut.hidden(),
        statements.functions(),
        functionsTotal,
        linesTotal,
        Truncation.first(callees, mostCallees),
        calleesTotal,
        Truncation.first(facts, mostFacts),
        factsTotal,
        outside,
        Truncation.first(threads, mostThreads),
        threadsTotal,
        ranks,
        ranksTotal,
        rankDifferences,
        rankFacts,
        drillDown,
        coverage,
        metrics,
        distortion,
        notLookedFor,
        warnings,
        names,
        next);
  }
}

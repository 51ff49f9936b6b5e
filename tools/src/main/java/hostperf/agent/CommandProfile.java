package hostperf.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the time of a command's steps goes. Shares are of the root's steady time, 0 to 1, unless
/// said otherwise; `_s` are seconds.
///
/// @param functions most own time first; `functions_total` counts those that are not listed too
/// @param lines of the engine's own code, most own time first: what libraries take counts as the
///     line that calls them
/// @param rest share of the lines that are not listed
/// @param calls who calls whom, most time first
/// @param repeats what repeated in the calls of the most expensive functions, in words
/// @param outside what the root's threads did between its calls
/// @param ranks shares by process, where several ran the root
/// @param coverage how much of the root's own time the line profiler was put on; absent without it
/// @param notLookedFor collectors of facts that did not work, each with the reason
/// @param files the profiles
public record CommandProfile(
    RootRow root,
    List<FunctionRow> functions,
    int functionsTotal,
    List<LineRow> lines,
    int linesTotal,
    double rest,
    List<CallRow> calls,
    List<String> repeats,
    Optional<OutsideRow> outside,
    List<ThreadRow> threads,
    List<RankRow> ranks,
    Optional<Double> coverage,
    Map<String, String> notLookedFor,
    List<String> warnings,
    List<String> files,
    List<Next> next)
    implements Outcome {

  /// The function whose calls are the steps.
  ///
  /// @param how `configured`, `target_map` or `found`
  /// @param samples 0 where the profile counts none
  /// @param warmUp the part of its time that differs at the beginning and is left out
  public record RootRow(
      String function, String file, String how, double timeS, long samples, double warmUp) {}

  /// @param holdsLock how much of its own time it held the interpreter lock
  public record FunctionRow(
      String name, String file, double selfShare, double totalShare, Optional<Double> holdsLock) {}

  /// @param hits how often it ran, by the line profiler
  /// @param facts what it did, in words, with counts
  public record LineRow(
      String file,
      int line,
      String function,
      double selfShare,
      double totalShare,
      Optional<Long> hits,
      String source,
      List<String> facts) {}

  /// @param line of the caller
  public record CallRow(String caller, int line, String callee, double share) {}

  /// @param share of the thread's time between the root's first and last call
  public record OutsideRow(double share, List<PlaceRow> places) {}

  public record PlaceRow(String file, int line, String function, double share) {}

  /// @param place where it was most of its time, with the share of that time
  public record ThreadRow(long process, String thread, PlaceRow place) {}

  /// @param rank as its launcher numbered it; empty where it did not
  public record RankRow(long process, String rank, List<PlaceRow> shares) {}

  @Override
  public Optional<Outcome> shorter() {
    if (calls.isEmpty() && functions.size() <= 5) {
      return Optional.empty();
    }
    return Optional.of(
        new CommandProfile(
            root,
            Rows.first(functions, 5),
            functionsTotal,
            lines,
            linesTotal,
            rest,
            List.of(),
            repeats,
            outside,
            Rows.first(threads, 3),
            ranks,
            coverage,
            notLookedFor,
            warnings,
            files,
            next));
  }
}

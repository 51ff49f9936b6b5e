package hostperf.profile;

import hostperf.fact.FactDifference;
import hostperf.fact.Facts;
import hostperf.fact.FactsByLine;
import hostperf.fact.LineFact.Kind;
import hostperf.lines.LineProfile;
import hostperf.lines.ProfileReport;
import hostperf.lines.SpentLine;
import hostperf.lines.SpentLines;
import hostperf.source.Sources;
import hostperf.stacks.Frame;
import hostperf.stacks.RankDifference;
import hostperf.stacks.Ranking;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the passes saw of a workload, as values that can be kept.
///
/// @param ranking where the root's time goes; absent where no sample of Python code was taken
/// @param lines how often lines ran; empty where the pass `lines` saw nothing
/// @param facts what they did; `Facts.NONE` where the pass `facts` saw nothing
/// @param differing facts in which a process differs from its siblings
/// @param spent the engine's own statements by their own time, most first; empty without a ranking
/// @param coverage how much of the root's own time the line profiler was put on, by samples;
///     absent where one of the two is missing
/// @param processes those that were sampled, by number
public record Observed(
    Optional<Ranking> ranking,
    LineProfile lines,
    Facts facts,
    List<FactDifference> differing,
    List<SpentLine> spent,
    Optional<Double> coverage,
    Map<Long, SampledProcess> processes) {
  private static final Set<Kind> WAITING =
      EnumSet.of(Kind.WAIT, Kind.COLLECTIVE, Kind.READ_BACK, Kind.SYNC);

  public Observed {
    differing = List.copyOf(differing);
    spent = List.copyOf(spent);
    processes = Map.copyOf(processes);
  }

  /// What a line profile that exists tells.
  public static Observed of(LineProfile lines) {
    return new Observed(
        Optional.empty(), lines, Facts.NONE, List.of(), List.of(), Optional.empty(), Map.of());
  }

  /// @param sources for the lines' text
  public static Observed of(Passes.Result result, Sources sources) {
    var lines = result.hits().map(ProfileReport::profile).orElse(new LineProfile(List.of()));
    var facts = result.facts().map(FactsPass.Collected::facts).orElse(Facts.NONE);
    var byLine = new FactsByLine(facts);
    return new Observed(
        result.ranking(),
        lines,
        facts,
        result.facts().map(FactsPass.Collected::differences).orElse(List.of()),
        result
            .ranking()
            .map(r -> new SpentLines(r, lines, byLine, sources).byOwn())
            .orElse(List.of()),
        result.ranking().isPresent() && !lines.functions().isEmpty()
            ? Optional.of(result.coverage())
            : Optional.empty(),
        result.sampled().map(Sampler.Sampled::processes).orElse(Map.of()));
  }

  /// The process that the others wait for: the one with the largest difference at a line at which
  /// nothing was seen waiting. Empty without facts, since one of two is longer at each line.
  public Optional<RankDifference> late() {
    return ranking.filter(_ -> facts.counted().hasSteps()).stream()
        .flatMap(r -> r.compared().differences().stream())
        .filter(d -> !isWaiting(d.line()))
        .findFirst();
  }

  /// Whether that line was seen waiting, be it for another process or the device.
  public boolean isWaiting(Frame line) {
    return facts.lines().stream()
        .anyMatch(
            f ->
                WAITING.contains(f.kind())
                    && f.place().line() == line.line()
                    && f.place().file().equals(line.file()));
  }
}

package hostperf.profile;

import hostperf.fact.Facts;
import hostperf.fact.FactsByLine;
import hostperf.source.Sources;
import hostperf.stacks.Ranking;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the passes saw of a workload, as values that can be kept.
///
/// @param ranking where the root's time goes; absent where no sample of Python code was taken
/// @param lines how often lines ran; empty where the pass `lines` saw nothing
/// @param facts what they did; `Facts.NONE` where the pass `facts` saw nothing
/// @param spent the engine's own statements by their own time, most first; empty without a ranking
/// @param coverage how much of the root's own time the line profiler was put on, by samples;
///     absent where one of the two is missing
/// @param processes those that were sampled, by number
public record Observed(
    Optional<Ranking> ranking,
    LineProfile lines,
    Facts facts,
    List<SpentLine> spent,
    Optional<Double> coverage,
    Map<Long, SampledProcess> processes) {
  public Observed {
    spent = List.copyOf(spent);
    processes = Map.copyOf(processes);
  }

  /// What a line profile that exists tells.
  public static Observed of(LineProfile lines) {
    return new Observed(Optional.empty(), lines, Facts.NONE, List.of(), Optional.empty(), Map.of());
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
        result
            .ranking()
            .map(r -> new SpentLines(r, lines, byLine, sources).byOwn())
            .orElse(List.of()),
        result.ranking().isPresent() && !lines.functions().isEmpty()
            ? Optional.of(result.coverage())
            : Optional.empty(),
        result.sampled().map(Sampler.Sampled::processes).orElse(Map.of()));
  }
}

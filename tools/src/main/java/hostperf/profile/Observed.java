package hostperf.profile;

import hostperf.fact.Facts;
import hostperf.fact.FactsByLine;
import hostperf.source.PythonFile;
import hostperf.source.Sources;
import hostperf.stacks.Frame;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares.LineShare;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the passes saw of a workload, as values that can be kept.
///
/// @param ranking where the root's time goes; absent where no sample of Python code was taken
/// @param lines how often lines ran; empty where the pass `lines` saw nothing
/// @param facts what they did; `Facts.NONE` where the pass `facts` saw nothing
/// @param spent the engine's own lines by their own time, most first; empty without a ranking
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
        result.ranking().stream()
            .flatMap(ranking -> ranking.own().lines().stream())
            .filter(line -> line.own() > 0)
            .sorted(Comparator.comparingDouble(LineShare::own).reversed())
            .map(line -> spent(line, lines, byLine, sources))
            .toList(),
        result.ranking().isPresent() && !lines.functions().isEmpty()
            ? Optional.of(result.coverage())
            : Optional.empty(),
        result.sampled().map(Sampler.Sampled::processes).orElse(Map.of()));
  }

  private static SpentLine spent(
      LineShare line, LineProfile lines, FactsByLine facts, Sources sources) {
    var at = line.place();
    var file = sources.file(at.file());
    return new SpentLine(
        new Frame(at.function(), file.map(PythonFile::path).orElse(at.file()), at.line()),
        line.own(),
        line.total(),
        lines.functions().stream()
            .filter(f -> isSame(f.file(), at.file(), file, sources))
            .flatMap(f -> f.lines().stream())
            .filter(cost -> cost.line() == at.line())
            .map(LineCost::hits)
            .max(Comparator.naturalOrder()),
        file.map(f -> f.line(at.line()).strip()).orElse(""),
        facts.within(at.file(), at.line(), at.line()).lines());
  }

  /// A program that profiles itself may name its files relative to where it runs.
  private static boolean isSame(
      String reported, String sampled, Optional<PythonFile> file, Sources sources) {
    return reported.equals(sampled)
        || file.isPresent()
            && sources.file(reported).filter(f -> f.path().equals(file.get().path())).isPresent();
  }
}

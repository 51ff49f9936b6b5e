package hostperf.classify;

import hostperf.catalog.Frequency;
import hostperf.catalog.TargetMap;
import hostperf.profile.FunctionProfile;
import hostperf.profile.LineProfile;
import hostperf.source.Sources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Says which lines of a profile are hotspots, and of what type.
///
/// All rules are asked; the finding with the highest confidence names the type, the others become
/// `also`. Facts of the source decide; time and hits support. Nothing here knows an engine beyond
/// what its target map says.
public final class Classifier {
  /// A statement below this share of its function's time is shown only if its time per hit stands
  /// out.
  private static final double LEAST_SHARE = 0.005;

  private final List<Rule> rules = Rules.ALL;

  /// The hotspots, most costly first: total is time per hit × hits.
  ///
  /// @param sources where the profiled files are looked for; a function whose file is not found,
  ///     or has changed since, is judged by the report's own text with less confidence
  /// @param limit how many at most
  public List<Hotspot> hotspots(LineProfile profile, Sources sources, TargetMap target, int limit) {
    var judged = new ArrayList<Judged>();
    for (var function : profile.functions()) {
      judged.addAll(of(function, sources, target, whole(profile, function, target)));
    }
    judged.sort(
        Comparator.comparingLong((Judged j) -> -magnitude(j.spot().seconds()))
            .thenComparingDouble(j -> -j.verdict().best().confidence()));
    var hotspots = new ArrayList<Hotspot>();
    for (var each : judged.subList(0, Math.min(limit, judged.size()))) {
      hotspots.add(each.hotspot("h" + (hotspots.size() + 1)));
    }
    return hotspots;
  }

  /// Times within a tenth of each other rank alike, and the surer verdict first: a profile does not
  /// tell them apart.
  private static long magnitude(double seconds) {
    return Math.round(Math.log(Math.max(seconds, 1e-12)) / Math.log(1.1));
  }

  private record Judged(Spot spot, Verdict verdict, String file, double share) {
    Hotspot hotspot(String id) {
      return new Hotspot(
          id,
          new Hotspot.Place(
              spot.function().qualifiedName(),
              file,
              spot.line(),
              spot.function().file().line(spot.line()).strip()),
          new Hotspot.Cost(spot.hits(), spot.seconds(), share),
          verdict.judgement(spot));
    }
  }

  private List<Judged> of(
      FunctionProfile profile, Sources sources, TargetMap target, double seconds) {
    var located = Located.of(profile, sources);
    if (located.isEmpty()) {
      return List.of();
    }
    var place = located.get();
    return Spots.of(profile, place.function(), target).stream()
        .filter(s -> s.standsOut() || s.spot().seconds() >= LEAST_SHARE * profile.seconds())
        .map(
            s ->
                new Judged(
                    s.spot(),
                    Verdict.of(s.spot(), rules, place.certainty()),
                    place.file(),
                    seconds > 0 ? Math.min(1, s.spot().seconds() / seconds) : 0))
        .toList();
  }

  /// The time that a share refers to: that of the profiled function which runs whole steps, else
  /// that of the function itself.
  private static double whole(LineProfile profile, FunctionProfile function, TargetMap target) {
    return profile.functions().stream()
        .filter(f -> isStep(f, target))
        .mapToDouble(FunctionProfile::seconds)
        .max()
        .orElse(function.seconds());
  }

  private static boolean isStep(FunctionProfile function, TargetMap target) {
    var last = function.name().substring(function.name().lastIndexOf('.') + 1);
    return last.matches(
            "_?(run_|execute_|engine_|decode_|forward_)?step|_?\\w*(executor|event|engine|busy)_loop\\w*|execute_model")
        || target.candidates(last).stream().anyMatch(f -> f.runs() == Frequency.PER_RUN);
  }
}

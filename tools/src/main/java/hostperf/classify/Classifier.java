package hostperf.classify;

import hostperf.catalog.TargetMap;
import hostperf.fact.Facts;
import hostperf.profile.FunctionProfile;
import hostperf.profile.LineProfile;
import hostperf.profile.Observed;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Says which lines of a profile are hotspots, and of what type.
///
/// All rules are asked; the finding with the highest confidence names the type, the others become
/// `also`. Facts of the source decide; time and hits support. Nothing here knows an engine beyond
/// what its target map says.
public final class Classifier {
  private final List<Rule> rules = Rules.ALL;

  /// The hotspots of a line profile alone, most costly first: total is time per hit × hits.
  ///
  /// @param sources where the profiled files are looked for; a function whose file is not found,
  ///     or has changed since, is judged by the report's own text with less confidence
  /// @param limit how many at most
  public List<Hotspot> hotspots(LineProfile profile, Sources sources, TargetMap target, int limit) {
    return hotspots(Observed.of(profile), sources, target, limit);
  }

  /// The hotspots, most costly first: by samples where there are any of the profiled functions.
  public List<Hotspot> hotspots(Observed observed, Sources sources, TargetMap target, int limit) {
    var profile = observed.lines();
    var callees = new ProfiledCallees(profile);
    var classes = new CheckoutClasses(sources);
    var read = new ArrayList<Read>();
    for (var function : profile.functions()) {
      read.add(read(function, sources, target, classes));
    }
    var sampled = new SampledTime(observed, sources);
    var whole = sampled.whole(profile.functions().stream().map(FunctionProfile::file).toList());
    Costing costing =
        whole.isPresent()
            ? new Costing.BySamples(sampled, whole.get())
            : new Costing.ByLines(callees, read.stream().mapToDouble(r -> r.own(callees)).sum());
    var judged = new ArrayList<Judged>();
    read.forEach(r -> judged.addAll(judged(r, costing, sampled)));
    judged.sort(
        Comparator.comparingLong((Judged j) -> -magnitude(j.cost().share()))
            .thenComparingDouble(j -> -j.verdict().best().confidence()));
    var hotspots = new ArrayList<Hotspot>();
    for (var each : judged.subList(0, Math.min(limit, judged.size()))) {
      hotspots.add(each.hotspot("h" + (hotspots.size() + 1)));
    }
    return hotspots;
  }

  /// Shares within a tenth of each other rank alike, and the surer verdict first: a profile does
  /// not tell them apart.
  private static long magnitude(double share) {
    return Math.round(Math.log(Math.max(share, 1e-12)) / Math.log(1.1));
  }

  private record Judged(Spot spot, Verdict verdict, String file, Hotspot.Cost cost, Facts facts) {
    Hotspot hotspot(String id) {
      return new Hotspot(
          id,
          new Hotspot.Place(spot.function().qualifiedName(), file, spot.line(), spot.source()),
          cost,
          verdict.judgement(spot),
          facts);
    }
  }

  /// A profiled function with its statements; none where its source is not known.
  private record Read(FunctionProfile profile, Optional<Located> place, List<Spots> spots) {
    /// Its time without that of profiled callees, so that summed up no second counts twice.
    double own(ProfiledCallees callees) {
      return place.isEmpty()
          ? profile.seconds()
          : spots.stream().mapToDouble(s -> callees.own(s.spot())).sum();
    }
  }

  private static Read read(
      FunctionProfile profile, Sources sources, TargetMap target, CheckoutClasses classes) {
    var located = Located.of(profile, sources);
    return new Read(
        profile,
        located,
        located.map(l -> spots(profile, l.function(), target, classes)).orElse(List.of()));
  }

  private List<Judged> judged(Read read, Costing costing, SampledTime sampled) {
    if (read.place().isEmpty()) {
      return List.of();
    }
    var place = read.place().get();
    var file = read.profile().file();
    var judged = new ArrayList<Judged>();
    for (var each : read.spots()) {
      var cost = costing.of(each, read.profile());
      if (cost.isPresent()) {
        var lines = Statements.header(each.spot().statement());
        judged.add(
            new Judged(
                each.spot(),
                Verdict.of(each.spot(), rules, place.certainty()),
                place.file(),
                cost.get(),
                sampled.facts(file, lines.first(), lines.last())));
      }
    }
    return judged;
  }

  /// Those of the function and, where a report counts the lines of functions within it, of these.
  private static List<Spots> spots(
      FunctionProfile profile, PythonFunction function, TargetMap target, CheckoutClasses classes) {
    return Stream.concat(Stream.of(function), function.nested().stream())
        .flatMap(f -> Spots.of(profile, f, target, classes).stream())
        .toList();
  }
}

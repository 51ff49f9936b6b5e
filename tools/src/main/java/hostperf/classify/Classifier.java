package hostperf.classify;

import hostperf.catalog.TargetMap;
import hostperf.profile.FunctionProfile;
import hostperf.profile.LineProfile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
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
  /// A statement below this share of its function's time is shown only if its time per hit stands
  /// out.
  private static final double LEAST_SHARE = 0.005;

  /// With less than this of its time left after its profiled callees, a call is explained by them;
  /// the rest is the overhead of profiling the callee's entry.
  private static final double EXPLAINED = 0.2;

  private final List<Rule> rules = Rules.ALL;

  /// The hotspots, most costly first: total is time per hit × hits.
  ///
  /// @param sources where the profiled files are looked for; a function whose file is not found,
  ///     or has changed since, is judged by the report's own text with less confidence
  /// @param limit how many at most
  public List<Hotspot> hotspots(LineProfile profile, Sources sources, TargetMap target, int limit) {
    var callees = new ProfiledCallees(profile);
    var classes = new CheckoutClasses(sources);
    var read = new ArrayList<Read>();
    for (var function : profile.functions()) {
      read.add(read(function, sources, target, classes));
    }
    double whole = read.stream().mapToDouble(r -> r.own(callees)).sum();
    var judged = new ArrayList<Judged>();
    read.forEach(r -> judged.addAll(judged(r, callees, whole)));
    judged.sort(
        Comparator.comparingLong((Judged j) -> -magnitude(j.seconds()))
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

  /// @param seconds the statement's own, without those of profiled callees
  private record Judged(Spot spot, Verdict verdict, String file, double seconds, double share) {
    Hotspot hotspot(String id) {
      return new Hotspot(
          id,
          new Hotspot.Place(spot.function().qualifiedName(), file, spot.line(), spot.source()),
          new Hotspot.Cost(spot.hits(), seconds, share),
          verdict.judgement(spot));
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

  private List<Judged> judged(Read read, ProfiledCallees callees, double whole) {
    if (read.place().isEmpty()) {
      return List.of();
    }
    var place = read.place().get();
    var profile = read.profile();
    var judged = new ArrayList<Judged>();
    for (var each : read.spots()) {
      double own = callees.own(each.spot());
      // What a callee's own lines explain is no hotspot of the call.
      boolean explained = own < EXPLAINED * each.spot().seconds();
      boolean costs = each.standsOut() || own >= LEAST_SHARE * profile.seconds();
      if (costs && !explained) {
        judged.add(
            new Judged(
                each.spot(),
                Verdict.of(each.spot(), rules, place.certainty()),
                place.file(),
                own,
                whole > 0 ? Math.min(1, own / whole) : 0));
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
